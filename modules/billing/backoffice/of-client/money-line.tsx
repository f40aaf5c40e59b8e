import type { ReactNode } from 'react'

/** A label and what it says, as the facts of a client are shown. */
export function MoneyLine({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-h-8 flex-wrap items-start gap-x-3 gap-y-0.5 border-t border-line py-1.5 first:border-t-0">
      <dt className="w-32 shrink-0 text-ink-muted">{label}</dt>
      <dd className="min-w-0 flex-1">{children}</dd>
    </div>
  )
}
