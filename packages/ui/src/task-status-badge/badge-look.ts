import { cva, type VariantProps } from 'class-variance-authority'

/** The classes of a badge. */
export const badge = cva(
  'kie:inline-flex kie:max-w-full kie:items-center kie:border kie:align-middle kie:font-medium kie:whitespace-nowrap',
  {
    variants: {
      variant: {
        soft: 'kie:border-transparent kie:bg-tone/12 kie:text-tone-soft',
        solid: 'kie:border-transparent kie:bg-tone kie:text-on-tone',
        outline: 'kie:border-tone/40 kie:text-tone-soft',
        dot: 'kie:border-transparent kie:text-inherit',
      },
      size: {
        sm: 'kie:min-h-5 kie:gap-1 kie:px-1.5 kie:text-xs',
        md: 'kie:min-h-6 kie:gap-1.5 kie:px-2 kie:text-[0.8125rem]',
        lg: 'kie:min-h-8 kie:gap-2 kie:px-3 kie:text-sm',
      },
      show: {
        both: 'kie:rounded-full',
        label: 'kie:rounded-full',
        icon: 'kie:aspect-square kie:justify-center kie:rounded-full kie:p-0',
      },
    },
    compoundVariants: [{ variant: 'dot', className: 'kie:px-0' }],
    defaultVariants: { variant: 'soft', size: 'md', show: 'both' },
  },
)

/** How a badge can look. */
export type BadgeLook = { [Name in keyof VariantProps<typeof badge>]: Exclude<VariantProps<typeof badge>[Name], null> }
