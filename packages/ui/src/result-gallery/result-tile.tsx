'use client'
import type { TaskResult } from '@kiekit/core'
import type { ReactNode } from 'react'
import type { GalleryLabels } from '../labels/gallery-labels.ts'
import type { PartProps } from '../part/part.ts'
import type { RenewalSource } from '../renewed-url/use-renewals.ts'
import { MediaTile } from './media-tile.tsx'
import { TextTile } from './text-tile.tsx'

/** The parts that `classNames` reaches. */
export type ResultGalleryPart =
  | 'group'
  | 'list'
  | 'tile'
  | 'skeleton'
  | 'view'
  | 'media'
  | 'cover'
  | 'icon'
  | 'title'
  | 'text'
  | 'renewing'
  | 'broken'
  | 'message'
  | 'actions'
  | 'action'
  | 'select'
  | 'controls'
  | 'select-all'
  | 'selected-count'
  | 'save-selected'
  | 'save-all'
  | 'save-status'
  | 'viewer'

export interface TileProps<Result extends TaskResult> {
  result: Result
  taskId: string
  /** From 1. */
  position: number
  total: number
  prompt: string | null
  fit: 'contain' | 'cover'
  source: RenewalSource
  /** The app's own actions. */
  more?: ReactNode
  /** Shows it large. */
  onView: () => void
  words: GalleryLabels
  part: (part: ResultGalleryPart, ours?: string) => PartProps<string>
}

/** What is inside one tile. */
export function ResultTile({ result, ...rest }: TileProps<TaskResult>) {
  if (result.kind === 'text' || result.kind === 'data') return <TextTile result={result} {...rest} />
  return <MediaTile result={result} {...rest} />
}
