'use client'
import { useEffect, useState } from 'react'
import { Icon } from '../icon/icon.tsx'
import { check, copy } from '../icon/paths.ts'
import type { PartProps } from '../part/part.ts'

interface CopyButtonProps {
  text: string
  label: string
  copiedLabel: string
  part: PartProps<string>
}

/** Copies a text and says so for two seconds. */
export function CopyButton({ text, label, copiedLabel, part }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  // Without permission there is nothing to add: the text stands beside the button and can be selected.
  const onClick = () =>
    void navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => {},
    )
  return (
    <button type="button" onClick={onClick} {...part}>
      <Icon path={copied ? check : copy} />
      {copied ? copiedLabel : label}
    </button>
  )
}
