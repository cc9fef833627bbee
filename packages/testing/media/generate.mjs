#!/usr/bin/env node
// Draws and composes every file that the fake Kie serves, then embeds them (embed.mjs). Takes some minutes.
// Usage: node packages/testing/media/generate.mjs   (needs ffmpeg with libx264, libx265, libvpx-vp9, libwebp, libmp3lame)
import { spawn } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { melody, pad } from './music.mjs'
import { aurora, dunes, hills, silk } from './scenes.mjs'

const media = fileURLToPath(new URL('.', import.meta.url))

const shapes = { '1x1': [800, 800], '16x9': [1024, 576], '9x16': [576, 1024], '4x3': [960, 720], '3x4': [720, 960] }
const pictures = [
  { name: 'aurora', scene: aurora, extension: 'webp', encode: ['-c:v', 'libwebp', '-quality', '72', '-preset', 'photo'] },
  { name: 'dunes', scene: dunes, extension: 'jpg', encode: ['-pix_fmt', 'yuvj420p', '-q:v', '7'] },
  { name: 'hills', scene: hills, extension: 'png', encode: ['-compression_level', '9', '-pred', 'mixed'] },
  { name: 'silk', scene: silk, extension: 'webp', encode: ['-c:v', 'libwebp', '-quality', '72', '-preset', 'photo'] },
]
const h264 = ['-c:v', 'libx264', '-preset', 'veryslow', '-crf', '30', '-pix_fmt', 'yuv420p', '-movflags', '+faststart', '-c:a', 'aac', '-b:a', '40k', '-ac', '1']
const clips = [
  { file: 'aurora-16x9.mp4', scene: aurora, size: [640, 360], seconds: 3, encode: h264 },
  { file: 'silk-9x16.mp4', scene: silk, size: [360, 640], seconds: 3, encode: h264 },
  { file: 'silk-1x1.mp4', scene: silk, size: [432, 432], seconds: 3, encode: h264 },
  { file: 'aurora-16x9.webm', scene: aurora, size: [640, 360], seconds: 3, encode: ['-c:v', 'libvpx-vp9', '-crf', '42', '-b:v', '0', '-pix_fmt', 'yuv420p', '-c:a', 'libopus', '-b:a', '32k'] },
  // Browsers on Linux refuse HEVC and play the sound beside it, as with films that people have: no error tells of it.
  { file: 'unplayable-16x9.mp4', scene: silk, size: [320, 180], seconds: 2, encode: ['-c:v', 'libx265', '-x265-params', 'log-level=error', '-crf', '38', '-tag:v', 'hvc1', '-pix_fmt', 'yuv420p', '-movflags', '+faststart', '-c:a', 'aac', '-b:a', '24k', '-ac', '1'] },
]
const sampleRate = 44_100
const fps = 24

for (const { name, scene, extension, encode } of pictures) {
  for (const [shape, [width, height]] of Object.entries(shapes)) {
    await save(`${name}-${shape}.${extension}`, [...rawVideo(width, height)], [...encode, '-frames:v', '1'], [render(scene, width, height, 0)])
  }
}
for (const { file, scene, size, seconds, encode } of clips) {
  const sound = `${media}sound.wav`
  await ffmpeg([...rawAudio(), '-i', '-', sound], [pad(seconds, sampleRate)])
  const frames = Array.from({ length: seconds * fps }, (_, i) => render(scene, size[0], size[1], i / (seconds * fps)))
  await save(file, rawVideo(...size), ['-i', sound, ...encode, '-shortest'], frames)
  await rm(sound)
}
for (const [index, file] of ['morning.mp3', 'evening.mp3'].entries()) {
  await save(file, rawAudio(), ['-c:a', 'libmp3lame', '-b:a', '48k', '-ac', '1'], [melody(index, 6, sampleRate)])
}
await writeFile(`${media}notes.mid`, midi())
await import('./embed.mjs')

function rawVideo(width, height) {
  return ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`, '-r', String(fps)]
}
function rawAudio() {
  return ['-f', 'f32le', '-ar', String(sampleRate), '-ac', '1']
}
async function save(file, input, encode, chunks) {
  const [first, ...rest] = encode
  // A second input has to stand before the encoder's options.
  const more = first === '-i' ? ['-i', rest.shift()] : []
  await ffmpeg([...input, '-i', '-', ...more, ...(first === '-i' ? rest : encode), '-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact', media + file], chunks)
}

async function ffmpeg(args, chunks) {
  const child = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args], { stdio: ['pipe', 'inherit', 'inherit'] })
  const done = new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`ffmpeg ${args.join(' ')} ended with ${code}`))))
  })
  for (const chunk of chunks) if (!child.stdin.write(chunk)) await new Promise((resolve) => child.stdin.once('drain', resolve))
  child.stdin.end()
  await done
}

/** One frame as RGB bytes; `time` runs from 0 to 1 over a loop. */
function render(scene, width, height, time) {
  const pixels = Buffer.alloc(width * height * 3)
  const shade = scene({ aspect: width / height, time, pixel: 1 / height })
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = shade((x + 0.5) / width, (y + 0.5) / height)
      for (let channel = 0; channel < 3; channel++) pixels[at++] = Math.round(255 * Math.min(1, Math.max(0, colour[channel])))
    }
  }
  return pixels
}

/** A standard MIDI file, format 0: eight notes of a scale. A real file that is neither picture, sound nor video to a browser. */
function midi() {
  const events = [60, 62, 64, 67, 69, 72, 69, 67].flatMap((note) => [0, 0x90, note, 80, 0x60, 0x80, note, 0])
  const track = [...events, 0, 0xff, 0x2f, 0]
  const length = [0, 0, track.length >> 8, track.length & 255]
  return Buffer.from([...Buffer.from('MThd'), 0, 0, 0, 6, 0, 0, 0, 1, 0, 96, ...Buffer.from('MTrk'), ...length, ...track])
}
