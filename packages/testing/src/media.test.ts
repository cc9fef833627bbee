import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { mediaFiles } from './media/files.ts'
import type { MediaFile } from './media.ts'
import { loadMedia } from './media.ts'

const folder = fileURLToPath(new URL('../media/', import.meta.url))
const names = Object.keys(mediaFiles) as MediaFile[]

test('every file of the media folder is served, byte for byte', async () => {
  const files = (await readdir(folder)).filter((file) => !file.endsWith('.mjs'))
  expect(files.sort()).toEqual([...names].sort())
  for (const name of names) expect(Buffer.from((await loadMedia(name)).bytes)).toEqual(await readFile(folder + name))
})

test('every file is what its type says', async () => {
  const signatures: Record<string, string> = {
    'image/png': '\x89PNG',
    'image/jpeg': '\xff\xd8\xff',
    'image/webp': 'RIFF',
    'video/mp4': 'ftyp',
    'video/webm': '\x1a\x45\xdf\xa3',
    'audio/mpeg': 'ID3',
    'audio/midi': 'MThd',
  }
  for (const name of names) {
    const { type, bytes } = await loadMedia(name)
    expect(String.fromCharCode(...bytes.slice(0, 12)), name).toContain(signatures[type])
  }
})

test('the file that no browser plays is HEVC with sound, the other videos are not HEVC', async () => {
  const codecOf = async (name: MediaFile) => {
    const text = Buffer.from((await loadMedia(name)).bytes).toString('latin1')
    return ['avc1', 'hvc1', 'mp4a'].filter((codec) => text.includes(codec))
  }
  expect(await codecOf('unplayable-16x9.mp4')).toEqual(['hvc1', 'mp4a'])
  for (const name of ['aurora-16x9.mp4', 'silk-9x16.mp4', 'silk-1x1.mp4'] as const) {
    expect(await codecOf(name)).toEqual(['avc1', 'mp4a'])
  }
})

test('all files together stay small', async () => {
  const sizes = await Promise.all(names.map(async (name) => (await loadMedia(name)).bytes.length))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(600_000)
})
