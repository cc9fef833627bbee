// Serves the built Storybook to the tests.
import { join } from 'node:path'
import { preview } from 'vite'

const root = join(import.meta.dirname, '..', '.storybook')
await preview({
  root,
  configFile: false,
  build: { outDir: 'dist' },
  preview: { port: 6116, host: '127.0.0.1', strictPort: true },
})
