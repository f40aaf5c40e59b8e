/** Where it was not done, and in what it would have done otherwise than was approved. */
import type { FleetPractice } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { codeInWords, driftInWords, StandBadge, standOf } from './execution-words.tsx'

export const isAmiss = (practice: FleetPractice) =>
  practice.execution !== null &&
  (['drifted', 'failed', 'unknown'].includes(practice.execution.state) ||
    // Left out by hand, after it had drifted or failed.
    (practice.execution.state === 'left_out' && practice.execution.endedAt !== null))

type AmissProps = { practices: readonly FleetPractice[]; onChoose: (tenantId: string) => void }

export function Amiss({ practices, onChoose }: AmissProps) {
  const t = useMessages()
  return (
    <ul className="divide-y divide-line">
      {practices.filter(isAmiss).map((practice) => (
        <li
          key={practice.tenantId}
          className="flex flex-wrap items-start gap-x-3 gap-y-1 px-4 py-2.5 text-13"
        >
          <div className="min-w-0 flex-1 basis-56">
            <p className="flex flex-wrap items-center gap-2 font-medium">
              {practice.name}
              <StandBadge stand={standOf(practice)} />
            </p>
            <WhatWent practice={practice} />
          </div>
          <Button size="small" variant="ghost" onClick={() => onChoose(practice.tenantId)}>
            {t('sql.fleet.see')}
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** Of one practice: each table in which it drifted, or why it failed. */
export function WhatWent({ practice: { execution } }: { practice: FleetPractice }) {
  const t = useMessages()
  const formats = useFormats()
  if (!execution) return null
  if (execution.state === 'unknown')
    return (
      <p className="mt-0.5 text-ink-muted">
        {t(execution.code === 'never_known' ? 'sql.fleet.stand.never_known' : 'sql.fleet.stand.unknown.help')}
      </p>
    )
  if (execution.drift.length === 0)
    return execution.code ? <p className="mt-0.5 text-ink-muted">{codeInWords(execution.code, t)}</p> : null
  return (
    <ul className="mt-0.5 text-ink-muted">
      {execution.code === 'schema_changed' && <li>{codeInWords(execution.code, t)}</li>}
      {execution.drift.map((one) => (
        <li key={`${one.statement} ${one.table}`} className="wrap-anywhere">
          {driftInWords(one, t, formats)}
        </li>
      ))}
    </ul>
  )
}
