/** Compiles `src/styles.css` with Tailwind into the three stylesheets that the package ships. */
import { existsSync, mkdirSync, watch, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { compile } from '@tailwindcss/node'
import { Scanner } from '@tailwindcss/oxide'
import { Features, transform } from 'lightningcss'

const root = fileURLToPath(new URL('.', import.meta.url))
const sources = `${root}src`

async function compileStyles(): Promise<string> {
  const compiler = await compile(await readFile(`${sources}/styles.css`, 'utf8'), {
    base: sources,
    onDependency: () => {},
    // The fallbacks for browsers without `@property` select `*`, which is not ours to select.
    // 0 is Polyfills.None, an ambient const enum that isolated modules cannot name.
    polyfills: 0,
  })
  // The scanner is told the folder alone: tests and stories name classes that nobody ships.
  const scanner = new Scanner({
    sources: [
      { base: sources, pattern: '**/*.{ts,tsx}', negated: false },
      { base: sources, pattern: '**/*.{test,stories,test-d}.{ts,tsx}', negated: true },
    ],
  })
  return compiler.build(scanner.scan().filter((candidate) => candidate.startsWith('kie:')))
}

function minify(css: string): string {
  const browser = (major: number, minor = 0) => (major << 16) | (minor << 8)
  const { code, warnings } = transform({
    filename: 'styles.css',
    code: Buffer.from(css),
    minify: true,
    targets: { chrome: browser(123), safari: browser(17, 5), ios_saf: browser(17, 5), firefox: browser(128) },
    exclude: Features.LightDark | Features.LogicalProperties | Features.DirSelector,
  })
  if (warnings.length > 0) throw new Error(`build-styles: ${warnings.map((warning) => warning.message).join('; ')}`)
  return code.toString()
}

async function build(): Promise<void> {
  const compiled = (await compileStyles()).replaceAll('--tw-', '--kie-tw-')
  const unlayered = minify(compiled)
  const layered = minify(`@layer kiekit {\n${compiled}\n}`)
  mkdirSync(`${root}dist`, { recursive: true })
  writeFileSync(`${root}dist/styles.css`, layered)
  writeFileSync(`${root}dist/styles.unlayered.css`, unlayered)
  writeFileSync(
    `${root}dist/tailwind.css`,
    "@layer theme, base, kiekit, components, utilities;\n@import './styles.css';\n",
  )
  console.log(`styles.css ${layered.length} bytes, ${brotliCompressSync(layered).length} with brotli`)
}

await build()
if (process.argv.includes('--watch') && existsSync(sources)) {
  let timer: NodeJS.Timeout | undefined
  watch(sources, { recursive: true }, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void build().catch(console.error), 100)
  })
}
