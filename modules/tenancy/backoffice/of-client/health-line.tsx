import { HeartPulse } from 'lucide-react'
import { pressingAlerts, type TenantRow } from '#contract/tenancy'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { sizeInWords } from '../size.ts'

/** How it fares, in one line that needs no technician. */
export function HealthLine({ tenant: { alerts, sizeBytes, lastBackupAt } }: { tenant: TenantRow }) {
  const t = useMessages()
  const formats = useFormats()
  const isPressing = pressingAlerts.some((alert) => alerts.includes(alert))
  return (
    <p className="flex items-start gap-2">
      <HeartPulse aria-hidden size={16} className="mt-0.5 shrink-0 text-ink-muted" />
      <span className="min-w-0">
        {t(isPressing ? 'tenancy.health.watch' : 'tenancy.health.well')}
        {sizeBytes !== null && ` · ${sizeInWords(sizeBytes, formats)}`}
        {' · '}
        {lastBackupAt
          ? t.rich('tenancy.health.backed-up', {
              at: <DateText key="at" value={lastBackupAt} show="relative" />,
            })
          : t('tenancy.health.not-backed-up')}
      </span>
    </p>
  )
}
