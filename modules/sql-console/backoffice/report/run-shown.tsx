/** A run as a whole: how it ended first, then what it gave and what it changed. */
import type { Diagnostic } from '@codemirror/lint'
import { CircleSlash, EyeOff, Unplug } from 'lucide-react'
import type { SqlRun } from '#contract/sql-console'
import { useMessages } from '#platform/ui/messages.tsx'
import { Results } from '../results/results.tsx'
import { FailureNotice } from './failure-notice.tsx'
import { Notice } from './notice.tsx'
import { RefusedNotice } from './refused-notice.tsx'
import { SimulationReport } from './simulation-report.tsx'

type RunShownProps = {
  run: SqlRun
  /** Where in the editor's text begins what ran. */
  offset?: number
  onShow?: ((marks: readonly Diagnostic[]) => void) | undefined
  /** It stands in the book of runs: what it gave may be taken away. In many practices at once it does not. */
  isKept?: boolean
  /** Another text, or another database, is before whoever looks at it: nothing is asked for from here. */
  isStale?: boolean
  /** Reads it once more, and keeps as many rows as are ever shown. */
  onMore?: (() => void) | undefined
}

export function RunShown({ run, offset = 0, isKept = true, isStale = false, onShow, onMore }: RunShownProps) {
  const t = useMessages()
  const { status, report, problems } = run
  if (status === 'refused')
    return <RefusedNotice problems={problems} text={run.text} offset={offset} onShow={onShow} />
  if (status === 'cancelled')
    return (
      <Notice look="neutral" icon={CircleSlash} title={t('sql.stopped')} live>
        <p>{t('sql.stopped.help')}</p>
      </Notice>
    )
  if (status === 'lost')
    return (
      <Notice look="neutral" icon={Unplug} title={t('sql.lost')} live>
        <p>{t(run.mode === 'execute' ? 'sql.lost.execution' : 'sql.lost.help')}</p>
      </Notice>
    )
  if (!report)
    return (
      <Notice look="neutral" icon={Unplug} title={t('sql.no-report')}>
        <p>{t(run.text === '' ? 'sql.no-report.gone' : 'sql.no-report.help')}</p>
      </Notice>
    )
  if (run.mode === 'read')
    return (
      <div className="flex min-w-0 flex-col gap-4">
        <KeptMasked run={run} />
        {report.failure && (
          <FailureNotice run={run} failure={report.failure} offset={offset} onShow={onShow} />
        )}
        {report.statements.length > 0 && (
          <Results
            statements={report.statements}
            text={run.text}
            read={isKept && run.status === 'simulated' ? { runId: run.id, onMore } : undefined}
          />
        )}
      </div>
    )
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <KeptMasked run={run} />
      <SimulationReport
        run={run}
        report={report}
        offset={offset}
        onShow={onShow}
        act={isStale ? null : undefined}
      />
    </div>
  )
}

/** Whoever remembers another result than this is told why. */
function KeptMasked({ run: { unmasking, unmasked } }: { run: SqlRun }) {
  const t = useMessages()
  return unmasking === null || unmasked.length > 0 ? null : (
    <Notice look="neutral" icon={EyeOff} title={t('sql.unmasking.kept')}>
      <p>{t('sql.unmasking.kept.help')}</p>
    </Notice>
  )
}
