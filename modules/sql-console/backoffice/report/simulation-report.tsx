import type { Diagnostic } from '@codemirror/lint'
import { CircleCheck, Dices, EyeOff, FlaskConical, Rows3 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Report, SqlRun } from '#contract/sql-console'
import { Card } from '#platform/ui/card.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { AskExecution } from '../requests/ask-execution.tsx'
import { Results } from '../results/results.tsx'
import { tookInWords } from '../sql-words.tsx'
import { Changes } from './changes.tsx'
import { EffectsTable } from './effects-table.tsx'
import { FailureNotice } from './failure-notice.tsx'
import { Locks } from './locks.tsx'
import { Notice } from './notice.tsx'
import { Proof } from './proof.tsx'
import { Residue } from './residue.tsx'
import { SchemaChanges } from './schema-changes.tsx'
import { changesSomething, effectsOf } from './verdict.ts'
import { verdictInWords } from './verdict-words.ts'

type SimulationReportProps = {
  run: SqlRun
  report: Report
  offset: number
  onShow?: ((marks: readonly Diagnostic[]) => void) | undefined
  /** Instead of the way to have it executed: what its page has to say. */
  act?: ReactNode
}

/** Verdict first; then tables, rows, schema, locks and what stays; the proof that nothing was kept at its end. */
export function SimulationReport({ run, report, offset, onShow, act }: SimulationReportProps) {
  const t = useMessages()
  const formats = useFormats()
  const effects = effectsOf(report)
  const isExecuted = run.status === 'executed'
  const verdict = verdictInWords(effects, t, formats)
  const changesSchema = report.schemaChanges.length > 0
  const rows = report.statements.filter(({ columns }) => columns.length > 0)
  const took = tookInWords(run.took, t, formats)
  const title =
    verdict ||
    (changesSchema
      ? t('sql.verdict.schema', { count: report.schemaChanges.length })
      : t('sql.verdict.nothing'))
  const locks = !isExecuted && <Locks locks={report.locks} took={run.took} />
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {report.failure ? (
        <FailureNotice run={run} failure={report.failure} offset={offset} onShow={onShow} />
      ) : (
        <Notice
          look={isExecuted ? 'success' : changesSomething(effects) || changesSchema ? 'info' : 'neutral'}
          icon={isExecuted ? CircleCheck : changesSomething(effects) ? FlaskConical : Rows3}
          title={title}
          live
          act={act === undefined ? <AskExecution run={run} /> : act}
        >
          <p>
            {isExecuted
              ? t('sql.verdict.executed', { took })
              : t('sql.verdict.simulated', { count: report.statements.length, took })}
          </p>
        </Notice>
      )}
      {report.spreads && (
        <Notice
          look="warning"
          icon={EyeOff}
          title={t(run.unmasked.length > 0 ? 'sql.unmasking.spreads' : 'sql.spreads', {
            class: t(`sql.class.${report.spreads}`),
          })}
        />
      )}
      {!isExecuted && changesSomething(effects) && report.unrepeatable?.length ? (
        <Notice
          look="warning"
          icon={Dices}
          title={t('sql.unrepeatable', {
            count: report.unrepeatable.length,
            names: formats.list(report.unrepeatable.map((name) => `${name}()`)),
          })}
        >
          <p>{t('sql.unrepeatable.help')}</p>
        </Notice>
      ) : null}
      {isExecuted && report.uncompared ? (
        <Notice
          look="warning"
          icon={Dices}
          title={t('sql.uncompared', {
            count: report.uncompared,
            shown: formats.integer(report.uncompared),
            names: formats.list((report.unrepeatable ?? []).map((name) => `${name}()`)),
          })}
        >
          <p>{t('sql.uncompared.help')}</p>
        </Notice>
      ) : null}
      {changesSomething(effects) && (
        <Card title={t(report.failure ? 'sql.effects.undone' : 'sql.effects')} flush>
          {report.failure && <p className="px-4 pb-3 text-13">{t('sql.effects.undone.help')}</p>}
          <EffectsTable effects={effects} text={run.text} report={report} />
        </Card>
      )}
      {changesSchema && (
        <Card title={t('sql.schema')}>
          <SchemaChanges lines={report.schemaChanges} />
          {!isExecuted && <p className="mt-2 text-12 text-ink-muted">{t('sql.schema.released')}</p>}
        </Card>
      )}
      {/* Whom it would keep waiting weighs more than what each row of a table was that goes. */}
      {changesSchema && locks}
      <Changes
        report={report}
        title={report.failure ? 'sql.changes.undone' : isExecuted ? 'sql.changes.done' : 'sql.changes'}
      />
      {rows.length > 0 && (
        <Card title={t('sql.results')}>
          <Results statements={report.statements} text={run.text} />
        </Card>
      )}
      {!changesSchema && locks}
      {!isExecuted && <Residue residue={report.residue} />}
      {report.proof && <Proof proof={report.proof} isExecuted={isExecuted} />}
    </div>
  )
}
