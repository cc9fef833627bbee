import { mediaFiles } from './media/files.ts'

/** The name of a file that the fake serves under `/media/`. */
export type MediaFile = keyof typeof mediaFiles

export interface MediaContent {
  type: string
  bytes: Uint8Array<ArrayBuffer>
}

export function isMediaFile(name: string): name is MediaFile {
  return Object.hasOwn(mediaFiles, name)
}

const loaded = new Map<MediaFile, Promise<MediaContent>>()

/** The file's bytes, loaded when first asked for. */
export function loadMedia(name: MediaFile): Promise<MediaContent> {
  const known = loaded.get(name)
  if (known) return known
  const { type, load } = mediaFiles[name]
  const loading = load().then((module) => ({ type, bytes: decodeBase64(module.default) }))
  loaded.set(name, loading)
  return loading
}

export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}

const shapes = { '1x1': 1, '16x9': 16 / 9, '9x16': 9 / 16, '4x3': 4 / 3, '3x4': 3 / 4 } as const
type Shape = keyof typeof shapes

/** The pictures of one shape, in the order in which they are given out. */
export function picturesOf(shape: Shape): readonly MediaFile[] {
  return [`dunes-${shape}.jpg`, `aurora-${shape}.webp`, `hills-${shape}.png`, `silk-${shape}.webp`]
}

const named: Record<string, Shape> = { square: '1x1', landscape: '16x9', portrait: '9x16' }

/** The shape nearest to what a request asked for, in any of the spellings of Kie's models; a square otherwise. */
export function nearestShape(wish: unknown): Shape {
  if (typeof wish !== 'string') return '1x1'
  const numbers = /(\d+)\D+(\d+)/.exec(wish)
  if (!numbers) return named[wish.toLowerCase()] ?? '1x1'
  const ratio = Math.log(Number(numbers[1]) / Number(numbers[2]))
  const distance = (shape: Shape) => Math.abs(Math.log(shapes[shape]) - ratio)
  return (Object.keys(shapes) as Shape[]).reduce((best, shape) => (distance(shape) < distance(best) ? shape : best))
}

/** The clip nearest to the shape that a request asked for. */
export function clipOf(wish: unknown): MediaFile {
  const shape = wish === undefined ? '16x9' : nearestShape(wish)
  if (shape === '1x1') return 'silk-1x1.mp4'
  return shapes[shape] > 1 ? 'aurora-16x9.mp4' : 'silk-9x16.mp4'
}
