import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/task.ts'],
  platform: 'neutral',
  target: 'es2022',
  unbundle: true,
  dts: true,
  sourcemap: true,
})
