import type { Tenant } from '#contract/tenancy'
import { Badge } from '#platform/ui/badge.tsx'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { driftTroubleInWords } from '../work-words.ts'

/** Where its schema and its rights differ from those every tenant should have. */
export function DriftCard({ tenant: { drift } }: { tenant: Tenant }) {
  const t = useMessages()
  const formats = useFormats()
  const count = drift?.differences.length ?? 0
  return (
    <Card
      title={t('tenancy.card.drift')}
      actions={
        drift &&
        !drift.trouble && (
          <Badge tone={count === 0 ? 'success' : 'warning'}>
            {t('tenancy.drift.count', { count, shown: formats.integer(count) })}
          </Badge>
        )
      }
    >
      {drift === null ? (
        <p className="text-13 text-ink-muted">{t('tenancy.drift.not-yet')}</p>
      ) : (
        <>
          <p className="text-13 text-ink-muted">
            {t.rich('tenancy.drift.checked', {
              at: <DateText key="at" value={drift.checkedAt} show="both" />,
            })}{' '}
            {count === 0 && !drift.trouble && t('tenancy.drift.none')}
          </p>
          {drift.trouble && (
            <p className="mt-2 rounded-control bg-warning-soft px-2.5 py-1.5 text-13 text-warning-ink">
              {driftTroubleInWords(drift.trouble, t) ?? (
                <>
                  {t('tenancy.drift.trouble')} <code className="font-mono text-12">{drift.trouble}</code>
                </>
              )}
            </p>
          )}
          {count > 0 && (
            <ul className="mt-2 flex flex-col gap-1">
              {drift.differences.map(({ kind, line }) => (
                <li
                  key={`${kind} ${line}`}
                  className="flex flex-wrap items-baseline gap-x-2 text-13 sm:flex-nowrap"
                >
                  <span className="w-20 shrink-0 text-12 font-medium text-warning-ink">
                    {t(`tenancy.drift.${kind}`)}
                  </span>
                  <code className="min-w-0 font-mono text-12 break-words">{line}</code>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Card>
  )
}
