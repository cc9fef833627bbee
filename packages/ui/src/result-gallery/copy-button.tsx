'use client'
import { useEffect, useState } from 'react'
import { announce } from '../announcer/announce.ts'
import { Icon } from '../icon/icon.tsx'
import { alert, check } from '../icon/paths.ts'
import type { GalleryLabels } from '../labels/gallery-labels.ts'
import type { PartProps } from '../part/part.ts'
import { ActionWord } from './action-word.tsx'

interface CopyButtonProps {
  text: string
  icon: string
  /** What it says or, with `iconOnly`, is called. */
  label: 'gallery.copy' | 'gallery.copy-link'
  iconOnly?: boolean
  words: GalleryLabels
  part: PartProps<string>
}

/** Copies a text and says for two seconds what came of it. */
export function CopyButton({ text, icon, label, iconOnly = false, words, part }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'gallery.copied' | 'gallery.copy-failed' | null>(null)
  useEffect(() => {
    if (outcome === null) return
    const timer = setTimeout(() => setOutcome(null), 2000)
    return () => clearTimeout(timer)
  }, [outcome])
  const end = (how: NonNullable<typeof outcome>) => {
    setOutcome(how)
    announce(words[how])
  }
  const onClick = async () => {
    try {
      // Over plain http there is no clipboard.
      await navigator.clipboard.writeText(text)
      end('gallery.copied')
    } catch {
      end('gallery.copy-failed')
    }
  }
  const name = words[outcome ?? label]
  return (
    <button
      type="button"
      onClick={() => void onClick()}
      {...(iconOnly && { 'aria-label': name, title: name })}
      {...part}
    >
      <Icon path={outcome === null ? icon : outcome === 'gallery.copied' ? check : alert} />
      {!iconOnly && <ActionWord>{name}</ActionWord>}
    </button>
  )
}
