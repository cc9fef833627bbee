import type { CSSProperties } from 'react'

/** How tiles stand together: in even cells, in rows that fill the width, or in columns read from top to bottom. */
export type GalleryLayout = 'grid' | 'rows' | 'columns'

const lists: Record<GalleryLayout, string> = {
  grid: 'kie:grid kie:grid-cols-2 kie:gap-3',
  rows: 'kie:flex kie:flex-wrap kie:gap-3',
  columns: 'kie:block kie:columns-2 kie:gap-3 kie:@lg:columns-3 kie:@4xl:columns-4',
}

/** The classes of the list of tiles. Four stand as two by two before they stand as three and one. */
export function listClasses(layout: GalleryLayout, count: number): string {
  if (count === 1) return 'kie:block'
  if (layout !== 'grid' || count === 2) return lists[layout]
  return `${lists.grid} ${count === 4 ? 'kie:@3xl:grid-cols-4' : 'kie:@lg:grid-cols-3 kie:@4xl:grid-cols-4'}`
}

/** Above this many tiles those out of sight are not drawn. */
const many = 24

/**
 * The place of one tile, which its ratio alone decides. One result is large, but never taller than 32rem, so that it
 * fits on a screen beside its surroundings.
 */
export function tileStyle(layout: GalleryLayout, ratio: number, count: number): CSSProperties {
  const rem = (height: number) => `calc(${Math.round(ratio * height * 100) / 100} * var(--_kie-rem))`
  if (count === 1) return { aspectRatio: ratio, inlineSize: `min(100%, ${rem(32)})` }
  return {
    aspectRatio: ratio,
    ...(count > many && { contentVisibility: 'auto' }),
    ...(layout === 'rows' && { flex: `${ratio} 1 ${rem(11)}`, maxInlineSize: rem(14) }),
    ...(layout === 'columns' && { breakInside: 'avoid', marginBlockEnd: 'calc(var(--_kie-spacing) * 3)' }),
  }
}
