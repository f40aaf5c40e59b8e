import type { Effects } from '#contract/sql-console'
import type { Formats } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { type Told, toldOf } from './verdict.ts'

/** More than these are counted, not named. */
const mostNamed = 4

/** « 3 lignes modifiées dans clients, 1 ligne supprimée dans notes »; empty where nothing changes. */
export function verdictInWords(effects: Effects, t: Translate, formats: Formats): string {
  const told = toldOf(effects)
  const named = told.slice(0, told.length > mostNamed + 1 ? mostNamed : told.length)
  const parts = named.map((one) => inWords(one, t, formats))
  const left = new Set(told.slice(named.length).map(({ table }) => table)).size
  if (left > 0) parts.push(t('sql.verdict.more', { count: left }))
  return formats.list(parts)
}

function inWords(told: Told, t: Translate, formats: Formats): string {
  const { what, count } = told
  const table = what === 'lost' ? `${told.table}.${told.column}` : told.table
  const values = { table, count: count ?? 0, shown: formats.integer(count ?? 0) }
  if (what === 'dropped' || what === 'truncated' || what === 'rewritten' || what === 'lost')
    return t(count === null ? `sql.verdict.${what}` : `sql.verdict.${what}.rows`, values)
  return t(`sql.verdict.${what}`, values)
}
