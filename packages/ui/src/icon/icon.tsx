import type { SVGAttributes } from 'react'
import { classes } from '../part/part.ts'

export interface IconProps extends Omit<SVGAttributes<SVGSVGElement>, 'path'> {
  /** One of `paths.ts`. */
  path: string
}

/** A decorative icon: the words beside it say what it means. */
export function Icon({ path, className, ...rest }: IconProps) {
  return (
    <svg
      {...rest}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      className={classes('kie:part kie:icon', className)}
    >
      <path d={path} className="kie:shape" />
    </svg>
  )
}
