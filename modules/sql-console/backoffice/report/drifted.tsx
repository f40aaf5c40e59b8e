/** Where an execution found something else than was approved, and rolled back by itself. */
import type { Change, Report } from '#contract/sql-console'
import { Card } from '#platform/ui/card.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { driftInWords } from '../executing/execution-words.tsx'
import { changedRow } from './changed-rows.ts'
import { ChangedRows } from './changes.tsx'
import { type Drift, driftBetween } from './drift.ts'

export function Drifted({ approved, found, text }: { approved: Report; found: Report; text: string }) {
  const t = useMessages()
  const formats = useFormats()
  const drifts = driftBetween(approved, found, text)
  return (
    <Card title={t('sql.drift')} flush={drifts.length > 0}>
      {drifts.length === 0 && <p className="text-13 text-ink-muted">{t('sql.drift.unseen')}</p>}
      {drifts.map((drift) => (
        <section key={`${drift.statement} ${drift.table}`} className="border-t border-line">
          <h3 className="px-4 py-2 text-13 wrap-anywhere">
            {driftInWords(drift, t, formats, shownOf(drift))}
          </h3>
          <Side title={t('sql.drift.otherwise')} rows={drift.otherwise} />
          <Side title={t('sql.drift.hidden')} rows={drift.hidden} />
          <Side title={t('sql.drift.missing')} rows={drift.missing} />
          <Side title={t('sql.drift.unexpected')} rows={drift.unexpected} />
        </section>
      ))}
    </Card>
  )
}

/** Of what the rows that are told tell. */
const shownOf = ({ missing, unexpected, otherwise, hidden }: Drift) =>
  missing.length + unexpected.length > 0
    ? 'rows'
    : otherwise.length + hidden.length > 0
      ? 'values'
      : undefined

function Side({ title, rows }: { title: string; rows: readonly Change[] }) {
  return rows.length === 0 ? null : (
    <div className="border-t border-line">
      <h4 className="bg-sunken px-4 py-1.5 text-12 font-medium">{title}</h4>
      <ChangedRows rows={rows.map(changedRow)} />
    </div>
  )
}
