'use client'
import { useCallback, useRef } from 'react'

/** What stays where a button goes. In the lightbox the keys work from inside of this element. */
const homes = '[data-slot="result-gallery-tile"], [data-slot="before-after"], .yarl__container'

/** A ref for a button that goes when its work is done: the focus would be lost with it, and goes to what is around it. */
export function useFocusPassedOn() {
  const last = useRef<HTMLButtonElement | null>(null)
  return useCallback((button: HTMLButtonElement | null) => {
    const gone = button ? null : last.current
    last.current = button
    // It is still in the page when its ref is taken back.
    const home = gone === document.activeElement && gone?.closest<HTMLElement>(homes)
    if (!home) return
    home.tabIndex = -1
    home.focus({ preventScroll: true })
  }, [])
}
