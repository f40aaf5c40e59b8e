import type { Diagnostic } from '@codemirror/lint'
import { CircleX, Crosshair } from 'lucide-react'
import type { Failure, SqlRun } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { failureMark } from '../editor/checking.ts'
import { failedAt, lineAndColumn, statementsIn } from '../editor/statement-at.ts'
import { worded } from '../sql-words.tsx'
import { Notice } from './notice.tsx'

type FailureNoticeProps = {
  run: Pick<SqlRun, 'text'>
  failure: Failure
  offset: number
  onShow?: ((marks: readonly Diagnostic[]) => void) | undefined
}

/** PostgreSQL's own words, under ours: which statement, where, and what became of what ran before it. */
export function FailureNotice({ run, failure, offset, onShow }: FailureNoticeProps) {
  const t = useMessages()
  const { statement, code, message, detail, hint } = failure
  const place = failedAt(run.text, failure)
  // One after the other: those behind it never came to their turn.
  const last = statement === null ? 0 : statementsIn(run.text).length
  const untried = statement === null ? 0 : last - statement - 1
  const own = worded(`sql.failure.${code}`, t)
  const title =
    own ??
    (statement === null ? t('sql.failure.at-commit') : t('sql.failure.statement', { n: statement + 1 }))
  return (
    <Notice
      look="danger"
      icon={CircleX}
      title={title}
      live
      act={
        onShow &&
        place && (
          <Button size="small" icon={Crosshair} onClick={() => onShow([failureMark(place, message, offset)])}>
            {t('sql.refused.show')}
          </Button>
        )
      }
    >
      {own && <p>{worded(`sql.failure.${code}.help`, t)}</p>}
      {!own && (
        <>
          <p lang="en" className="mt-1 font-mono text-12 break-words text-ink">
            {message}
          </p>
          {detail && (
            <p lang="en" className="mt-1 font-mono text-12 break-words text-ink-muted">
              {detail}
            </p>
          )}
          {hint && (
            <p lang="en" className="mt-1 font-mono text-12 break-words text-ink-muted">
              {hint}
            </p>
          )}
          <p className="mt-1 text-12">
            {place && <span>{t('sql.place', lineAndColumn(run.text, place.from))} · </span>}
            {t('sql.failure.code', { code })}
          </p>
        </>
      )}
      {untried > 0 && (
        <p className="mt-1">
          {t('sql.failure.untried', { count: untried, from: last - untried + 1, to: last })}
        </p>
      )}
      <p className="mt-1">{t('sql.failure.nothing')}</p>
    </Notice>
  )
}
