import { classes } from '../part/part.ts'

export interface IconProps {
  /** One of `paths.ts`. */
  path: string
  className?: string | undefined
}

/** A decorative icon: the words beside it say what it means. */
export function Icon({ path, className }: IconProps) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" className={classes('kie:part kie:icon', className)}>
      <path d={path} className="kie:shape" />
    </svg>
  )
}
