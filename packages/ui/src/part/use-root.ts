'use client'
import { useRender } from '@base-ui/react/use-render'
import type { ForwardedRef, ReactElement } from 'react'
import { type ClassName, classes, classNameOf } from './part.ts'

/** What every component takes, besides what it shows. */
export interface RootProps<State extends string> {
  /** Added to the root's classes; as a function it is given the state. */
  className?: ClassName<State>
  /** Replaces the root's element: an element, or a function of the root's props and state that returns one. */
  render?: useRender.RenderProp<{ state: State }> | undefined
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

/** Renders the root of a component: the caller's element or our own, with state, classes, ref and the other props. */
export function useRoot<State extends string, Element extends HTMLElement>(
  options: RootOptions<State, Element>,
): ReactElement {
  const { tag, slot, state, ours, className, render, forwardedRef, props } = options
  return useRender({
    defaultTagName: tag,
    render,
    ref: forwardedRef,
    state: { state },
    props: {
      ...props,
      className: classes('kie:root kie:part', ours, classNameOf(className, state)),
      'data-slot': slot,
      'data-state': state,
    },
  })
}
