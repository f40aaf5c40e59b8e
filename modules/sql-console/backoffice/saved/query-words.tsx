/** How kept queries are spoken of. */
import { Building2, Landmark } from 'lucide-react'
import type { QueryState, QueryTarget, SqlQueryLine } from '#contract/sql-console'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'

const tones: Record<QueryState, Tone> = {
  reads: 'neutral',
  writes: 'warning',
  changes_schema: 'warning',
  draft: 'info',
}

export function QueryBadge({ state }: { state: QueryState }) {
  const t = useMessages()
  return <Badge tone={tones[state]}>{t(`sql.saved.state.${state}`)}</Badge>
}

export function QueryTargetName({ target }: { target: QueryTarget }) {
  const t = useMessages()
  const Icon = target === 'central' ? Landmark : Building2
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-1.5">
      <Icon aria-hidden size={14} className="shrink-0 text-ink-muted" />
      <span className="truncate">{t(`sql.saved.target.${target}`)}</span>
    </span>
  )
}

/** « Vous seul », « Partagée », « Partagée par Ana Ruiz ». */
export function reachInWords(
  { reach, owner }: Pick<SqlQueryLine, 'reach' | 'owner'>,
  me: string,
  t: Translate,
): string {
  if (reach === 'personal') return t('sql.saved.reach.personal')
  return owner.id === me
    ? t('sql.saved.reach.everyone')
    : t('sql.saved.reach.everyone.by', { name: owner.name })
}
