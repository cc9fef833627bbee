#!/usr/bin/env node
// Writes the files of this folder as base64 modules, which carry them into browsers and bundles.
// Usage: node packages/testing/media/embed.mjs
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const media = fileURLToPath(new URL('.', import.meta.url))
const modules = fileURLToPath(new URL('../src/media/', import.meta.url))
const types = {
  webp: 'image/webp',
  jpg: 'image/jpeg',
  png: 'image/png',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  mid: 'audio/midi',
}

const files = (await readdir(media)).filter((file) => !file.endsWith('.mjs')).sort()
await rm(modules, { recursive: true, force: true })
await mkdir(modules)

let entries = ''
let total = 0
for (const file of files) {
  const bytes = await readFile(media + file)
  const module = `${file.replace('.', '-')}.ts`
  total += bytes.length
  // The written type keeps the text itself out of the declarations.
  await writeFile(`${modules}${module}`, `const base64: string =\n  '${bytes.toString('base64')}'\nexport default base64\n`)
  entries += `  '${file}': embedded('${types[file.split('.')[1]]}', () => import('./${module}')),\n`
}
await writeFile(
  `${modules}files.ts`,
  `interface EmbeddedFile {
  type: string
  load: () => Promise<{ default: string }>
}

function embedded(type: string, load: EmbeddedFile['load']): EmbeddedFile {
  return { type, load }
}

/** Written by media/embed.mjs: every file that the fake serves, each loaded when it is first asked for. */
export const mediaFiles = {
${entries}}
`,
)
console.log(`${files.length} files, ${total} bytes`)
