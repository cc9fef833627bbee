/** Compiles `src/styles.css` with Tailwind into the three stylesheets that the package ships. */
import { existsSync, mkdirSync, watch, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { compile } from '@tailwindcss/node'
import { Scanner } from '@tailwindcss/oxide'
import { Features, type Selector, transform } from 'lightningcss'

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

const viewer: Selector = [
  { type: 'attribute', name: 'data-slot', operation: { operator: 'equal', value: 'result-viewer' } },
]

/**
 * Ties the lightbox's rules to our own viewer without making them weigh more: a page may have that lightbox, too.
 * The class that stops the page from scrolling stands on the page's body and stays as it is.
 */
function tiedToViewer(selector: Selector): Selector | undefined {
  const isLightbox = selector.some((part) => part.type === 'class' && /^yarl__(?!no_scroll)/.test(part.name))
  if (!isLightbox) return undefined
  const inside: Selector = [...viewer, { type: 'combinator', value: 'descendant' }, { type: 'universal' }]
  return [...selector, { type: 'pseudo-class', kind: 'where', selectors: [viewer, inside] }]
}

function minify(css: string): string {
  const browser = (major: number, minor = 0) => (major << 16) | (minor << 8)
  const { code, warnings } = transform({
    filename: 'styles.css',
    code: Buffer.from(css),
    minify: true,
    visitor: { Selector: tiedToViewer },
    targets: { chrome: browser(123), safari: browser(17, 5), ios_saf: browser(17, 5), firefox: browser(128) },
    exclude: Features.LightDark | Features.LogicalProperties | Features.DirSelector,
  })
  if (warnings.length > 0) throw new Error(`build-styles: ${warnings.map((warning) => warning.message).join('; ')}`)
  return code.toString()
}

/** Gives each use of a registered variable its initial value: registrations do not reach into shadow trees. */
function withFallbacks(css: string): string {
  const registered = css.matchAll(/@property (--[\w-]+) \{[^}]*?initial-value: ([^;}]+);/g)
  return [...registered].reduce((all, [, name, value]) => all.replaceAll(`var(${name})`, `var(${name}, ${value})`), css)
}

async function build(): Promise<void> {
  const compiled = withFallbacks((await compileStyles()).replaceAll('--tw-', '--kie-tw-'))
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
