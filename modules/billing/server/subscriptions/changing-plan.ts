import {
  changePlan,
  planHasNoPrice,
  previewPlanChange,
  withdrawPlanChange,
  type IntervalMonths,
  type PlanChange,
  type SubscriptionLine,
} from '#contract/billing'
import { handle, refuse, WrongField, type Context, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { mainCompany } from '../settings/in-force.ts'
import { planById, priceOn, type Change, type Held } from './act-queries.ts'
import { after, doingOf, held, recorded, settle, today } from './acting.ts'
import { giveBack } from './giving-back.ts'
import { daysIn, leftOn, prorated } from './proration.ts'
import { runningPeriod, type RunningPeriod } from './running-period.ts'
import { languageOfClient } from './words.ts'

type Wanted = {
  planId: string
  intervalMonths: IntervalMonths
  when: 'now' | 'period_end'
  prorated: boolean
}

type Planned = {
  change: PlanChange
  period: RunningPeriod | undefined
  /** What of the running document is the plan's, and what its new price is. */
  newMonthlyCents: number
}

export const changingPlan = (parts: Pick<Parts, 'sentences'>): readonly Handler[] => [
  handle(previewPlanChange, async (ctx, { params: { id }, query }) => {
    const row = await held(ctx.db, id)
    return (await planned(ctx, parts, row, { ...query, prorated: query.prorated === 'yes' })).change
  }),

  handle(changePlan, async (ctx, { params: { id }, body: { revision, ...wanted } }) => {
    const row = await held(ctx.db, id, revision)
    if (wanted.planId === row.planId && wanted.intervalMonths === row.intervalMonths)
      throw new WrongField('body', 'planId', 'plan_unchanged')
    const doing = doingOf(ctx)
    const { change: shown, period, newMonthlyCents } = await planned(ctx, parts, row, wanted)
    const { planId, intervalMonths } = wanted
    const said = { ...shown.to, planId, on: shown.on, prorated: wanted.prorated, exclCents: shown.exclCents }
    if (wanted.when === 'period_end' && row.status !== 'trialing') {
      const change: Change = { nextPlan: { planId, intervalMonths } }
      await settle(doing, row, change, { kind: 'plan_change_planned', data: said })
      return recorded(ctx, row, { nextPlan: change.nextPlan })
    }
    const anew = intervalMonths !== row.intervalMonths && row.status !== 'trialing'
    if (shown.document === 'next_invoice')
      await ctx.db
        .insertInto('subscriptionExtras')
        .values(
          shown.lines.map((line) => ({
            subscriptionId: id,
            description: line.description,
            quantity: line.quantity,
            unitPriceCents: line.unitPriceCents,
            vatBasisPoints: line.vatBasisPoints,
            createdBy: doing.byStaffId,
            createdAt: ctx.clock.now(),
          })),
        )
        .execute()
    if (shown.document === 'credit_note' && period)
      await giveBack(doing, row, {
        period,
        companyId: (await mainCompany(ctx.db)).id,
        lines: [
          {
            description: shown.lines.map((line) => line.description).join('\n'),
            cents: -shown.exclCents,
            vatCategory: period.lines[0]?.vatCategory ?? 'S',
            vatBasisPoints: period.lines[0]?.vatBasisPoints ?? 0,
            vatExemption: period.lines[0]?.vatExemption ?? null,
          },
        ],
      })
    const change: Change = {
      planId,
      intervalMonths,
      nextPlan: null,
      ...(anew ? { anchorOn: shown.on, nextPeriodOn: shown.on } : { monthlyCents: newMonthlyCents }),
    }
    // A trial's first price is the one it begins to pay.
    if (!anew && row.payingFrom !== null && newMonthlyCents !== row.monthlyCents)
      await ctx.db
        .insertInto('subscriptionPriceChanges')
        .values({
          subscriptionId: id,
          changedOn: shown.on,
          oldMonthlyCents: row.monthlyCents,
          newMonthlyCents,
        })
        .execute()
    await settle(doing, row, change, { kind: 'plan_changed', data: said })
    return recorded(ctx, row, { planId, intervalMonths })
  }),

  handle(withdrawPlanChange, async (ctx, { params: { id }, body: { revision } }) => {
    const row = await held(ctx.db, id, revision)
    await settle(doingOf(ctx), row, { nextPlan: null }, { kind: 'plan_change_withdrawn' })
    return recorded(ctx, row, { nextPlan: null })
  }),
]

/** What the change comes to, for who looks and for who does it: the same. */
async function planned(
  ctx: Context,
  parts: Pick<Parts, 'sentences'>,
  row: Held,
  wanted: Wanted,
): Promise<Planned> {
  after(row, 'change_plan')
  const { planId, intervalMonths } = wanted
  const plan = await planById(ctx.db, planId)
  if (!plan || plan.archivedAt !== null) throw new WrongField('body', 'planId', 'plan_unavailable')
  const day = today(ctx)
  const on = wanted.when === 'now' || row.status === 'trialing' ? day : (row.nextPeriodOn ?? day)
  const price = await priceOn(ctx.db, planId, { months: intervalMonths, day: on, startedOn: row.startedOn })
  if (!price) throw refuse(planHasNoPrice)
  const period =
    row.status === 'trialing' || on !== day ? undefined : await runningPeriod(ctx.db, row.id, day)
  const old = period?.lines[0]
  // What takes something off this period takes it off the new plan too.
  const discount = old
    ? old.discountBasisPoints > 0
      ? Math.round((price.priceCents * old.discountBasisPoints) / 10_000)
      : Math.min(old.discountCents, price.priceCents)
    : 0
  const newPlanCents = price.priceCents - discount
  const daysOfPeriod = period ? daysIn(period) : 0
  const daysLeft = period ? leftOn(period, day) : 0
  const anew = intervalMonths !== row.intervalMonths
  const language = await languageOfClient(ctx.db, row.clientId)
  const say = (key: 'given-back' | 'charged', name: string) =>
    parts.sentences.say(language, `billing.subscriptions.line.${key}`, {
      plan: name,
      left: daysLeft,
      of: daysOfPeriod,
    })
  const line = (
    description: string,
    quantity: '1' | '-1',
    cents: number,
    vatBasisPoints: number,
  ): SubscriptionLine => ({
    description,
    quantity,
    unitPriceCents: cents,
    discountBasisPoints: 0,
    discountCents: 0,
    exclCents: quantity === '1' ? cents : 0 - cents,
    vatBasisPoints,
  })
  const lines: SubscriptionLine[] = []
  if (wanted.prorated && period && old && daysLeft > 0) {
    const back = prorated(old.exclCents, daysLeft, daysOfPeriod)
    if (back > 0) lines.push(line(say('given-back', row.planName), '-1', back, old.vatBasisPoints))
    // A new interval begins a period of its own today, whole.
    if (!anew) {
      const charged = prorated(newPlanCents, daysLeft, daysOfPeriod)
      if (charged > 0) lines.push(line(say('charged', plan.name), '1', charged, price.vatBasisPoints))
    }
  }
  const exclCents = lines.reduce((sum, one) => sum + one.exclCents, 0)
  // A whole new period on the same invoice bears what is taken back of the old one, where it is dearer.
  const borne = exclCents + (anew ? newPlanCents : 0) >= 0
  const recurring = period ? period.lines.reduce((sum, one) => sum + one.exclCents, 0) : 0
  const newMonthlyCents =
    old && !anew
      ? Math.round((recurring - old.exclCents + newPlanCents) / intervalMonths)
      : Math.round(price.priceCents / intervalMonths)
  return {
    period,
    newMonthlyCents,
    change: {
      from: {
        plan: row.planName,
        intervalMonths: row.intervalMonths as IntervalMonths, // the column's CHECK holds the same four
        monthlyCents: row.monthlyCents,
      },
      to: { plan: plan.name, intervalMonths, monthlyCents: newMonthlyCents },
      on,
      daysLeft,
      daysOfPeriod,
      lines,
      exclCents,
      document: lines.length === 0 ? 'none' : borne ? 'next_invoice' : 'credit_note',
    },
  }
}
