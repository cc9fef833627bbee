'use client'
import {
  defaultRangeExtractor,
  measureElement,
  observeElementRect,
  useVirtualizer,
  type VirtualItem,
} from '@tanstack/react-virtual'
import { type RefObject, useCallback, useRef } from 'react'
import type { RowKeys } from './row-keys.ts'

/** Assumed where there is no layout to measure: on a server, in jsdom, in a hidden tab of the page. */
const assumedRect = { width: 640, height: 576 }
/** Rows beyond the edge, so that fast scrolling shows no gaps. */
const overscan = 6

interface RowsOptions {
  viewport: RefObject<HTMLElement | null>
  keys: RowKeys
  /** Expected of a row until one has been measured. */
  rowHeight: number
  /** Always rendered, so that focus is never lost to scrolling. */
  activeIndex: number
}

export interface Rows {
  items: VirtualItem[]
  totalSize: number
  isScrolling: boolean
  measure: (element: HTMLElement | null) => void
  scrollTo: (index: number) => void
}

/** Which rows there are to render, and where. */
export function useRows({ viewport, keys, rowHeight, activeIndex }: RowsOptions): Rows {
  const count = keys.list.length
  const typicalHeight = useRef<number>(undefined)
  // eslint-disable-next-line react-hooks/incompatible-library -- its answers are read afresh here, and leave as values
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count,
    overscan,
    initialRect: assumedRect,
    getScrollElement: () => viewport.current,
    estimateSize: useCallback(() => typicalHeight.current ?? rowHeight, [rowHeight]),
    getItemKey: useCallback((index: number) => keys.list[index] ?? index, [keys]),
    observeElementRect: (instance, report) =>
      observeElementRect(instance, (rect) => report(rect.height > 0 ? rect : assumedRect)),
    measureElement: (element, entry, instance) => {
      const height = measureElement(element, entry, instance) || rowHeight
      // Rows are alike, and higher in a narrow list; the first one lacks the line above it. Were each of them taken for
      // typical, one that differs would move the thousands that nobody has seen.
      if (instance.indexFromElement(element) === 1) typicalHeight.current = height
      return height
    },
    rangeExtractor: useCallback(
      (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const indexes = defaultRangeExtractor(range)
        if (activeIndex < 0 || activeIndex >= range.count || indexes.includes(activeIndex)) return indexes
        return [...indexes, activeIndex].sort((a, b) => a - b)
      },
      [activeIndex],
    ),
  })
  return {
    items: virtualizer.getVirtualItems(),
    totalSize: virtualizer.getTotalSize(),
    isScrolling: virtualizer.isScrolling,
    measure: virtualizer.measureElement,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
  }
}
