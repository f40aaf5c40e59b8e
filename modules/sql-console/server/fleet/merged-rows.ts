/** Rows of many practices in one table: its columns are those of all, by name, and a page opens no more reports than it shows. */
import type { OutputOf } from '#platform/contract/endpoint.ts'
import type { listSqlFleetRows } from '#contract/sql-console'
import { z } from 'zod'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import type { Parts } from '../parts.ts'
import { keepingOf } from '../runs/keeping.ts'
import { fleetReportPlace, lastGiving, type KeptPractice } from './one-practice.ts'
import { practicesOf, sealedReports, type Db } from './queries.ts'
import type { Signature } from './signatures.ts'

/** Of which practice, and from which of its rows on. */
const Place = z.tuple([z.int().min(0), z.int().min(0)])

type Page = OutputOf<typeof listSqlFleetRows>

export async function mergedRows(
  parts: Parts,
  db: Db,
  fleetId: string,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<Page> {
  const [place, first] = readCursor(z.object({ from: Place }), after)?.from ?? [0, 0]
  const giving = (await practicesOf(db, fleetId)).filter(({ state, kept }) => state === 'done' && kept > 0)
  const shown: { tenantId: string; name: string; place: number; from: number; to: number }[] = []
  let free = limit
  let next: string | null = null
  for (const one of giving.filter((each) => each.place >= place)) {
    const from = one.place === place ? first : 0
    if (free === 0) {
      next = cursorOf({ from: [one.place, from] })
      break
    }
    const to = Math.min(one.kept, from + free)
    shown.push({ ...one, from, to })
    free -= to - from
    if (to < one.kept) {
      next = cursorOf({ from: [one.place, to] })
      break
    }
  }
  const sealed = await sealedReports(
    db,
    fleetId,
    shown.map(({ tenantId }) => tenantId),
  )
  const keys = [...new Set(giving.flatMap(({ signature }) => keysOf(lastColumns(signature))))]
  const columns: Page['columns'] = keys.map((key) => {
    const owner = giving.find(({ signature }) => keysOf(lastColumns(signature)).includes(key))
    const own = lastColumns(owner?.signature ?? null)
    const [name = '', type = ''] = own[keysOf(own).indexOf(key)] ?? []
    return { name, type, masked: null }
  })
  const rows: Page['rows'] = []
  for (const { tenantId, name, from, to } of shown) {
    const keeping = await keepingOf(parts, tenantId)
    const kept = keeping.open<KeptPractice>(sealed.get(tenantId) ?? null, fleetReportPlace(fleetId, tenantId))
    const given = kept && lastGiving(kept.report)
    if (!given) continue
    const own = keysOf(given.columns.map(({ name: called }) => [called]))
    const places = keys.map((key) => own.indexOf(key))
    for (const [at, from_] of places.entries()) {
      const column = columns[at]
      if (column) column.masked ??= given.columns[from_]?.masked ?? null
    }
    for (const row of given.rows.slice(from, to))
      rows.push({ tenantId, practice: name, values: places.map((from_) => row[from_] ?? null) })
  }
  return { columns, rows, total: giving.reduce((sum, { kept }) => sum + kept, 0), totalIsExact: true, next }
}

function lastColumns(signature: Signature | null): Signature['columns'][string] {
  const [last] = Object.entries(signature?.columns ?? {}).toSorted(([a], [b]) => Number(b) - Number(a))
  return last?.[1] ?? []
}

/** Two that are called the same are two. */
function keysOf(columns: readonly (readonly [name: string, ...rest: unknown[]])[]): string[] {
  const counts = new Map<string, number>()
  return columns.map(([name]) => {
    const count = counts.get(name) ?? 0
    counts.set(name, count + 1)
    return `${name} ${count}`
  })
}
