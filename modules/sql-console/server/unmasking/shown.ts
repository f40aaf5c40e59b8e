import type { SqlUnmasking } from '#contract/sql-console'
import type { Parts } from '../parts.ts'
import { keepingOf } from '../runs/keeping.ts'
import type { WindowRow } from './queries.ts'
import { isWithin } from './window.ts'

export const reasonPlace = (id: string) => `sql_unmaskings.reason_sealed:${id}`

export async function unmaskingShown(parts: Parts, row: WindowRow): Promise<SqlUnmasking> {
  const keeping = await keepingOf(parts, row.tenantId)
  const isOpen = isWithin(row, parts.clock.now())
  return {
    id: row.id,
    by: { id: row.staffId, name: row.staffName },
    target: {
      id: row.tenantId ?? 'central',
      name: row.tenantName ?? '',
      kind: row.tenantId === null ? 'central' : 'tenant',
      environment: parts.environment,
    },
    classes: row.classes,
    // Of a practice that was purged nothing opens it any more.
    reason: keeping.open<string>(row.reasonSealed, reasonPlace(row.id)) ?? '',
    ticket: { id: row.ticketId, number: row.ticketNumber },
    minutes: row.minutes,
    openedAt: row.openedAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    endedBy: row.endedBy,
    ender: row.endedByStaff === null ? null : { id: row.endedByStaff, name: row.enderName ?? '' },
    runs: row.runs,
    isOpen,
  }
}
