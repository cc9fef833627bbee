'use client'
import { useEffect, useRef, useState } from 'react'
import { announce } from '../announcer/announce.ts'

/** How results are chosen. Each is known by its place among all results, from 0. */
export interface SelectionProps {
  /**
   * Gives each result a checkbox, and offers to save those that are chosen. Shift with a click or the space bar takes all
   * from the one before; Escape leaves all out. @default false
   */
  selectable?: boolean | undefined
  /** The chosen results, where your app keeps them. @default the gallery keeps them, until it shows another task */
  selected?: readonly number[] | undefined
  /** Called with all chosen results, in order, when one of them is chosen or left out. */
  onSelectedChange?: ((selected: number[]) => void) | undefined
}

/** The results of a task that are chosen: kept by the app, or else here. */
export function useSelection(taskId: string, count: number, { selected, onSelectedChange }: SelectionProps) {
  const [own, setOwn] = useState<{ taskId: string; selected: readonly number[] }>({ taskId, selected: [] })
  const last = useRef({ taskId, index: 0 })
  const given = selected ?? (own.taskId === taskId ? own.selected : [])
  // An app may remember more than there is.
  const chosen = new Set(given.filter((index) => Number.isInteger(index) && index >= 0 && index < count))

  const choose = (indices: Iterable<number>) => {
    const next = [...indices].sort((a, b) => a - b)
    setOwn({ taskId, selected: next })
    onSelectedChange?.(next)
  }
  return {
    chosen,
    choose,
    /** With `isRange` all from the last one on, the last one included, become what this one becomes. */
    toggle: (index: number, isRange = false) => {
      const from = isRange && last.current.taskId === taskId ? last.current.index : index
      last.current = { taskId, index }
      const next = new Set(chosen)
      for (let each = Math.min(from, index); each <= Math.max(from, index); each += 1) {
        if (chosen.has(index)) next.delete(each)
        else next.add(each)
      }
      choose(next)
    },
  }
}

/** A choice that comes to rest is said, not each step on the way. */
const restMs = 300

/** Says politely, once for each change, how many results of a task are chosen. */
export function useCountAnnouncement(taskId: string, count: number, sentence: string): void {
  const seen = useRef({ taskId, count })
  useEffect(() => {
    const before = seen.current
    seen.current = { taskId, count }
    if (before.taskId !== taskId || before.count === count) return
    const timer = setTimeout(() => announce(sentence), restMs)
    return () => clearTimeout(timer)
  }, [taskId, count, sentence])
}
