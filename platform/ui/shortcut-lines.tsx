import type { ReactNode } from 'react'
import { Kbd } from './kbd.tsx'

/** Keys that belong together, in an app's help about them. */
export function ShortcutGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 text-12 font-medium text-ink-muted">{title}</h3>
      <dl className="divide-y divide-line">{children}</dl>
    </section>
  )
}

export function ShortcutLine({ keys, label }: { keys: string; label: string }) {
  return (
    <div className="flex min-h-9 items-center justify-between gap-4 text-13">
      <dt>{label}</dt>
      <dd>
        <Kbd keys={keys} />
      </dd>
    </div>
  )
}
