import type { ReactNode } from 'react'

/** A line of a list of facts: what it is called, what it is. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-muted">{label}</dt>
      <dd className="min-w-0 break-words [&_time]:whitespace-normal">{children}</dd>
    </>
  )
}

/** The list they stand in. */
export const factsClass = 'grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-2 text-13'
