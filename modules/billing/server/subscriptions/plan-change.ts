// Another plan or interval: with the next period, at once by days, or at once with its price from the next period on.
import {
  planHasNoPrice,
  type IntervalMonths,
  type PlanChange,
  type SubscriptionLine,
} from '#contract/billing'
import { refuse, WrongField } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { planById, priceOn, type Held } from './act-queries.ts'
import { after, settle, today, type Doing } from './acting.ts'
import { followFirstPrice, nextMonthly } from './first-price.ts'
import { beginsLater } from './paying-days.ts'
import { begunAnew, exchanged, type Reckoned } from './plan-by-days.ts'
import { daysIn, leftOn } from './proration.ts'
import { monthsOf, namedAfter, reprice, runningPeriod } from './running-period.ts'
import type { House } from './house.ts'

export type Wanted = {
  planId: string
  intervalMonths: IntervalMonths
  when: 'now' | 'period_end'
  prorated: boolean
}

/** Makes the change. The subscription is up to date. @throws Refused, WrongField: then nothing of it may stay */
export async function changedPlan(
  doing: Doing,
  parts: Pick<Parts, 'sentences'>,
  { row, house, wanted }: { row: Held; house: House; wanted: Wanted },
): Promise<PlanChange> {
  const { db } = doing
  after(row, 'change_plan')
  const { planId, intervalMonths } = wanted
  const plan = await planById(db, planId)
  if (!plan || plan.archivedAt !== null) throw new WrongField('body', 'planId', 'plan_unavailable')
  const day = today(doing)
  const waits = wanted.when === 'period_end' && row.status !== 'trialing'
  const on = waits ? (row.nextPeriodOn ?? day) : day
  const price = await priceOn(db, planId, { months: intervalMonths, day: on, startedOn: row.startedOn })
  if (!price) throw refuse(planHasNoPrice)
  const bare = Math.round(price.priceCents / intervalMonths)
  const period = waits || row.status === 'trialing' ? undefined : await runningPeriod(db, row.id, day)
  const told = (kind: 'plan_changed' | 'plan_change_planned', exclCents: number, monthlyCents: number) => ({
    kind,
    data: {
      from: row.planName,
      fromMonths: row.intervalMonths,
      plan: plan.name,
      planId,
      intervalMonths,
      monthlyCents,
      on,
      prorated: wanted.prorated,
      exclCents,
    },
  })

  let reckoned: Reckoned = { lines: [], document: 'none', monthlyCents: bare }
  if (waits) {
    const nextPlan = { planId, intervalMonths }
    await settle(doing, row, { nextPlan }, told('plan_change_planned', 0, bare))
  } else if (period && wanted.prorated) {
    const byDays = intervalMonths === monthsOf(period) ? exchanged : begunAnew
    const described = plan.description === '' ? plan.name : plan.description
    reckoned = await byDays(doing, parts, {
      row,
      house,
      period,
      to: { planId, intervalMonths, name: plan.name, described, ...price },
      told: (exclCents, monthlyCents) => told('plan_changed', exclCents, monthlyCents),
    })
  } else {
    // Whose days are paid already goes on with what was paid.
    if (period) await reprice(db, row.id, { from: period.from, lines: namedAfter(period.lines, row) })
    await settle(
      doing,
      row,
      {
        planId,
        intervalMonths,
        nextPlan: null,
        // A trial's anchor is its end, whatever the interval.
        ...(intervalMonths === row.intervalMonths || row.status === 'trialing'
          ? {}
          : { anchorOn: row.nextPeriodOn }),
        // Its first price is the one it begins to pay.
        ...(row.payingFrom === null || beginsLater(row, day)
          ? { monthlyCents: bare, firstMonthlyCents: bare }
          : {}),
      },
      told('plan_changed', 0, bare),
    )
    await followFirstPrice(db, row.id, house.vat)
  }
  if (reckoned.document === 'none')
    reckoned.monthlyCents = (await nextMonthly(db, row.id, house.vat)) ?? reckoned.monthlyCents
  const { lines, document, monthlyCents } = reckoned
  return {
    from: {
      plan: row.planName,
      intervalMonths: row.intervalMonths as IntervalMonths, // the column's CHECK holds the same four
      monthlyCents: row.monthlyCents,
    },
    to: { plan: plan.name, intervalMonths, monthlyCents },
    on,
    daysLeft: period ? leftOn(period, day) : 0,
    daysOfPeriod: period ? daysIn(period) : 0,
    lines,
    exclCents: sum(lines),
    document,
  }
}

const sum = (lines: readonly SubscriptionLine[]) => lines.reduce((total, one) => total + one.exclCents, 0)
