'use client'
import { useEffect, useRef } from 'react'
import type { PartProps } from '../part/part.ts'
import type { ProgressAction } from './read-progress.ts'

/** The components of the kit around an element, the nearest first. */
function componentsAround(element: Element | null): HTMLElement[] {
  const parent = element?.parentElement?.closest<HTMLElement>('.kie\\:root') ?? null
  return parent ? [parent, ...componentsAround(parent)] : []
}

/**
 * A button that goes when its work is done, as "Keep waiting" does. The focus that it had would be lost with it; it goes
 * to the component around it.
 */
export function ActionButton({ action, part }: { action: ProgressAction; part: PartProps<string> }) {
  const button = useRef<HTMLButtonElement>(null)
  const hasFocus = useRef(false)
  useEffect(() => {
    const around = componentsAround(button.current)
    return () => {
      const home = around.find((component) => component.isConnected)
      if (!hasFocus.current || !home || document.activeElement !== document.body) return
      home.tabIndex = -1
      home.focus({ preventScroll: true })
    }
  }, [])
  return (
    <button
      ref={button}
      type="button"
      onClick={() => action.run()}
      onFocus={() => (hasFocus.current = true)}
      // A button that was removed has not been left.
      onBlur={(event) => (hasFocus.current = !event.currentTarget.isConnected)}
      {...part}
    >
      {action.label}
    </button>
  )
}
