import type { CSSProperties } from 'react'

/** How tiles stand together: in even cells, in rows that fill the width, or in columns read from top to bottom. */
export type GalleryLayout = 'grid' | 'rows' | 'columns'

const lists: Record<GalleryLayout, string> = {
  grid: 'kie:grid kie:grid-cols-[repeat(var(--_kie-columns),minmax(0,1fr))] kie:gap-3 kie:[--_kie-columns:1] kie:@3xs:[--_kie-columns:2]',
  rows: 'kie:grid kie:gap-3',
  columns: 'kie:block kie:columns-1 kie:gap-3 kie:@3xs:columns-2 kie:@lg:columns-3 kie:@4xl:columns-4',
}

/**
 * The classes of the list of tiles. Four stand as two by two before they stand as three and one. Two beside each other
 * need sixteen letters' width, or large text has no room in them.
 */
export function listClasses(layout: GalleryLayout, count: number): string {
  if (count === 1) return 'kie:block'
  if (layout !== 'grid' || count === 2) return lists[layout]
  return `${lists.grid} ${count === 4 ? 'kie:@3xl:[--_kie-columns:4]' : 'kie:@lg:[--_kie-columns:3] kie:@4xl:[--_kie-columns:4]'}`
}

/** A measure in the kit's own rem. */
const rem = (length: number) => `calc(${Math.round(length * 100) / 100} * var(--_kie-rem))`

/** The rows' columns: as many tiles of about 11rem in height as fill the width. They are of one ratio, so of one height. */
export function listStyle(layout: GalleryLayout, ratio: number, count: number): CSSProperties | undefined {
  if (layout !== 'rows' || count === 1) return undefined
  return { gridTemplateColumns: `repeat(auto-fill, minmax(min(100%, ${rem(ratio * 11)}), 1fr))` }
}

/** Above this many tiles those out of sight are not drawn. Whole rows in one to four columns. */
export const many = 24

/** Whether the tiles stand in groups of `many`: in a grid each group ends with a row. */
export function isGrouped(layout: GalleryLayout, count: number): boolean {
  return layout === 'grid' && count > many
}

/**
 * A group takes up the whole width of the grid, and has its columns and gaps. What is left undrawn is also cut off at its
 * edges, hence the room for the outlines of tiles.
 */
export const groupClasses = 'kie:-m-1 kie:grid kie:grid-cols-[inherit] kie:gap-[inherit] kie:p-1 kie:col-span-full'

/**
 * Leaves a group of `many` tiles undrawn while it is out of sight. Until it was drawn once it is as high as the columns
 * and the ratio make it.
 */
export function groupStyle(ratio: number): CSSProperties {
  const columns = 'var(--_kie-columns)'
  const gap = 'var(--_kie-spacing) * 3'
  const tile = `(100cqi - (${columns} - 1) * ${gap}) / ${columns} / ${ratio}`
  return {
    contentVisibility: 'auto',
    containIntrinsicBlockSize: `auto calc(${many} / ${columns} * (${tile} + ${gap}) - ${gap})`,
  }
}

/**
 * The place of one tile, which its ratio alone decides. One result is large, but never taller than 32rem, so that it
 * fits on a screen beside its surroundings.
 */
export function tileStyle(layout: GalleryLayout, ratio: number, count: number): CSSProperties {
  if (count === 1) return { aspectRatio: ratio, inlineSize: `min(100%, ${rem(ratio * 32)})` }
  return {
    aspectRatio: ratio,
    ...(count > many && layout !== 'grid' && { contentVisibility: 'auto' }),
    ...(layout === 'columns' && { breakInside: 'avoid', marginBlockEnd: 'calc(var(--_kie-spacing) * 3)' }),
  }
}
