import { ShieldCheck, TriangleAlert } from 'lucide-react'
import type { Dashboard } from '#contract/dashboard'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

/** Whether the nightly recount agreed with the figures above. */
export function Proof({ dashboard }: { dashboard: Dashboard }) {
  const t = useMessages()
  const formats = useFormats()
  const { provenAt, disprovenAt } = dashboard
  if (disprovenAt)
    return (
      <p role="alert" className="flex items-center gap-2 text-12 text-danger-ink">
        <TriangleAlert aria-hidden size={14} className="shrink-0" />
        {t('dashboard.disproven', { at: formats.dayTime(disprovenAt) })}
      </p>
    )
  if (!provenAt) return null
  return (
    <p className="flex items-center gap-2 text-12 text-ink-muted">
      <ShieldCheck aria-hidden size={14} className="shrink-0" />
      {t('dashboard.proven', { at: formats.dayTime(provenAt) })}
    </p>
  )
}
