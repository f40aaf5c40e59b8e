import { previewErasure, previewRetention, type ErasurePreview } from '#contract/audit'
import type { CentralDb } from '#platform/server/db.ts'
import { handle, type Handler } from '#platform/server/requests.ts'
import { meantBy } from './asking.ts'
import { keptSince } from './limits.ts'
import type { Meant } from './meant.ts'
import { fallsUnder, type Falls } from './queries.ts'

export const previewing: Handler[] = [
  handle(previewErasure, async (ctx, { query }) => {
    const meant = meantBy(query, ctx.clock.now())
    const asked = query.before === undefined ? null : new Date(query.before)
    return preview(ctx.db, { ...meant, before: asked }, meant.before)
  }),

  handle(previewRetention, async (ctx, { query: { payloadMonths } }) => {
    const before = keptSince(ctx.clock.now(), payloadMonths)
    return { before: before.toISOString(), ...(await preview(ctx.db, { kind: 'age', before }, before)) }
  }),
]

/** @param cutoff what falls under it from here on stays */
async function preview(db: CentralDb, meant: Meant, cutoff: Date): Promise<ErasurePreview> {
  const falls = await fallsUnder(db, meant, cutoff)
  const sum = (of: (one: Falls) => number) => falls.reduce((total, one) => total + of(one), 0)
  const goes = falls.filter(({ payloads }) => payloads > 0)
  const instants = (of: (one: Falls) => Date | null) => goes.flatMap((one) => of(one)?.getTime() ?? [])
  return {
    payloads: sum(({ payloads }) => payloads),
    from: earliest(instants(({ from }) => from)),
    to: latest(instants(({ to }) => to)),
    verbs: goes
      .map(({ verb, payloads }) => ({ verb, payloads }))
      .toSorted((a, b) => b.payloads - a.payloads || a.verb.localeCompare(b.verb)),
    onSeveral: sum(({ onSeveral }) => onSeveral),
    stays: {
      recent: sum(({ recent }) => recent),
      ofErasures: sum(({ ofErasures }) => ofErasures),
      without: sum(({ without }) => without),
    },
  }
}

const earliest = (times: number[]) => (times.length === 0 ? null : new Date(Math.min(...times)).toISOString())
const latest = (times: number[]) => (times.length === 0 ? null : new Date(Math.max(...times)).toISOString())
