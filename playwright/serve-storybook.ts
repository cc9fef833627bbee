// Serves the built Storybook to the tests.
import { join } from 'node:path'
import { preview } from 'vite'
import { storybookPort } from './storybook.ts'

const root = join(import.meta.dirname, '..', '.storybook')
await preview({
  root,
  configFile: false,
  build: { outDir: 'dist' },
  preview: { port: storybookPort, host: '127.0.0.1', strictPort: true },
})
