import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import tailwind4 from '@tailwindcss/vite'
import tailwind3 from 'tailwindcss-3'
import { build, defaultClientConditions, type InlineConfig, type Rolldown } from 'vite'

const here = import.meta.dirname
const kit = join(here, '../../packages/ui/dist')

/** The files of the host pages by name, built in memory. */
export type HostFiles = ReadonlyMap<string, string | Uint8Array>

async function bundle(inputs: string[], own: InlineConfig): Promise<[string, string | Uint8Array][]> {
  const output = (await build({
    root: here,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@kiekit/source', ...defaultClientConditions] },
    ...own,
    build: {
      write: false,
      cssMinify: false,
      rolldownOptions: {
        input: inputs.map((name) => join(here, name)),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
      },
    },
  })) as Rolldown.RolldownOutput
  return output.output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source])
}

/** Builds what the host pages load: the kit in React, and each host's stylesheet with the tools of its own world. */
export async function buildHosts(): Promise<HostFiles> {
  const content = ['ordinary.html', 'kit-page.tsx'].map((name) => join(here, name))
  const entries = ['styles.css', 'styles.unlayered.css', 'tailwind.css']
  return new Map([
    ...(await bundle(['kit-page.tsx', 'bootstrap-5.css', 'pico.css', 'element-selectors.css'], {})),
    ...(await bundle(['tailwind-4.css', 'tailwind-4-with-kit.css', 'tailwind-4-naming-kiekit.css'], {
      plugins: [tailwind4()],
    })),
    ...(await bundle(['tailwind-3.css'], { css: { postcss: { plugins: [tailwind3({ content })] } } })),
    ...(await Promise.all(entries.map(async (name) => [`kit/${name}`, await readFile(join(kit, name))] as const))),
    ['ordinary.html', await readFile(join(here, 'ordinary.html'), 'utf8')],
  ])
}
