import type { ReactElement } from 'react'

/** What the checks hand to a component, over and above what it shows. */
export interface ConformanceProps<Labels extends object> {
  ref?: (element: Element | null) => void
  className?: string | ((state: string) => string)
  classNames?: Record<string, string | ((state: string) => string)>
  render?: ReactElement | ((props: object, state: { state: string }) => ReactElement)
  labels?: Labels
  id?: string
  title?: string
}

/** A part whose state is another than the root's: the row of a list has the state of its task. */
export interface ConformancePart {
  name: string
  state: string
}

/** A component, or a wrapper of your own around one of the kit's, in one state. */
export interface ConformanceSubject<Labels extends object = object> {
  /** The component in a state that does not change by itself, with the given props spread onto it. */
  element: (props: ConformanceProps<Labels>) => ReactElement
  /** The root's `data-slot`. */
  slot: string
  /** The `data-state` that the element has in this state. */
  state: string
  /** The parts that are on screen in this state, as `classNames` takes them. @default none */
  parts?: readonly (string | ConformancePart)[] | undefined
  /** Words to give, and the text that must then be read in the element: as its text or as a name. @default not checked */
  labels?: { given: Labels; read: string } | undefined
  /** What the component does not offer, so that it is not asked for. @default nothing */
  without?: readonly ('ref' | 'render' | 'attributes')[] | undefined
}
