import { act, createElement, type ReactElement, StrictMode } from 'react'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'

/** React 18 says so of what looks for a `document` to know where it is: a page that plays the server has one. */
const falseAlarm = 'Warning: useLayoutEffect does nothing on the server'

const scope = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean | undefined }

/** Runs `work` as React's own tests run: updates are flushed inside `act`, and what React complains about is thrown. */
async function watched<Result>(work: (complain: (problem: unknown) => void) => Promise<Result>): Promise<Result> {
  const complaints: string[] = []
  const { error, warn } = console
  const before = scope.IS_REACT_ACT_ENVIRONMENT
  scope.IS_REACT_ACT_ENVIRONMENT = true
  console.error = console.warn = (...args: unknown[]) => {
    const complaint = args.map(String).join(' ')
    if (!complaint.startsWith(falseAlarm)) complaints.push(complaint)
  }
  try {
    const result = await work((problem) => void complaints.push(String(problem)))
    if (complaints.length > 0) throw new Error(`React complained: ${complaints.join('\n')}`)
    return result
  } finally {
    scope.IS_REACT_ACT_ENVIRONMENT = before
    console.error = error
    console.warn = warn
  }
}

function place(html = ''): HTMLElement {
  const container = document.createElement('div')
  container.innerHTML = html
  document.body.append(container)
  return container
}

/** Waits for what loads its code when it is first shown. */
async function settled(isThere: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100 && !isThere(); turn += 1) {
    await act(async () => {
      // A message comes also where a test has put its own clock in place of timers.
      const { port1, port2 } = new MessageChannel()
      await new Promise((resolve) => {
        port1.onmessage = resolve
        port2.postMessage(null)
      })
      port1.close()
    })
  }
}

type IsThere = (container: HTMLElement) => boolean

/** Renders `element` into the page, lets `look` look at it, and takes it away again. */
export function rendered(
  element: ReactElement,
  isThere: IsThere,
  look: (container: HTMLElement) => void,
): Promise<void> {
  return watched(async () => {
    const container = place()
    const root = createRoot(container)
    try {
      await act(async () => root.render(createElement(StrictMode, null, element)))
      await settled(() => isThere(container))
      look(container)
    } finally {
      await act(async () => root.unmount())
      container.remove()
    }
  })
}

/** Renders `element` as a server does and takes it over in the page: whatever differs is thrown. */
export function hydrated(
  element: ReactElement,
  isThere: IsThere,
  look: (container: HTMLElement) => void,
): Promise<void> {
  return watched(async (complain) => {
    const container = place(renderToString(element))
    let root: ReturnType<typeof hydrateRoot> | undefined
    try {
      await act(async () => {
        root = hydrateRoot(container, element, { onRecoverableError: complain })
      })
      await settled(() => isThere(container))
      look(container)
    } finally {
      await act(async () => root?.unmount())
      container.remove()
    }
  })
}
