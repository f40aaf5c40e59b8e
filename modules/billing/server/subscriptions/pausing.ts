import { pauseSubscription, planHasNoPrice, resumeSubscription, returnsTooSoon } from '#contract/billing'
import { sql } from '#platform/server/db.ts'
import { handle, refuse, WrongField, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { mainCompany } from '../settings/in-force.ts'
import { changeSubscription, priceOn, startsTwice, stopsTwice, tellEvent, type Held } from './act-queries.ts'
import { after, doingOf, followedByClient, held, recorded, settle, today, type Doing } from './acting.ts'
import { nextDay } from './cancelling.ts'
import { giveBack, unused } from './giving-back.ts'
import { runningPeriod } from './running-period.ts'
import { shownSubscription } from './showing.ts'
import { unusedWords } from './words.ts'

export const pausing = (parts: Pick<Parts, 'sentences'>): readonly Handler[] => [
  handle(pauseSubscription, async (ctx, { params: { id }, body }) => {
    const row = await held(ctx.db, id, body.revision)
    const status = after(row, 'pause')
    const day = today(ctx)
    if (body.resumesOn !== null && body.resumesOn <= day)
      throw new WrongField('body', 'resumesOn', 'subscription_resumes_past')
    // A day is paid for at least.
    const until = row.payingFrom !== null && day <= row.payingFrom ? nextDay(row.payingFrom) : day
    if (await stopsTwice(ctx.db, row.clientId, until, id)) throw refuse(returnsTooSoon)
    const doing = doingOf(ctx)
    const period = body.credit ? await runningPeriod(ctx.db, id, day) : undefined
    const creditNoteId = period
      ? await giveBack(doing, row, {
          period,
          companyId: (await mainCompany(ctx.db)).id,
          lines: unused(period, day, await unusedWords(ctx.db, parts.sentences, row, period)),
        })
      : null
    const change = {
      status,
      pausedOn: day,
      resumesOn: body.resumesOn,
      payingUntil: until,
      // Days that are paid and not given back come first when it is resumed.
      nextPeriodOn: null,
      nextPlan: null,
    }
    await settle(doing, row, change, {
      kind: 'paused',
      data: {
        why: body.why,
        resumesOn: body.resumesOn,
        credited: body.credit,
        ...(creditNoteId ? { creditNoteId } : {}),
      },
    })
    return recorded(ctx, row, change, body.why)
  }),

  handle(resumeSubscription, async (ctx, { params: { id }, body: { revision } }) => {
    const row = await held(ctx.db, id, revision)
    const resumedAs = await resume(doingOf(ctx), row)
    if (resumedAs === id) return recorded(ctx, row, { status: 'active' })
    ctx.record({
      object: 'subscription',
      id,
      before: { status: row.status },
      after: { status: 'ended', resumedAs },
    })
    return shownSubscription(ctx, resumedAs)
  }),
]

/**
 * Within a month the same subscription goes on, as if it had never stopped paying; later another one takes its place, since who
 * comes back after a month or more is a new client to the figures.
 * @returns the id of the one that lives on
 */
export async function resume(doing: Doing, row: Held): Promise<string> {
  const { db, clock, byStaffId } = doing
  const status = after(row, 'resume')
  const day = today(doing)
  const price = await priceOn(db, row.planId, { months: row.intervalMonths, day, startedOn: row.startedOn })
  if (!price) throw refuse(planHasNoPrice)
  const paidUntil = await paidBeyond(db, row.id, day)
  const begins = {
    anchorOn: paidUntil ?? day,
    nextPeriodOn: paidUntil ?? day,
    pausedOn: null,
    resumesOn: null,
  }
  const within = Temporal.PlainDate.from(row.pausedOn ?? day)
    .add({ months: 1 })
    .toString()
  if (day < within || row.payingFrom === null || (await startsTwice(db, row.clientId, day, row.id))) {
    await settle(doing, row, { ...begins, status, payingUntil: null }, { kind: 'resumed', data: { on: day } })
    return row.id
  }
  await changeSubscription(db, row.id, {
    status: 'ended',
    resumesOn: null,
    pausedOn: row.pausedOn,
    nextPeriodOn: null,
  })
  const { id } = await db
    .insertInto('subscriptions')
    .values({
      clientId: row.clientId,
      planId: row.planId,
      companyId: row.companyId,
      intervalMonths: row.intervalMonths,
      monthlyCents: row.monthlyCents,
      firstMonthlyCents: row.monthlyCents,
      status,
      startedOn: row.startedOn,
      payingFrom: day,
      anchorOn: begins.anchorOn,
      nextPeriodOn: begins.nextPeriodOn,
      priceOfDay: row.priceOfDay,
      paymentMeans: row.paymentMeans,
      holdForReview: row.holdForReview,
      createdAt: clock.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sql`insert into subscription_options (subscription_id, option_id, quantity, from_on)
    select ${id}::uuid, option_id, quantity, ${day}::date from subscription_options
    where subscription_id = ${row.id}::uuid and until_on is null`.execute(db)
  await sql`insert into subscription_coupons (subscription_id, coupon_id, applied_on, periods_left)
    select ${id}::uuid, coupon_id, applied_on, periods_left from subscription_coupons
    where subscription_id = ${row.id}::uuid and coalesce(periods_left, 1) > 0`.execute(db)
  await sql`update subscription_extras set subscription_id = ${id}::uuid
    where subscription_id = ${row.id}::uuid and invoice_id is null`.execute(db)
  const event = { byStaffId, at: clock.now() }
  await tellEvent(db, { ...event, subscriptionId: row.id, kind: 'continued', data: { as: id } })
  await tellEvent(db, { ...event, subscriptionId: id, kind: 'resumed', data: { on: day, after: row.id } })
  await followedByClient(doing, await held(db, id))
  return id
}

/** Where days were paid that were not used and not given back, the end of the period they lie in. */
async function paidBeyond(db: Doing['db'], id: string, day: string): Promise<string | undefined> {
  const period = await runningPeriod(db, id, day)
  if (!period) return undefined
  const { rows } = await sql<{ credited: boolean }>`
    select coalesce((data ->> 'credited')::boolean, false) as credited from subscription_events
    where subscription_id = ${id}::uuid and kind = 'paused' order by at desc, id desc limit 1`.execute(db)
  return rows[0]?.credited ? undefined : period.until
}
