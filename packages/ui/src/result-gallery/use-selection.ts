'use client'
import { useState } from 'react'

/** How results are chosen. Each is known by its place among all results, from 0. */
export interface SelectionProps {
  /** Gives each result a checkbox, and offers to save those that are chosen. @default false */
  selectable?: boolean | undefined
  /** The chosen results, where your app keeps them. @default the gallery keeps them, until it shows another task */
  selected?: readonly number[] | undefined
  /** Called with all chosen results, in order, when one of them is chosen or left out. */
  onSelectedChange?: ((selected: number[]) => void) | undefined
}

/** The results of a task that are chosen: kept by the app, or else here. */
export function useSelection(taskId: string, { selected, onSelectedChange }: SelectionProps) {
  const [own, setOwn] = useState<{ taskId: string; selected: readonly number[] }>({ taskId, selected: [] })
  const chosen = new Set(selected ?? (own.taskId === taskId ? own.selected : []))
  return {
    chosen,
    toggle: (index: number) => {
      const rest = [...chosen].filter((each) => each !== index)
      const next = (chosen.has(index) ? rest : [...rest, index]).sort((a, b) => a - b)
      setOwn({ taskId, selected: next })
      onSelectedChange?.(next)
    },
  }
}
