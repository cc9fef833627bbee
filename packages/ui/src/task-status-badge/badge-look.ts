import { classes } from '../part/part.ts'

// Plain tables: with a library for variants the badge would weigh a tenth more.
const variants = {
  soft: 'kie:border-transparent kie:bg-tone/12 kie:text-tone-soft',
  solid: 'kie:border-transparent kie:bg-tone kie:text-on-tone',
  outline: 'kie:border-tone/40 kie:text-tone-soft',
  dot: 'kie:border-transparent kie:text-inherit kie:forced:border-[Canvas]',
}
const sizes = {
  sm: 'kie:min-h-5 kie:gap-1 kie:text-xs',
  md: 'kie:min-h-6 kie:gap-1.5 kie:text-[0.8125rem]',
  lg: 'kie:min-h-8 kie:gap-2 kie:text-sm',
}
const paddings = { sm: 'kie:px-1.5', md: 'kie:px-2', lg: 'kie:px-3' }

/** How a badge can look. */
export interface BadgeLook {
  variant?: keyof typeof variants | undefined
  size?: keyof typeof sizes | undefined
  show?: 'both' | 'label' | 'icon' | undefined
}

/** The classes of a badge. */
export function badge({ variant = 'soft', size = 'md', show = 'both' }: BadgeLook): string {
  return classes(
    'kie:inline-flex kie:max-w-full kie:items-center kie:rounded-full kie:border kie:align-middle kie:font-medium kie:whitespace-nowrap',
    variants[variant],
    sizes[size],
    show === 'icon' ? 'kie:aspect-square kie:justify-center' : variant !== 'dot' && paddings[size],
  )
}
