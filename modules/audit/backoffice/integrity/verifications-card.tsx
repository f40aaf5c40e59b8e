import { ShieldCheck } from 'lucide-react'
import { type AuditVerification, listAuditVerifications } from '#contract/audit'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { usePages } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { Findings } from './findings.tsx'

/** Every run through the whole log, by the clock or because somebody asked, and what it found. */
export function VerificationsCard() {
  const t = useMessages()
  const list = usePages(listAuditVerifications, { query: { limit: 10 } })
  return (
    <Card title={t('audit.verifications')}>
      {list.error && !list.rows ? (
        <ErrorState error={list.error} onRetry={list.retry} />
      ) : !list.rows ? (
        <Skeleton width="70%" />
      ) : list.rows.length === 0 ? (
        <EmptyState icon={ShieldCheck} title={t('audit.verifications.none')}>
          <p>{t('audit.verifications.none.help')}</p>
        </EmptyState>
      ) : (
        <>
          <ul className="divide-y divide-line">
            {list.rows.map((verification) => (
              <Line key={verification.id} verification={verification} />
            ))}
          </ul>
          {list.more.has && (
            <Button
              size="small"
              variant="ghost"
              className="mt-2 -ml-2"
              loading={list.more.loading}
              onClick={list.more.load}
            >
              {t('ui.table.more')}
            </Button>
          )}
        </>
      )}
    </Card>
  )
}

function Line({ verification }: { verification: AuditVerification }) {
  const t = useMessages()
  const formats = useFormats()
  const { endedAt, startedAt, askedBy, entries, payloadsErased, sound, findings } = verification
  const seconds = Math.max(1, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000))
  return (
    <li className="py-2.5 text-13 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <DateText value={endedAt} show="both" />
        <span className="text-ink-muted">
          {askedBy ? t('audit.verification.by', { name: askedBy.name }) : t('audit.verification.nightly')}
        </span>
        <span className="ml-auto">
          <Badge tone={sound ? 'success' : 'danger'}>
            {sound
              ? t('audit.verification.state.sound')
              : t('audit.verification.state.wrong', { count: findings.length })}
          </Badge>
        </span>
      </div>
      <p className="mt-0.5 text-12 text-ink-muted">
        {t('audit.verification.looked', {
          count: entries,
          shown: formats.integer(entries),
          seconds: formats.integer(seconds),
        })}
        {payloadsErased > 0 &&
          ` · ${t('audit.verification.erased', { count: payloadsErased, shown: formats.integer(payloadsErased) })}`}
      </p>
      {findings.length > 0 && <Findings findings={findings} />}
    </li>
  )
}
