import type { FleetExecution, SqlFleet } from '#contract/sql-console'
import { Card } from '#platform/ui/card.tsx'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Fact } from '../requests/request-facts.tsx'

/** Why, who and when. */
export function FleetFacts({ fleet, executing }: { fleet: SqlFleet; executing: FleetExecution }) {
  const t = useMessages()
  const { reason, askedAt, decidedBy, decidedAt, begunAt, endedAt, automatic, receipt } = executing
  const at = (instant: string | null) => (
    <span className="block text-12 text-ink-muted">
      <DateText value={instant} show="dayTime" />
    </span>
  )
  return (
    <Card title={t('sql.facts')}>
      <dl className="flex flex-col">
        <Fact label={t('sql.reason')}>{reason}</Fact>
        <Fact label={t('sql.ticket')}>{fleet.ticket}</Fact>
        <Fact label={t('sql.request.by')}>
          {fleet.by.name}
          {at(askedAt)}
        </Fact>
        <Fact label={t('sql.request.decided')}>
          {decidedBy && (
            <>
              {decidedBy.name}
              {at(decidedAt)}
            </>
          )}
        </Fact>
        {begunAt && (
          <Fact label={t('sql.fleet.begun')}>
            <DateText value={begunAt} show="dayTime" />
          </Fact>
        )}
        {endedAt && (
          <Fact label={t('sql.fleet.ended')}>
            <DateText value={endedAt} show="dayTime" />
          </Fact>
        )}
        <Fact label={t('sql.fleet.waves')}>
          {t(automatic ? 'sql.fleet.waves.automatic' : 'sql.fleet.waves.by-hand')}
        </Fact>
        <Fact label={t('sql.receipt')}>
          <CopyId id={receipt} />
        </Fact>
      </dl>
    </Card>
  )
}
