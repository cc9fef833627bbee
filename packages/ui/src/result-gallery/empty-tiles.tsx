import type { HTMLAttributes } from 'react'
import { type GalleryLayout, tileStyle } from './tile-layout.ts'

/** What all tiles look like, whatever is in them. */
export const frame =
  'kie:group/tile kie:relative kie:[container-type:size] kie:block kie:frame kie:rounded-lg kie:bg-muted kie:edge'

interface EmptyTilesProps {
  count: number
  layout: GalleryLayout
  /** Width by height. */
  ratio: number
  tile: HTMLAttributes<HTMLElement>
}

/** Tiles without anything in them, as many as are expected and where they will be. */
export function EmptyTiles({ count, layout, ratio, tile }: EmptyTilesProps) {
  return Array.from({ length: count }, (_, index) => (
    <li key={index} aria-hidden="true" style={tileStyle(layout, ratio, count)} {...tile} />
  ))
}
