import type { Tenant } from '#contract/tenancy'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Fact, Facts } from '../facts.tsx'
import { sizeInWords } from '../size.ts'

/** How it fares, as it was measured last. */
export function HealthCard({ tenant }: { tenant: Tenant }) {
  const t = useMessages()
  const formats = useFormats()
  const { sizeBytes, rowsEstimated, connections, slowQueries, lastBackupAt, measuredAt } = tenant
  return (
    <Card title={t('tenancy.card.health')}>
      <Facts>
        <Fact label={t('tenancy.size')}>{sizeInWords(sizeBytes, formats)}</Fact>
        <Fact label={t('tenancy.rows')}>
          {rowsEstimated !== null && t('tenancy.rows.about', { shown: formats.integer(rowsEstimated) })}
        </Fact>
        <Fact label={t('tenancy.connections')}>{formats.integer(connections)}</Fact>
        <Fact label={t('tenancy.slow-queries')}>
          <span className={slowQueries ? 'font-medium text-warning-ink' : undefined}>
            {formats.integer(slowQueries)}
          </span>
        </Fact>
        <Fact label={t('tenancy.last-backup')}>
          {lastBackupAt ? (
            <DateText value={lastBackupAt} show="relative" />
          ) : (
            <span className="text-ink-muted">{t('tenancy.never-backed-up')}</span>
          )}
        </Fact>
        <Fact label={t('tenancy.measured')}>
          {measuredAt ? (
            <DateText value={measuredAt} show="relative" />
          ) : (
            <span className="text-ink-muted">{t('tenancy.measured.not-yet')}</span>
          )}
        </Fact>
      </Facts>
    </Card>
  )
}
