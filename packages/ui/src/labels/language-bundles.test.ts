// @vitest-environment node
import { build, defaultClientConditions, type Rolldown } from 'vite'
import { describe, expect, it } from 'vitest'

const ui = new URL('../', import.meta.url).pathname

/** What a page loads that imports `module` of the kit, with all that it loads later. */
async function bundleOf(module: string): Promise<string> {
  const { output } = (await build({
    root: ui,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@kiekit/source', ...defaultClientConditions] },
    build: { write: false, minify: false, rolldownOptions: { input: ui + module, preserveEntrySignatures: 'strict' } },
  })) as Rolldown.RolldownOutput
  return output.map((file) => (file.type === 'chunk' ? file.code : '')).join('\n')
}

const scripts = { zh: /\p{Script=Han}/u, ar: /\p{Script=Arabic}/u, es: /[áéíóúñ¡¿]/u }

describe('a language', () => {
  it('is loaded only where it is imported', { timeout: 60_000 }, async () => {
    const kit = await bundleOf('index.ts')
    expect(kit).toContain('Generating')
    for (const script of Object.values(scripts)) expect(kit).not.toMatch(script)
  })

  it.each(Object.entries(scripts))('brings no other along: %s', { timeout: 60_000 }, async (language, script) => {
    const words = await bundleOf(`labels/${language}.ts`)
    expect(words).toMatch(script)
    expect(words).not.toContain('Generating')
    const others = Object.values(scripts).filter((other) => other !== script)
    for (const other of others) expect(words).not.toMatch(other)
  })
})
