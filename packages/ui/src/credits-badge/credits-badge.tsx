'use client'
import { useKieCredits } from '@kiekit/react'
import { type ComponentPropsWithoutRef, type ForwardedRef, forwardRef } from 'react'
import { Icon } from '../icon/icon.tsx'
import { alert, coins } from '../icon/paths.ts'
import { creditsLabels } from '../labels/credits-labels.ts'
import { type LabelsProp, useLabels } from '../labels/use-labels.ts'
import { type ClassNames, partsOf } from '../part/part.ts'
import { type RootProps, useRoot } from '../part/use-root.ts'
import { type BadgeLook, badge, badgeLine } from '../task-status-badge/badge-look.ts'
import { formatCredits } from './format-credits.ts'

/** The parts that `classNames` reaches. */
export type CreditsBadgePart = 'icon' | 'amount' | 'note'

/** What is known of the credits, as `data-state` has it. */
export type CreditsState = 'loading' | 'enough' | 'low' | 'empty' | 'unknown'

interface BadgeProps
  extends Omit<ComponentPropsWithoutRef<'span'>, 'className' | 'children'>,
    RootProps<CreditsState>,
    LabelsProp {
  /** At this many credits or fewer the badge warns. @default 0 */
  low?: number | undefined
  /** How much it stands out. @default 'soft' */
  variant?: BadgeLook['variant']
  /** @default 'md' */
  size?: BadgeLook['size']
  classNames?: ClassNames<CreditsBadgePart, CreditsState> | undefined
}

export interface CreditsBadgeProps extends BadgeProps {
  /**
   * The credits that are left; `null` while that is not known yet, `NaN` where it cannot be known. Without this prop the badge asks through `KieProvider`.
   */
  credits?: number | null | undefined
}

interface Known {
  credits: number | null
  isUnknown: boolean
}
type ViewProps = Known & { props: BadgeProps; forwardedRef: ForwardedRef<HTMLSpanElement> }

function stateOf({ credits, isUnknown }: Known, low: number): CreditsState {
  if (credits === null) return isUnknown ? 'unknown' : 'loading'
  if (credits <= 0) return 'empty'
  return credits <= low ? 'low' : 'enough'
}

const tones: Record<CreditsState, string> = {
  loading: 'kie:tone-neutral',
  enough: 'kie:tone-neutral',
  low: 'kie:tone-warning',
  empty: 'kie:tone-destructive',
  unknown: 'kie:tone-neutral',
}

/** Amounts up to this one take no more room than it does, so that most stand still when they come and change. */
const usual = 1000

function BadgeView({ props, forwardedRef, ...known }: ViewProps) {
  const { low = 0, variant, size, classNames, className, render, labels, ...rest } = props
  const words = useLabels(creditsLabels, labels)
  const state = stateOf(known, low)
  const part = partsOf('credits-badge', state, classNames)
  const note = state === 'enough' ? null : words[`credits.${state}`]
  const amount = known.credits === null ? '–' : formatCredits(known.credits, words)
  const iconPath = state === 'low' || state === 'empty' || state === 'unknown' ? alert : coins
  return useRoot({
    tag: 'span',
    slot: 'credits-badge',
    state,
    ours: `${badge({ variant, size })} ${tones[state]}`,
    className,
    render,
    forwardedRef,
    props: {
      title: note ?? undefined,
      ...rest,
      'data-room': formatCredits(usual, words),
      children: (
        // Another amount in its place is no movement of this one, hence the key.
        <span key={amount} className={badgeLine}>
          {variant === 'dot' ? (
            <span
              {...part(
                'icon',
                'kie:block kie:size-2 kie:shrink-0 kie:rounded-full kie:bg-tone kie:forced:bg-[CanvasText]',
              )}
            />
          ) : (
            <span {...part('icon', variant === 'solid' ? 'kie:flex' : 'kie:flex kie:text-tone')}>
              <Icon path={iconPath} className={state === 'loading' ? 'kie:motion-ok:animate-breathe' : undefined} />
            </span>
          )}
          <span
            aria-hidden={known.credits === null || undefined}
            {...part('amount', 'kie:min-w-0 kie:wrap-anywhere kie:whitespace-normal kie:tabular-nums')}
          >
            {amount}
          </span>
          {note !== null && <span {...part('note', 'kie:sr-only')}>{note}</span>}
        </span>
      ),
    },
  })
}

function ConnectedBadge({ props, forwardedRef }: Omit<ViewProps, keyof Known>) {
  const { credits, error } = useKieCredits()
  return (
    <BadgeView
      credits={credits ?? null}
      isUnknown={credits === undefined && error !== null}
      props={props}
      forwardedRef={forwardedRef}
    />
  )
}

/**
 * Shows how many credits are left, and warns when they run low. Without `credits` it asks for them through
 * `KieProvider`, and again whenever a task has finished.
 *
 * @example
 * <CreditsBadge low={50} />
 * @example
 * <CreditsBadge credits={account.credits} render={<a href="https://kie.ai/billing" />} />
 */
export const CreditsBadge = forwardRef<HTMLSpanElement, CreditsBadgeProps>(function CreditsBadge(all, forwardedRef) {
  const { credits, ...props } = all
  if (!('credits' in all)) return <ConnectedBadge props={props} forwardedRef={forwardedRef} />
  const isUnknown = Number.isNaN(credits)
  return (
    <BadgeView
      credits={isUnknown ? null : (credits ?? null)}
      isUnknown={isUnknown}
      props={props}
      forwardedRef={forwardedRef}
    />
  )
})
