'use client'
import {
  Children,
  cloneElement,
  createElement,
  type ForwardedRef,
  type HTMLAttributes,
  isValidElement,
  type ReactElement,
} from 'react'
import { type ClassName, classes, classNameOf } from './part.ts'

/** An element, or a function of the root's props and state that returns one. */
export type RenderRoot<State extends string> =
  | ReactElement
  | ((props: HTMLAttributes<HTMLElement>, context: { state: State }) => ReactElement)

/** What every component takes, besides what it shows. */
export interface RootProps<State extends string> {
  /** Added to the root's classes; as a function it is given the state. */
  className?: ClassName<State>
  /** Replaces the root's element: an element, or a function of the root's props and state that returns one. */
  render?: RenderRoot<State> | undefined
}

interface RootOptions<State extends string, Element extends HTMLElement> extends RootProps<State> {
  tag: 'span' | 'div' | 'article' | 'section'
  slot: string
  state: State
  ours: string
  forwardedRef: ForwardedRef<Element>
  /** The caller's other props, and the component's own children and attributes. */
  props: Record<string, unknown>
}

interface OwnProps {
  className?: string
  style?: object
  [name: string]: unknown
}

function isHandler(value: unknown): value is (event: unknown) => void {
  return typeof value === 'function'
}

/** Our props and those that the caller's element has: its own win, classes and styles add up, and both handlers are called. */
function merge(ours: OwnProps, own: OwnProps): OwnProps {
  const merged = { ...ours, ...own }
  for (const [name, handler] of Object.entries(ours)) {
    const theirs = own[name]
    if (!isHandler(handler) || !isHandler(theirs)) continue
    merged[name] = (event: unknown) => {
      theirs(event)
      handler(event)
    }
  }
  return { ...merged, className: classes(own.className, ours.className), style: { ...ours.style, ...own.style } }
}

/** Renders the root of a component: the caller's element or our own, with state, classes, ref and the other props. */
export function useRoot<State extends string, Element extends HTMLElement>(
  options: RootOptions<State, Element>,
): ReactElement {
  const { tag, slot, state, ours, className, render, forwardedRef, props } = options
  const all = {
    ...props,
    className: classes('kie:root kie:part', ours, classNameOf(className, state)),
    'data-slot': slot,
    'data-state': state,
    // Absent, where nobody asked for the element: one given as `render` keeps its own.
    ...(forwardedRef && { ref: forwardedRef }),
  }
  if (typeof render === 'function') return render(all, { state })
  // An element that comes from a Server Component may be wrapped; among children React unwraps it.
  const [given] = Children.toArray(render)
  return isValidElement<OwnProps>(given) ? cloneElement(given, merge(all, given.props)) : createElement(tag, all)
}
