import { createElement } from 'react'
import type { ConformancePart, ConformanceProps, ConformanceSubject } from './conformance-subject.ts'
import { hydrated, rendered } from './rendered.ts'

/** One promise of the kit's components, as a test. */
export interface ConformanceCheck {
  /** What must hold, to be used as the test's name. */
  name: string
  /** Throws an `Error` that says what does not hold. */
  run: () => Promise<void>
}

function insist(holds: boolean, problem: string): asserts holds {
  if (!holds) throw new Error(`Kiekit: ${problem}`)
}

/** In the container or, because dialogs stand at the end of the page, anywhere in it. */
function elementIn(container: HTMLElement, slot: string): Element | null {
  const selector = `[data-slot="${slot}"]`
  return container.querySelector(selector) ?? document.querySelector(selector)
}

/**
 * The promises that every component of the kit keeps, as checks for any test runner: ref, attributes, `data-slot` and
 * `data-state`, `className` and `classNames` as text and as functions, `render`, `labels`, server rendering. Run them on
 * wrappers of your own to know that they still can be used like the components inside. They need a DOM, a browser's or
 * jsdom's.
 *
 * @example
 * import { conformanceChecks } from '@kiekit/testing/conformance'
 *
 * const checks = conformanceChecks({
 *   element: (props) => <MyBadge task={finishedTask} {...props} />,
 *   slot: 'task-status-badge',
 *   state: 'success',
 *   parts: ['icon', 'label'],
 *   labels: { given: { 'phase.success': 'Ready' }, read: 'Ready' },
 * })
 * for (const check of checks) it(check.name, check.run)
 */
export function conformanceChecks<Labels extends object>(subject: ConformanceSubject<Labels>): ConformanceCheck[] {
  const { element, slot, state, parts = [], labels, without = [] } = subject

  const stateOfPart = (part: string | ConformancePart) => (typeof part === 'string' ? { name: part, state } : part)
  const rootIn = (container: HTMLElement): Element => {
    const root = elementIn(container, slot)
    insist(root !== null, `there is no element with data-slot="${slot}". Pass the props on to the kit's component.`)
    return root
  }
  const isThere = (container: HTMLElement) => elementIn(container, slot) !== null
  const look = (props: ConformanceProps<Labels>, see: (root: Element, container: HTMLElement) => void) =>
    rendered(element(props), isThere, (container) => see(rootIn(container), container))

  const checks: (ConformanceCheck | false)[] = [
    {
      name: 'carries data-slot and data-state on its root',
      run: () =>
        look({}, (root) => {
          const seen = root.getAttribute('data-state')
          insist(seen === state, `data-state is "${seen}", expected "${state}".`)
        }),
    },
    !without.includes('ref') && {
      name: 'gives its ref the root element, and takes it back',
      run: async () => {
        let given: Element | null = null
        let root: Element | null = null
        await look({ ref: (one) => (given = one) }, (seen) => {
          root = seen
          insist(given === seen, 'the ref was not given the root element. Use forwardRef and pass the ref on.')
        })
        insist(root !== null && given === null, 'the ref still holds the element after it is gone.')
      },
    },
    !without.includes('attributes') && {
      name: 'passes other attributes on to its root',
      run: () =>
        look({ id: 'conformance', title: 'Conformance' }, (root) => {
          insist(root.id === 'conformance', 'the id is lost. Spread the rest of the props.')
          insist(root.getAttribute('title') === 'Conformance', 'the title is lost. Spread the rest of the props.')
        }),
    },
    {
      name: 'adds a class name to its own',
      run: async () => {
        let own = 0
        await look({}, (root) => (own = root.classList.length))
        await look({ className: 'conformance' }, (root) => {
          insist(root.classList.contains('conformance'), 'className is lost.')
          insist(root.classList.length === own + 1, 'className replaces the classes that were there.')
        })
      },
    },
    {
      name: 'takes a class name as a function of the state',
      run: () =>
        look({ className: (seen) => `is-${seen}` }, (root) => {
          insist(root.classList.contains(`is-${state}`), `className was not called with "${state}".`)
        }),
    },
    ...parts.map(stateOfPart).map(({ name: part, state: ownState }) => ({
      name: `gives the part ${part} its slot, its state and classes, as text and as a function`,
      run: async () => {
        const find = (container: HTMLElement) => elementIn(container, `${slot}-${part}`)
        await look({ classNames: { [part]: 'conformance' } }, (_root, container) => {
          const found = find(container)
          insist(found !== null, `there is no element with data-slot="${slot}-${part}".`)
          insist(found.classList.contains('conformance'), `classNames.${part} is lost.`)
          const seen = found.getAttribute('data-state')
          insist(seen === ownState, `the part ${part} has data-state "${seen}", expected "${ownState}".`)
        })
        await look({ classNames: { [part]: (seen) => `is-${seen}` } }, (_root, container) => {
          const isCalled = find(container)?.classList.contains(`is-${ownState}`) ?? false
          insist(isCalled, `classNames.${part} was not called with "${ownState}".`)
        })
      },
    })),
    !without.includes('render') && {
      name: 'renders as another element',
      run: () =>
        look({ render: createElement('section', { lang: 'en' }), className: 'conformance' }, (root) => {
          insist(root.localName === 'section', `the root is <${root.localName}>, not the element given as render.`)
          insist(root.getAttribute('lang') === 'en', 'attributes of the element given as render are lost.')
          insist(root.classList.contains('conformance'), 'className is lost beside render.')
          insist(root.getAttribute('data-state') === state, 'data-state is lost beside render.')
        }),
    },
    !without.includes('render') && {
      name: 'renders through a function that is given props and state',
      run: () => {
        const through = (props: object, seen: { state: string }) =>
          createElement('section', { ...props, lang: seen.state })
        return look({ render: through }, (root) => {
          insist(root.localName === 'section', 'the function given as render was not used.')
          insist(root.getAttribute('lang') === state, `the function given as render was not given "${state}".`)
          insist(root.childNodes.length > 0, 'the function given as render was given no children.')
        })
      },
    },
    labels !== undefined && {
      name: 'takes its words from labels',
      run: () =>
        look({ labels: labels.given }, (root, container) => {
          const seen = container.contains(root) ? container : root
          const named = '[aria-label], [aria-valuetext], [alt]'
          const names = [root, ...seen.querySelectorAll(named)].flatMap((one) =>
            ['aria-label', 'aria-valuetext', 'alt'].map((name) => one.getAttribute(name) ?? ''),
          )
          const isRead = [seen.textContent ?? '', ...names].some((text) => text.includes(labels.read))
          insist(isRead, `“${labels.read}” is nowhere to be read, neither as text nor as a name.`)
        }),
    },
    {
      name: 'is the same from the server as in the browser',
      run: () => hydrated(element({}), isThere, (container) => void rootIn(container)),
    },
  ]
  return checks.filter((check) => check !== false)
}
