import type { Diagnostic } from '@codemirror/lint'
import { CircleSlash, Crosshair, CircleX, FlaskConical, History, Square, TerminalSquare } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { z } from 'zod'
import { getSqlRun, oneAtATime, onlyReading, schemaNotHere, type SqlRun } from '#contract/sql-console'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { CopyButton } from '#platform/ui/copy-button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { Kbd } from '#platform/ui/kbd.tsx'
import { Notice } from '../report/notice.tsx'
import { RunShown } from '../report/run-shown.tsx'
import { targetInWords } from '../sql-words.tsx'
import { Elapsed } from './elapsed.tsx'
import { lineAndColumn } from './statement-at.ts'
import type { SqlTab } from './kept-tabs.ts'
import { staleBy } from './stale.ts'
import type { Running } from './use-runs.ts'

type OutcomeProps = {
  tab: SqlTab
  running: Running | undefined
  onShow: (marks: readonly Diagnostic[]) => void
  onCancelOther: (id: string) => void
  onSimulate: (() => void) | undefined
  onExample: (text: string) => void
  /** Reads once more what was read, for more of its rows. */
  onMore: (run: SqlRun, offset: number) => void
}

/** What came of the text: nothing yet, under way, refused, or its results. */
export function Outcome({
  tab,
  running,
  onShow,
  onCancelOther,
  onSimulate,
  onExample,
  onMore,
}: OutcomeProps) {
  const t = useMessages()
  // After a reload, what ran before is asked for again.
  const before = useEndpoint(
    getSqlRun,
    { params: { id: tab.run?.id ?? '' } },
    { enabled: running === undefined && tab.run !== null },
  )
  if (running?.error)
    return (
      <NotRun
        error={running.error}
        text={tab.text}
        sent={running.text}
        offset={running.offset}
        onShow={onShow}
        onCancelOther={onCancelOther}
        onSimulate={onSimulate}
      />
    )
  if (running && !running.run) return <UnderWay {...running} />
  const run: SqlRun | undefined = running?.run ?? before.data
  if (run?.status === 'running') return <LeftUnderWay run={run} onCancel={() => onCancelOther(run.id)} />
  const offset = running?.offset ?? tab.run?.offset ?? 0
  if (run) {
    const stale = staleBy(run, tab)
    return (
      <div className="flex min-w-0 flex-col gap-4">
        {stale && (
          <Notice
            look="warning"
            icon={History}
            title={t(`sql.stale.${stale}`, { target: targetInWords(run.target, t) })}
            live
            act={
              onSimulate &&
              run.mode === 'simulate' && (
                <Button size="small" icon={FlaskConical} onClick={onSimulate}>
                  {t('sql.stale.again')}
                </Button>
              )
            }
          />
        )}
        <RunShown
          key={run.id}
          run={run}
          offset={offset}
          isStale={stale !== undefined}
          onShow={stale ? undefined : onShow}
          onMore={stale ? undefined : () => onMore(run, offset)}
        />
      </div>
    )
  }
  if (tab.run && before.isPending) return <Skeleton width="100%" height={160} />
  return (
    <EmptyState icon={TerminalSquare} title={t('sql.empty')}>
      <p>{t('sql.empty.help')}</p>
      <p className="mt-2">{t.rich('sql.empty.keys', { keys: <Kbd keys="mod+enter" /> })}</p>
      <Button
        className="mt-4"
        onClick={() => onExample(tab.target === 'central' ? example.central : example.tenant)}
      >
        {t('sql.empty.example')}
      </Button>
    </EmptyState>
  )
}

/** Of tables that each such database has. */
const example = {
  central: 'SELECT status, count(*) AS clients\nFROM clients\nGROUP BY status\nORDER BY clients DESC;',
  tenant:
    "SELECT date_trunc('month', starts_at) AS month, count(*) AS appointments\nFROM appointments\nGROUP BY month\nORDER BY month DESC;",
}

