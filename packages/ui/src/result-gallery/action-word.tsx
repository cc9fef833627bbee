import type { ReactNode } from 'react'

/** The word beside an action's icon. In a narrow tile it is only heard. */
export function ActionWord({ children }: { children: ReactNode }) {
  return <span className="kie:part kie:@max-[10.5rem]:sr-only">{children}</span>
}
