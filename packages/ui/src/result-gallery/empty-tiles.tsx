import type { HTMLAttributes } from 'react'
import { type GalleryLayout, tileStyle } from './tile-layout.ts'

/**
 * What all tiles look like, whatever is in them. Where a player or a text is in them they keep the height that it needs:
 * less than the ratio gives to all but very low tiles.
 */
export const frame =
  'kie:group/tile kie:relative kie:[container-type:size] kie:block kie:frame kie:rounded-lg kie:bg-muted kie:edge kie:data-[kind=audio]:min-h-[7.5rem] kie:data-[kind=data]:min-h-[7.5rem] kie:data-[kind=text]:min-h-[7.5rem]'

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
