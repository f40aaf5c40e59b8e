import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

/** What went wrong, where there is no field to say it beside; read aloud as it comes. */
export function Problem({ children }: { children: ReactNode }) {
  return (
    <div role="alert" className="flex gap-2 rounded-control bg-danger-soft px-3 py-2 text-13 text-danger-ink">
      <CircleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
      <p className="min-w-0 font-medium">{children}</p>
    </div>
  )
}
