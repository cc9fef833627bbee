'use client'
import { Icon } from '../icon/icon.tsx'
import { retry, spinner } from '../icon/paths.ts'
import type { PartProps } from '../part/part.ts'
import { useFocusPassedOn } from './use-focus-passed-on.ts'

interface RetryButtonProps {
  isRetrying: boolean
  onRetry: () => void
  label: string
  part: PartProps<string>
}

/** Tries once more to show a file. It stays, and keeps the focus, until that is decided. */
export function RetryButton({ isRetrying, onRetry, label, part }: RetryButtonProps) {
  const ref = useFocusPassedOn()
  return (
    <button ref={ref} type="button" aria-disabled={isRetrying || undefined} onClick={onRetry} {...part}>
      <Icon path={isRetrying ? spinner : retry} className={isRetrying ? 'kie:motion-ok:animate-spin' : undefined} />
      {label}
    </button>
  )
}
