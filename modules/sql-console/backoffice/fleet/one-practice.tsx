/** What came of it in one practice, as a run of its own is shown. */
import { getSqlFleetPractice, type SqlFleet, type SqlRun } from '#contract/sql-console'
import { Card } from '#platform/ui/card.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { X } from 'lucide-react'
import { RunShown } from '../report/run-shown.tsx'
import { StandBadge } from '../executing/execution-words.tsx'
import { Executed } from '../executing/executed.tsx'
import { useEnvironment } from './fleet-band.tsx'
import { differenceInWords, lookOf, OutcomeBadge } from './fleet-words.tsx'

type OnePracticeProps = { fleet: SqlFleet; tenantId: string; onClose: () => void }

export function OnePractice({ fleet, tenantId, onClose }: OnePracticeProps) {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getSqlFleetPractice, { params: { id: fleet.id, tenantId } })
  const environment = useEnvironment()
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (!data) return null
  const { report, outcome, differs } = data
  const run: SqlRun = {
    id: fleet.id,
    mode: fleet.mode,
    target: { id: tenantId, name: data.name, kind: 'tenant', environment: environment ?? 'production' },
    status: outcome === 'failed' ? 'failed' : 'simulated',
    by: fleet.by,
    text: fleet.text,
    parameters: fleet.parameters,
    startedAt: fleet.askedAt,
    took: data.took,
    rowCount: data.rowCount,
    effects: data.effects,
    code: data.code,
    problems: data.problems,
    report,
    schemaVersion: null,
    receipt: null,
    undoes: null,
    unmasking: null,
    unmasked: [],
  }
  return (
    <Card
      title={data.name}
      actions={
        <>
          {data.execution ? (
            <StandBadge stand={data.execution.state} />
          ) : (
            <OutcomeBadge look={lookOf(data, fleet.mode)} />
          )}
          <IconButton icon={X} label={t('sql.fleet.close')} onClick={onClose} />
        </>
      }
    >
      {data.execution && (
        <>
          <Executed practice={data} execution={data.execution} />
          <h3 className="mb-3 text-13 font-semibold">{t('sql.request.report')}</h3>
        </>
      )}
      {differs.length > 0 && (
        <ul className="mb-3 rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink">
          {differs.map((one) => (
            <li key={`${one.about} ${one.name}`}>{differenceInWords(one, t)}</li>
          ))}
        </ul>
      )}
      {report ? (
        <RunShown run={run} isKept={false} />
      ) : (
        <p className="text-13 text-ink-muted">
          {t(
            outcome === 'done' || outcome === 'failed'
              ? 'sql.no-report'
              : `sql.fleet.outcome.${outcome}.help`,
          )}
        </p>
      )}
    </Card>
  )
}
