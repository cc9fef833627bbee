import type { ReactElement } from 'react'
import type { PartProps } from '../part/part.ts'
import { type GalleryLayout, groupClasses, groupStyle, isGrouped, many } from './tile-layout.ts'

interface TileGroupsProps {
  children: readonly ReactElement[]
  layout: GalleryLayout
  /** Width by height. */
  ratio: number
  part: (part: 'group', ours: string) => PartProps<string>
}

/**
 * The tiles as they are, or where a grid has many, in groups. A browser that skips single tiles lays the whole grid out
 * anew for each that comes into sight; a group is laid out by itself.
 */
export function TileGroups({ children: tiles, layout, ratio, part }: TileGroupsProps) {
  if (!isGrouped(layout, tiles.length)) return tiles
  return Array.from({ length: Math.ceil(tiles.length / many) }, (_, group) => {
    const inside = tiles.slice(group * many, (group + 1) * many)
    // The last one may be of any height.
    const style = inside.length === many ? groupStyle(ratio) : undefined
    return (
      <div key={group} role="presentation" style={style} {...part('group', groupClasses)}>
        {inside}
      </div>
    )
  })
}
