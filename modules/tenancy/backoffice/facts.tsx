import type { ReactNode } from 'react'
import { MISSING } from '#platform/ui/formats.ts'

export function Facts({ children }: { children: ReactNode }) {
  return <dl className="flex flex-col">{children}</dl>
}

/** A label and what it says; what is missing shows as a dash. */
export function Fact({ label, children }: { label: string; children?: ReactNode }) {
  return (
    <div className="flex min-h-8 items-start gap-3 border-t border-line py-1.5 text-13 first:border-t-0">
      <dt className="w-28 shrink-0 text-ink-muted">{label}</dt>
      <dd className="min-w-0 flex-1 break-words tabular-nums [&_time]:whitespace-normal [&_time>span]:inline-block">
        {children || <span className="text-ink-muted">{MISSING}</span>}
      </dd>
    </div>
  )
}
