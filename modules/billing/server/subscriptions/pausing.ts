import {
  pauseSubscription,
  planHasNoPrice,
  previewPause,
  resumeSubscription,
  returnsTooSoon,
  subscriptionCannot,
} from '#contract/billing'
import { sql } from '#platform/server/db.ts'
import { handle, refuse, WrongField, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { changeSubscription, priceOn, startsTwice, stopsTwice, tellEvent, type Held } from './act-queries.ts'
import { after, doingOf, followedByClient, held, recorded, settle, today, type Doing } from './acting.ts'
import { billed, upToDate } from './catching-up.ts'
import { beginsLater, stopsOn } from './paying-days.ts'
import { cutPeriod, runningPeriod } from './running-period.ts'
import type { House } from './house.ts'
import { settleUp } from './settling-up.ts'
import { shownSubscription } from './showing.ts'
import { effectOf } from './stop-effect.ts'
import { takenBack } from './taking-back.ts'
import { tried } from './tried.ts'

type Wanted = { resumesOn: string | null; credit: boolean; why: string }

export const pausing = (parts: Pick<Parts, 'sentences'>): readonly Handler[] => [
  handle(pauseSubscription, async (ctx, { params: { id }, body }) => {
    const doing = doingOf(ctx)
    const { row, house } = await upToDate(doing, id, body.revision)
    const change = await paused(doing, parts, { row, house, wanted: body })
    return recorded(ctx, row, change, body.why)
  }),

  handle(previewPause, (ctx, { params: { id }, query: { credit } }) =>
    tried(ctx, async (doing) => {
      const { row, house } = await upToDate(doing, id)
      const wanted = { resumesOn: null, credit: credit === 'yes', why: '' }
      return effectOf(doing.db, id, async () => {
        await paused(doing, parts, { row, house, wanted })
        return today(doing)
      })
    }),
  ),

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

async function paused(
  doing: Doing,
  parts: Pick<Parts, 'sentences'>,
  { row, house, wanted: { resumesOn, credit, why } }: { row: Held; house: House; wanted: Wanted },
) {
  const status = after(row, 'pause')
  const day = today(doing)
  // What has not begun is cancelled, or waits for its day; who begins and pauses on one day has begun.
  if (row.payingFrom !== null && row.payingFrom > day)
    throw refuse(subscriptionCannot, { details: { status: row.status } })
  if (beginsLater(row, day)) await billed(doing, row.id, house)
  if (resumesOn !== null && resumesOn <= day)
    throw new WrongField('body', 'resumesOn', 'subscription_resumes_past')
  const until = stopsOn(row, day)
  if (await stopsTwice(doing.db, row.clientId, until, row.id)) throw refuse(returnsTooSoon)
  // Days that are paid and not given back come first when it is resumed, and lines that wait go on waiting.
  const taken = credit ? await takenBack(doing, parts, row, house) : undefined
  const settled = taken ? await settleUp(doing, row, { house, ...taken }) : {}
  const change = { status, pausedOn: day, resumesOn, payingUntil: until, nextPeriodOn: null, nextPlan: null }
  // What a period was that is gone: should its credit note be discarded, it comes back.
  const deleted = taken?.deleted ? { deleted: taken.deleted } : {}
  const data = { why, resumesOn, credited: credit, ...settled, ...deleted }
  await settle(doing, row, change, { kind: 'paused', data })
  return change
}

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
  const paid = await runningPeriod(db, row.id, day)
  const begins = {
    // Days that were paid, not used and not given back come first.
    anchorOn: paid ? row.anchorOn : day,
    nextPeriodOn: paid?.until ?? day,
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
  // Moved and not copied: it is one use of each.
  await sql`update subscription_coupons set subscription_id = ${id}::uuid
    where subscription_id = ${row.id}::uuid and coalesce(periods_left, 1) > 0`.execute(db)
  await sql`update subscription_extras set subscription_id = ${id}::uuid
    where subscription_id = ${row.id}::uuid and invoice_id is null`.execute(db)
  // Days that were paid go over to it.
  if (paid) {
    await sql`insert into subscription_periods (subscription_id, starts_on, ends_on, plan_id, invoice_id, why, lines, used_coupon)
      select ${id}::uuid, starts_on, ends_on, plan_id, invoice_id, why, lines, used_coupon from subscription_periods
      where subscription_id = ${row.id}::uuid and starts_on = ${paid.from}::date`.execute(db)
    await cutPeriod(db, row.id, paid, day)
  }
  const event = { byStaffId, at: clock.now() }
  await tellEvent(db, { ...event, subscriptionId: row.id, kind: 'continued', data: { as: id } })
  await tellEvent(db, { ...event, subscriptionId: id, kind: 'resumed', data: { on: day, after: row.id } })
  await followedByClient(doing, await held(db, id))
  return id
}
