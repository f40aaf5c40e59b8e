/** How targets, runs and requests are spoken of, and the colours of where they stand. */
import { Building2, Landmark } from 'lucide-react'
import type { Problem, RequestState, RunStatus, SqlTarget } from '#contract/sql-console'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import { type MessageKey, type Translate, useMessages } from '#platform/ui/messages.tsx'

type Environment = SqlTarget['environment']

const environments: Record<Environment, Tone> = {
  production: 'danger',
  staging: 'warning',
  demonstration: 'info',
  development: 'neutral',
  test: 'neutral',
}

export function EnvironmentBadge({ environment }: { environment: Environment }) {
  const t = useMessages()
  return <Badge tone={environments[environment]}>{t(`sql.environment.${environment}`)}</Badge>
}

/** The central database has no name but its words. */
export const targetInWords = ({ kind, name }: Pick<SqlTarget, 'kind' | 'name'>, t: Translate): string =>
  kind === 'central' ? t('sql.target.central') : name

/** The vendor's own database or one practice's: told by a picture and by its name. */
export function TargetName({ target }: { target: Pick<SqlTarget, 'kind' | 'name'> }) {
  const t = useMessages()
  const Icon = target.kind === 'central' ? Landmark : Building2
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-1.5">
      <Icon aria-hidden size={14} className="shrink-0 text-ink-muted" />
      <span className="truncate">{targetInWords(target, t)}</span>
    </span>
  )
}

const runTones: Record<RunStatus, Tone> = {
  running: 'info',
  simulated: 'success',
  refused: 'warning',
  failed: 'danger',
  cancelled: 'neutral',
  lost: 'neutral',
  executed: 'success',
}

/** What was only read was not « simulated », whatever the engine did to be sure of it. */
export function RunBadge({ run: { mode, status } }: { run: { mode: string; status: RunStatus } }) {
  const t = useMessages()
  const key =
    mode === 'read' && status === 'simulated' ? 'sql.status.read' : (`sql.status.${status}` as const)
  return <Badge tone={runTones[status]}>{t(key)}</Badge>
}

const requestTones: Record<RequestState, Tone> = {
  waiting: 'warning',
  approved: 'info',
  refused: 'danger',
  withdrawn: 'neutral',
  lapsed: 'neutral',
  running: 'info',
  executed: 'success',
  failed: 'danger',
  unknown: 'warning',
  undone: 'neutral',
  restored: 'success',
}

export function RequestBadge({ state }: { state: RequestState }) {
  const t = useMessages()
  return <Badge tone={requestTones[state]}>{t(`sql.request.state.${state}`)}</Badge>
}

/** « 41 ms », « 2,3 s ». */
export function tookInWords(ms: number | null, t: Translate, formats: Formats): string {
  if (ms === null) return MISSING
  if (ms < 1_000) return t('sql.took.ms', { ms: formats.integer(Math.max(1, Math.round(ms))) })
  return t('sql.took.s', { s: formats.decimal(ms / 1_000) })
}

/** What is wrong, and what may be done instead. */
export function problemInWords(problem: Problem, t: Translate): { why: string; instead: string | undefined } {
  const { reason, name, message } = problem
  if (reason === 'syntax') return { why: syntaxInWords(message, t), instead: undefined }
  const why = worded(`sql.reason.${reason}`, t, { name })
  return {
    why: why ?? t('sql.reason.other', { name: name || reason }),
    instead: worded(`sql.instead.${reason}`, t, { name }),
  }
}

/** PostgreSQL's parser has few sentences; any other is told as it is. */
export function syntaxInWords(message: string, t: Translate): string {
  const [, near] = /^syntax error at or near "([\s\S]+)"$/.exec(message) ?? []
  if (near !== undefined) return t('sql.reason.syntax.near', { near })
  if (message === 'syntax error at end of input') return t('sql.reason.syntax.end')
  const [, open] =
    /^unterminated (quoted string|quoted identifier|dollar-quoted string|\/\* comment)/.exec(message) ?? []
  if (open) return t('sql.reason.syntax.open')
  return t('sql.reason.syntax', { message })
}

/** What is said under a key that may not be there: reasons and codes are the server's, and may grow. */
export function worded(wanted: string, t: Translate, values?: Record<string, string>): string | undefined {
  const key = wanted as MessageKey // asked for on the next line
  const known = t(key, values)
  return known === key ? undefined : known
}
