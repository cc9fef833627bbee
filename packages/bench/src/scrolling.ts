import { loadavg } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import react from '@vitejs/plugin-react'
import { build, preview } from 'vite'
import { findBrowser } from '../../../scripts/browser.mjs'
import { numberFlags } from './number-flags.ts'

// A thousand results beside the naive ways, in a browser. Prints the table of this package's README.md.

const { rounds } = numberFlags({ rounds: 3 })
const root = join(import.meta.dirname, 'scrolling')
/** From the top to the bottom in this many steps, one a frame. */
const steps = 120

interface Round {
  'shown after, ms': number
  'work until shown, ms': number
  'work while scrolling, ms': number
  'median frame, ms': number
  'longest frame, ms': number
  'frames over 50 ms': number
  'DOM nodes': number
  'pictures asked for at the top': number
}

async function measure(browser: Browser, address: string, show: string): Promise<Round> {
  const page = await browser.newPage({ viewport: { width: 1100, height: 800 } })
  let pictures = 0
  page.on('request', (request) => void (pictures += Number(/\.(jpg|png)\?/.test(request.url()))))
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  const read = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    const valueOf = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
    return { workMs: valueOf('TaskDuration') * 1000, nodes: valueOf('Nodes') }
  }
  await page.goto(`${address}?show=${encodeURIComponent(show)}`, { waitUntil: 'commit' })
  await page.waitForSelector('html[data-shown-after]', { state: 'attached' })
  const shownAfter = await page.evaluate(() => Number(document.documentElement.dataset.shownAfter))
  const shown = await read()
  // What is loaded at the top is not the scrolling's.
  await page.waitForLoadState('networkidle')
  const atTop = { ...(await read()), pictures }
  const frames = await page.evaluate(async (count) => {
    const scroller = document.documentElement
    const frame = () => new Promise<number>((done) => requestAnimationFrame(done))
    const lengths: number[] = []
    let last = await frame()
    for (let step = 1; step <= count; step += 1) {
      scroller.scrollTop = ((scroller.scrollHeight - scroller.clientHeight) * step) / count
      const now = await frame()
      lengths.push(now - last)
      last = now
    }
    return lengths
  }, steps)
  const atEnd = await read()
  await page.close()
  return {
    'shown after, ms': shownAfter,
    'work until shown, ms': shown.workMs,
    'work while scrolling, ms': atEnd.workMs - atTop.workMs,
    'median frame, ms': median(frames),
    'longest frame, ms': Math.max(...frames),
    'frames over 50 ms': frames.filter((ms) => ms > 50).length,
    'DOM nodes': atTop.nodes,
    'pictures asked for at the top': atTop.pictures,
  }
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

function print(contenders: readonly string[], measured: ReadonlyMap<string, Round[]>) {
  const [ours = ''] = contenders
  console.log(
    `\n| | ${contenders.join(' | ')} | ${contenders
      .slice(1)
      .map((name) => `${name} / ${ours}`)
      .join(' | ')} |`,
  )
  console.log(`| --- |${' ---: |'.repeat(contenders.length * 2 - 1)}`)
  const rows = Object.keys(measured.get(ours)?.[0] ?? {}) as (keyof Round)[]
  for (const row of rows) {
    const medians = contenders.map((name) => median((measured.get(name) ?? []).map((round) => round[row])))
    const [own = Number.NaN, ...others] = medians
    const cells = [
      ...medians.map((value) => value.toFixed(0)),
      ...others.map((value) => (own ? (value / own).toFixed(2) : '–')),
    ]
    console.log(`| ${row} | ${cells.join(' | ')} |`)
  }
}

const outDir = join(root, 'dist')
const shared = {
  root,
  configFile: false,
  publicDir: join(import.meta.dirname, '../../testing/media'),
  logLevel: 'warn',
} as const
await build({ ...shared, plugins: [react()], build: { outDir, emptyOutDir: true } })
const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } })
const address = server.resolvedUrls?.local[0] ?? ''
const executablePath = findBrowser()
const browser = await chromium.launch(executablePath ? { executablePath } : {})
console.log(`load average before: ${loadavg()[0]?.toFixed(1)}, ${rounds} rounds, medians`)
const contenders = ['gallery', 'gallery, all drawn', 'plain grid']
const measured = new Map<string, Round[]>(contenders.map((name) => [name, []]))
for (let round = 0; round < rounds; round += 1) {
  // They take turns, each first once.
  for (const [place] of contenders.entries()) {
    const name = contenders[(place + round) % contenders.length] ?? ''
    measured.get(name)?.push(await measure(browser, address, name))
  }
}
print(contenders, measured)
console.log(`\nload average after: ${loadavg()[0]?.toFixed(1)}`)
await browser.close()
await server.close()
