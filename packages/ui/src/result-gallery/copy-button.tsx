'use client'
import { useEffect, useState } from 'react'
import { Icon } from '../icon/icon.tsx'
import { check } from '../icon/paths.ts'
import type { PartProps } from '../part/part.ts'

interface CopyButtonProps {
  text: string
  icon: string
  label: string
  copiedLabel: string
  /** Shows the icon alone; the label is its name. */
  iconOnly?: boolean
  part: PartProps<string>
}

/** Copies a text and says so for two seconds. */
export function CopyButton({ text, icon, label, copiedLabel, iconOnly = false, part }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  // Without permission there is nothing to add: the text or its link stands beside the button.
  const onClick = () =>
    void navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => {},
    )
  const name = copied ? copiedLabel : label
  return (
    <button type="button" onClick={onClick} {...(iconOnly && { 'aria-label': name, title: name })} {...part}>
      <Icon path={copied ? check : icon} />
      {!iconOnly && name}
    </button>
  )
}
