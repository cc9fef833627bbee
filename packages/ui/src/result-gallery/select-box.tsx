import { Icon } from '../icon/icon.tsx'
import { check } from '../icon/paths.ts'
import type { PartProps } from '../part/part.ts'

interface SelectBoxProps {
  checked: boolean
  label: string
  /** `isRange` with the shift key, which the space bar's click tells of as well. */
  onToggle: (isRange: boolean) => void
  part: PartProps<string>
}

/** Chooses one result. A button in the role of a checkbox: pages style checkboxes in ways that no class undoes. */
export function SelectBox({ checked, label, onToggle, part }: SelectBoxProps) {
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={checked}
      aria-label={label}
      onClick={(event) => onToggle(event.shiftKey)}
      {...part}
    >
      {checked && <Icon path={check} />}
    </button>
  )
}
