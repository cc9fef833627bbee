import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/node.ts'],
  platform: 'node',
  fixedExtension: false,
  unbundle: true,
  dts: true,
  sourcemap: true,
})
