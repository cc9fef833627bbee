import { classes } from '../part/part.ts'

// Plain tables: with a library for variants the badge would weigh a tenth more.
const variants = {
  soft: 'kie:border-transparent kie:bg-tone/12 kie:text-tone-soft',
  solid: 'kie:border-transparent kie:bg-tone kie:text-on-tone',
  outline: 'kie:border-tone/40 kie:text-tone-soft',
  dot: 'kie:border-transparent kie:text-inherit kie:forced:border-[Canvas]',
}
const sizes = {
  sm: 'kie:min-h-5 kie:text-xs',
  md: 'kie:min-h-6 kie:text-[0.8125rem]',
  lg: 'kie:min-h-8 kie:text-sm',
}
const gaps = {
  sm: 'kie:[--_kie-gap:var(--_kie-spacing)]',
  md: 'kie:[--_kie-gap:calc(var(--_kie-spacing)_*_1.5)]',
  lg: 'kie:[--_kie-gap:calc(var(--_kie-spacing)_*_2)]',
}
const paddings = { sm: 'kie:px-1.5', md: 'kie:px-2', lg: 'kie:px-3' }
/** What stands before the words: a dot or an icon, and the gap. */
const leads = {
  dot: 'kie:[--_kie-room-start:calc(var(--_kie-spacing)_*_2_+_var(--_kie-gap))]',
  icon: 'kie:[--_kie-room-start:calc(1.15em_+_var(--_kie-gap))]',
}

/** How a badge can look. */
export interface BadgeLook {
  variant?: keyof typeof variants | undefined
  size?: keyof typeof sizes | undefined
  show?: 'both' | 'label' | 'icon' | undefined
}

/** The classes of a badge. With `data-room` it keeps the width of the widest of its words. */
export function badge({ variant = 'soft', size = 'md', show = 'both' }: BadgeLook): string {
  const isDot = variant === 'dot'
  return classes(
    'kie:room kie:inline-grid kie:max-w-full kie:shrink-0 kie:grid-cols-[minmax(0,auto)] kie:content-center kie:rounded-full kie:border kie:align-middle kie:font-medium kie:whitespace-nowrap',
    variants[variant],
    sizes[size],
    gaps[size],
    !isDot && 'kie:justify-items-center',
    show === 'icon' ? 'kie:aspect-square kie:justify-center' : !isDot && paddings[size],
    (isDot || show === 'both') && leads[isDot ? 'dot' : 'icon'],
  )
}

/** The classes of what is inside: icon and words in a line. */
export const badgeLine = 'kie:part kie:flex kie:max-w-full kie:min-w-0 kie:items-center kie:gap-(--_kie-gap)'
