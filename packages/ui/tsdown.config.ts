import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: [
    'src/index.ts',
    'src/task.ts',
    'src/labels/en.ts',
    'src/labels/zh.ts',
    'src/labels/es.ts',
    'src/labels/ar.ts',
  ],
  platform: 'neutral',
  target: 'es2022',
  unbundle: true,
  dts: true,
  sourcemap: true,
})
