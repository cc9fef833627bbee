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

const hasClass = (selector: Selector, name: RegExp) =>
  selector.some((part) => part.type === 'class' && name.test(part.name))

/** The lightbox's class that stops the page from scrolling: it stands on the page's body, so it stays as it is. */
const onBody = /^yarl__no_scroll$/

/** Ties the lightbox's rules to our own viewer without making them weigh more: a page may have that lightbox, too. */
function tiedToViewer(selector: Selector): Selector {
  if (!hasClass(selector, /^yarl__/) || hasClass(selector, onBody)) return selector
  const inside: Selector = [...viewer, { type: 'combinator', value: 'descendant' }, { type: 'universal' }]
  return [...selector, { type: 'pseudo-class', kind: 'where', selectors: [viewer, inside] }]
}

// Of the sheets that style elements without classes, Pico has the heaviest selectors: five attributes and states.
const weight: Selector = Array.from({ length: 5 }, () => ({ type: 'class', name: '_' }))

/**
 * Makes a rule weigh more than what pages say of elements, their attributes and their states: `button:focus` would beat
 * one class. What counts among our own rules stays as it was, because all gain the same.
 */
function weightier(selector: Selector): Selector {
  // A nested selector has the weight of the one around it already.
  if (selector.some((part) => part.type === 'nesting') || hasClass(selector, onBody)) return selector
  const end = selector.findIndex((part) => part.type === 'pseudo-element')
  const at = end < 0 ? selector.length : end
  const heavy: Selector[number] = { type: 'pseudo-class', kind: 'not', selectors: [weight] }
  return [...selector.slice(0, at), heavy, ...selector.slice(at)]
}

function minify(css: string, change: (selector: Selector) => Selector): string {
  const browser = (major: number, minor = 0) => (major << 16) | (minor << 8)
  const { code, warnings } = transform({
    filename: 'styles.css',
    code: Buffer.from(css),
    minify: true,
    visitor: { Selector: change },
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

/**
 * Measures in the kit's own rem, which `--kie-scale` scales. Container queries know no variables; theirs count in the
 * container's size of text, which is the page's own where the page has made the rem small.
 */
function withOwnRem(css: string): string {
  const measures = /(?<![\w.-])(\d*\.?\d+)rem\b/g
  return css
    .replace(/^\s*(?!--_kie-rem:)[\w-]+:.*;$/gm, (line) => line.replace(measures, 'calc($1 * var(--_kie-rem))'))
    .replace(/@container .*\{$/gm, (query) => query.replace(measures, '$1em'))
}

async function build(): Promise<void> {
  const compiled = withOwnRem(withFallbacks((await compileStyles()).replaceAll('--tw-', '--kie-tw-')))
  const unlayered = minify(compiled, (selector) => weightier(tiedToViewer(selector)))
  const layered = minify(`@layer kiekit {\n${compiled}\n}`, tiedToViewer)
  mkdirSync(`${root}dist`, { recursive: true })
  writeFileSync(`${root}dist/styles.css`, layered)
  writeFileSync(`${root}dist/styles.unlayered.css`, unlayered)
  writeFileSync(
    `${root}dist/tailwind.css`,
    "@layer theme, base, kiekit, components, utilities;\n@import './styles.css';\n",
  )
  for (const [name, css] of Object.entries({ 'styles.css': layered, 'styles.unlayered.css': unlayered })) {
    console.log(`${name} ${css.length} bytes, ${brotliCompressSync(css).length} with brotli`)
  }
}

await build()
if (process.argv.includes('--watch') && existsSync(sources)) {
  let timer: NodeJS.Timeout | undefined
  watch(sources, { recursive: true }, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void build().catch(console.error), 100)
  })
}
