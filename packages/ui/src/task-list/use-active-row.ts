'use client'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { RowKeys } from './row-keys.ts'

/** Where a key leads from a row; `null` for keys that lead nowhere. */
export function targetOfKey(key: string, from: number, count: number, page: number): number | null {
  const last = count - 1
  switch (key) {
    case 'ArrowDown':
      return Math.min(from + 1, last)
    case 'ArrowUp':
      return Math.max(from - 1, 0)
    case 'PageDown':
      return Math.min(from + page, last)
    case 'PageUp':
      return Math.max(from - page, 0)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}

export interface ActiveRow {
  /** The row that Tab leads to; -1 in an empty list. */
  index: number
  /** Makes a row the active one; with `focus` the focus goes there once it is rendered. */
  activate: (index: number, focus?: 'focus') => void
  /** To be told of the list's focus events. */
  onFocusChange: (event: { type: 'focus' | 'blur'; target: Element }) => void
}

/**
 * One row at a time takes part in the page's Tab order. It is remembered by its key, so that it stays the same row when
 * others come and go; when it goes itself, the focus moves on to its neighbour, or from the last one to the list.
 */
export function useActiveRow(keys: RowKeys, viewport: RefObject<HTMLElement | null>): ActiveRow {
  const [active, setActive] = useState<{ key: string; index: number } | null>(null)
  const wantsFocus = useRef(false)
  const hasFocus = useRef(false)
  const last = keys.list.length - 1
  const index = active === null ? Math.min(0, last) : (keys.indexOf.get(active.key) ?? Math.min(active.index, last))

  useEffect(() => {
    const isLost = hasFocus.current && document.activeElement === document.body
    if (!wantsFocus.current && !isLost) return
    wantsFocus.current = false
    if (index >= 0) {
      viewport.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true })
      return
    }
    hasFocus.current = false
    const list = viewport.current?.closest<HTMLElement>('[data-slot="task-list"]')
    if (!list) return
    list.tabIndex = -1
    list.focus({ preventScroll: true })
  })

  return {
    index,
    activate(next, focus) {
      const key = keys.list[next]
      if (key === undefined) return
      wantsFocus.current = focus === 'focus'
      setActive((now) => (now?.key === key && now.index === next ? now : { key, index: next }))
    },
    onFocusChange({ type, target }) {
      // A row that was removed has not been left.
      hasFocus.current = type === 'focus' || !target.isConnected
    },
  }
}