/** Begun before one left the page, or reloaded it. */
function LeftUnderWay({ run, onCancel }: { run: SqlRun; onCancel: () => void }) {
  const t = useMessages()
  const [isCancelled, setCancelled] = useState(false)
  // It says so when it is over; who did not hear it asks.
  useEndpoint(getSqlRun, { params: { id: run.id } }, { every: 2_000 })
  return (
    <UnderWay
      mode={run.mode === 'read' ? 'read' : 'simulate'}
      startedAt={Date.parse(run.startedAt)}
      isCancelled={isCancelled}
    >
      <Button
        size="small"
        icon={Square}
        loading={isCancelled}
        onClick={() => {
          setCancelled(true)
          onCancel()
        }}
      >
        {t('sql.cancel')}
      </Button>
    </UnderWay>
  )
}

type UnderWayProps = Pick<Running, 'mode' | 'startedAt' | 'isCancelled'> & { children?: ReactNode }

function UnderWay({ mode, startedAt, isCancelled, children }: UnderWayProps): ReactNode {
  const t = useMessages()
  return (
    <div aria-busy="true" className="rounded-card border border-line bg-surface p-4">
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2">
        <output className="text-13 text-ink-muted">
          {t(isCancelled ? 'sql.cancelling' : `sql.running.${mode}`)} <Elapsed since={startedAt} />
        </output>
        {children}
      </div>
      <div className="flex flex-col gap-3">
        <Skeleton width="70%" />
        <Skeleton width="85%" />
        <Skeleton width="60%" />
      </div>
    </div>
  )
}

type NotRunProps = { error: ApiError; text: string; sent: string; offset: number } & Pick<
  OutcomeProps,
  'onShow' | 'onCancelOther' | 'onSimulate'
>

/** The server would not begin: why, and what to do about it. */
function NotRun({ error, text, sent, offset, onShow, onCancelOther, onSimulate }: NotRunProps) {
  const t = useMessages()
  if (error.status === 0 || error.status >= 500) return <ErrorState error={error} />
  const isCentralSchema = error.code === schemaNotHere.code
  const other = error.code === oneAtATime.code ? idIn(error.details) : undefined
  const writes = error.code === onlyReading.code ? Place.safeParse(error.details).data : undefined
  const title = sentenceOf(error, t)
  const act = other ? (
    <Button size="small" icon={Square} onClick={() => onCancelOther(other)}>
      {t('sql.cancel.other')}
    </Button>
  ) : error.code === onlyReading.code ? (
    <>
      {writes && (
        <Button
          size="small"
          icon={Crosshair}
          onClick={() =>
            onShow([
              { from: writes.from + offset, to: writes.to + offset, severity: 'error', message: title },
            ])
          }
        >
          {t('sql.refused.show')}
        </Button>
      )}
      {onSimulate && (
        <Button size="small" icon={FlaskConical} onClick={onSimulate}>
          {t('sql.instead.simulate')}
        </Button>
      )}
    </>
  ) : isCentralSchema ? (
    <CopyButton text={commandFor(sent)} label={t('sql.copy.command')} />
  ) : undefined
  return (
    <Notice look="warning" icon={other ? CircleSlash : CircleX} title={title} live act={act}>
      {writes && <p className="text-12">{t('sql.place', lineAndColumn(text, writes.from + offset))}</p>}
      {isCentralSchema && <code className="font-mono text-12">{mgp}</code>}
    </Notice>
  )
}

const Place = z.object({ from: z.int(), to: z.int() })

const mgp = 'bin/mgp sql simulate --target central'

/** Its end is a line that the text does not have. */
function commandFor(text: string): string {
  const lines = new Set(text.split('\n'))
  let end = 'SQL'
  while (lines.has(end)) end += '_'
  return `${mgp} <<'${end}'\n${text}\n${end}\n`
}

function idIn(details: unknown): string | undefined {
  return typeof details === 'object' && details !== null && 'id' in details && typeof details.id === 'string'
    ? details.id
    : undefined
}
