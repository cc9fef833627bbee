import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/cli.ts', 'src/conformance/index.ts'],
  platform: 'node',
  fixedExtension: false,
  unbundle: true,
  dts: true,
})
