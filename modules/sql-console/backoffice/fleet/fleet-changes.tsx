/** Before and after of every row that would change, practice after practice: whoever approves sees them without opening one. */
import { useState } from 'react'
import { type FleetPractice, getSqlFleetPractice, type SqlFleet } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { changedTables } from '../report/changed-rows.ts'
import { OneTable } from '../report/changes.tsx'
import { verdictInWords } from '../report/verdict-words.ts'
import { changesSomething } from '../report/verdict.ts'

/** Each is an answer of its own: as many at first, and as many more each time. */
const page = 5

type FleetChangesProps = { fleet: SqlFleet; onChoose: (tenantId: string) => void }

export function FleetChanges({ fleet, onChoose }: FleetChangesProps) {
  const t = useMessages()
  const formats = useFormats()
  const [most, setMost] = useState(page)
  // Those it is asked for, in the order in which it would be done.
  const practices = fleet.practices
    .filter(({ execution, effects }) => changesSomething(effects) && (!fleet.executing || execution))
    .toSorted((a, b) => (a.execution?.wave ?? 0) - (b.execution?.wave ?? 0))
  const left = practices.length - most
  if (practices.length === 0) return null
  return (
    <Card
      title={t('sql.fleet.changes')}
      actions={
        <span className="text-12 text-ink-muted tabular-nums">
          {t('sql.fleet.changes.of', {
            count: practices.length,
            shown: formats.integer(Math.min(most, practices.length)),
            of: formats.integer(practices.length),
          })}
        </span>
      }
      flush
    >
      {practices.slice(0, most).map((practice) => (
        <InOne
          key={practice.tenantId}
          fleetId={fleet.id}
          practice={practice}
          onChoose={() => onChoose(practice.tenantId)}
        />
      ))}
      {left > 0 && (
        <div className="border-t border-line p-2 text-center">
          <Button size="small" variant="ghost" onClick={() => setMost(most + page)}>
            {t('sql.fleet.changes.more', { count: Math.min(page, left) })}
          </Button>
        </div>
      )}
    </Card>
  )
}

type InOneProps = { fleetId: string; practice: FleetPractice; onChoose: () => void }

function InOne({ fleetId, practice: { tenantId, name, effects }, onChoose }: InOneProps) {
  const t = useMessages()
  const formats = useFormats()
  const { data, error, refetch } = useEndpoint(getSqlFleetPractice, { params: { id: fleetId, tenantId } })
  const { tables, shown, of } = data?.report
    ? changedTables(data.report)
    : { tables: [], shown: 0, of: undefined }
  return (
    <article aria-label={name} className="border-t border-line">
      <div className="flex flex-wrap items-center gap-x-3 px-4 py-2 text-13">
        <h3 className="font-medium">{name}</h3>
        <span className="text-ink-muted">{verdictInWords(effects, t, formats)}</span>
        <Button size="small" variant="ghost" className="ml-auto" onClick={onChoose}>
          {t('sql.fleet.see')}
        </Button>
      </div>
      {error && <ErrorState error={error} onRetry={refetch} />}
      {/* Of many rows as many were kept; of masked ones, or of a schema, none may be told. */}
      {of !== undefined && shown < of && (
        <p className="px-4 pb-2 text-12 text-ink-muted">
          {t('sql.changes.capped', { shown: formats.integer(shown), of: formats.integer(of) })}
        </p>
      )}
      {tables.map((table) => (
        <OneTable key={table.table} table={table} />
      ))}
    </article>
  )
}
