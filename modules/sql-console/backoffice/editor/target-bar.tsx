import { Building2, CircleAlert, Landmark } from 'lucide-react'
import type { ReactNode } from 'react'
import type { SqlTarget, TargetId } from '#contract/sql-console'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { TargetChoice } from './target-choice.tsx'

type Environment = SqlTarget['environment']

/** Production is a full red band, and nothing else in this app is. */
const bands: Record<Environment, string> = {
  production: 'bg-danger text-on-danger',
  staging: 'bg-warning-soft text-warning-ink',
  demonstration: 'bg-info-soft text-info-ink',
  development: 'bg-neutral-soft text-neutral-ink',
  test: 'bg-neutral-soft text-neutral-ink',
}
export const frames: Record<Environment, string> = {
  production: 'border-danger',
  staging: 'border-warning',
  demonstration: 'border-info',
  development: 'border-line-strong',
  test: 'border-line-strong',
}

type TargetBarProps = {
  value: TargetId
  target: SqlTarget | undefined
  onChange: (target: TargetId) => void
  onMany: () => void
  children: ReactNode
}

/** Where one is about to work: in sight whatever is scrolled. */
export function TargetBar({ value, target, onChange, onMany, children }: TargetBarProps) {
  const t = useMessages()
  const Picture = value === 'central' ? Landmark : Building2
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface p-2">
      <div className="w-64 min-w-0 max-sm:w-full">
        <TargetChoice value={value} current={target} onChange={onChange} onMany={onMany} />
      </div>
      {target && target.state !== 'ready' && (
        <span className="inline-flex items-center gap-1.5 text-13 text-warning-ink">
          <CircleAlert aria-hidden size={14} className="shrink-0" />
          {t(`sql.target.state.${target.state}`)}
        </span>
      )}
      {target && (
        <span className="flex min-w-0 items-center gap-2 text-12 text-ink-muted max-lg:hidden">
          <Picture aria-hidden size={14} className="shrink-0" />
          <code className="truncate">{target.database}</code>
          {target.schemaVersion !== null && (
            <span className="whitespace-nowrap">
              {t('sql.target.schema', { version: target.schemaVersion })}
            </span>
          )}
        </span>
      )}
      <div className="ml-auto flex flex-wrap items-center gap-2 max-sm:w-full">{children}</div>
    </div>
  )
}

/** While nobody knows what it is, or where it cannot be reached: nothing else stands there that could be taken for it. */
export function UnknownBand({ error, onRetry }: { error: ApiError | null; onRetry: () => void }) {
  const t = useMessages()
  if (!error)
    return <div aria-hidden className="h-7 rounded-t-card border border-b-0 border-line bg-sunken" />
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-t-card border border-b-0 border-warning bg-warning-soft px-3 py-1 text-13 text-warning-ink"
    >
      <span className="font-medium">{t('sql.target.unreachable')}</span>
      <span className="min-w-0">{sentenceOf(error, t)}</span>
      <Button size="small" className="ml-auto" onClick={onRetry}>
        {t('ui.retry')}
      </Button>
    </div>
  )
}

/** The band over everything: which world it is, and whose database in it. */
export function EnvironmentBand({ target }: { target: SqlTarget }) {
  const t = useMessages()
  return (
    <Band environment={target.environment}>
      {target.kind === 'central' ? t('sql.target.central') : t('sql.target.tenant', { name: target.name })}
    </Band>
  )
}

export function Band({ environment, children }: { environment: Environment; children: ReactNode }) {
  const t = useMessages()
  return (
    <p
      className={cx(
        'sticky top-12 z-5 flex min-h-7 flex-wrap items-center gap-x-2 rounded-t-card border px-3 py-1 text-12 font-semibold',
        frames[environment],
        bands[environment],
      )}
    >
      <span className="tracking-wide uppercase">{t(`sql.environment.${environment}`)}</span>
      <span aria-hidden>·</span>
      <span className="min-w-0 truncate font-medium">{children}</span>
      {environment === 'production' && (
        <span className="ml-auto font-medium max-sm:hidden">{t('sql.environment.production.help')}</span>
      )}
    </p>
  )
}
