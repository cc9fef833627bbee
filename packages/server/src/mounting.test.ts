import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8')

it.each([
  'next/app/api/kie/[...path]/route.ts',
  'hono.js',
  'express.js',
  'fastify.js',
  'node-http.js',
  'bun.js',
  'deno.js',
  'worker/worker.js',
])('the README mounts the gateway as the smoke tests do: %s', async (app) => {
  expect(await read('README.md')).toContain(await read(`smoke/apps/${encodeURIComponent(app).replaceAll('%2F', '/')}`))
})
