import { getRates, recordRate, type InterestRate } from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { handle, WrongField, type Handler } from '#platform/server/requests.ts'
import { halfYearOf } from './half-year.ts'
import { ratesOn } from './in-force-queries.ts'
import { insertRate, rateRows } from './queries.ts'

export const rates: readonly Handler[] = [
  handle(getRates, async ({ db, clock }) => {
    const today = dayOf(clock.now())
    const from = halfYearOf(today)
    const [rows, then] = await Promise.all([rateRows(db), ratesOn(db, from)])
    const legal = then.get('legal') ?? null
    return {
      today,
      rows: rows.map((row) => ({
        ...row,
        kind: row.kind as InterestRate['kind'], // the column's CHECK holds the same two
        recordedAt: row.recordedAt.toISOString(),
      })),
      halfYear: { from, ecbRefi: then.get('ecb_refi') ?? null, legal, stale: legal?.fromOn !== from },
    }
  }),

  handle(recordRate, async (ctx, { body }) => {
    // The legal rate is one of a half-year, by arrêté (CMF art. D313-1-A).
    if (body.kind === 'legal' && halfYearOf(body.fromOn) !== body.fromOn)
      throw new WrongField('body', 'fromOn', 'rate_half_year')
    const isNew = await insertRate(ctx.db, {
      ...body,
      recordedBy: ctx.actor.staffId,
      recordedAt: ctx.clock.now(),
    })
    if (!isNew) throw new WrongField('body', 'fromOn', 'rate_known')
    ctx.record({ object: 'interest_rate', id: `${body.kind} ${body.fromOn}`, after: body })
    return body
  }),
]
