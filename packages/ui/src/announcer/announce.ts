/** The one live region of the page, for all tasks: screen readers drop words when several regions speak at once. */
let region: HTMLElement | null = null
let waiting: string[] = []

const invisible =
  'position:fixed;inset-block-start:0;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap'

/** Puts the region into the page ahead of time: what is announced in the moment it appears is not read. */
export function prepareAnnouncer(): HTMLElement {
  if (region?.isConnected) return region
  region = document.createElement('div')
  region.setAttribute('aria-live', 'polite')
  region.setAttribute('data-slot', 'kie-announcer')
  region.style.cssText = invisible
  document.body.append(region)
  return region
}

/** Has a screen reader say a sentence when it has finished the present one. What comes at once is said together. */
export function announce(text: string): void {
  prepareAnnouncer()
  if (waiting.length === 0) setTimeout(say, 100)
  waiting.push(text)
}

function say(): void {
  const texts = waiting
  waiting = []
  if (!region) return
  // The region's own page: where a test has ended by now, the global one is gone.
  const { ownerDocument } = region
  region.replaceChildren(...texts.map((text) => Object.assign(ownerDocument.createElement('p'), { textContent: text })))
}
