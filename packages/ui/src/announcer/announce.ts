/** The one live region of the page, for all tasks: screen readers drop words when several regions speak at once. */
let region: HTMLElement | null = null
let waiting: string[] = []

/** Clipped to nothing, beside the page's flow. */
const invisible = 'position:fixed;top:0;clip-path:inset(50%)'

/** Puts the region into the page ahead of time: what is announced in the moment it appears is not read. */
export function prepareAnnouncer(): HTMLElement {
  if (!region?.isConnected) {
    region = document.createElement('div')
    region.setAttribute('aria-live', 'polite')
    region.dataset['slot'] = 'kie-announcer'
    region.style.cssText = invisible
    document.body.append(region)
  }
  // A dialog that hides the rest of the page hides it as well; there is nothing in it that could be reached.
  region.removeAttribute('inert')
  region.removeAttribute('aria-hidden')
  return region
}

/** Has a screen reader say a sentence when it has finished the present one. What comes at once is said together. */
export function announce(text: string): void {
  const region = prepareAnnouncer()
  if (waiting.length === 0) setTimeout(say, 100, region)
  waiting.push(text)
}

// In the region's own page: where a test has ended by now, the global one is gone.
function say(region: HTMLElement): void {
  region.replaceChildren(
    ...waiting.map((text) => Object.assign(region.ownerDocument.createElement('p'), { textContent: text })),
  )
  waiting = []
}
