import { changePlan, previewPlanChange, withdrawPlanChange } from '#contract/billing'
import { handle, WrongField, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { doingOf, held, recorded, settle } from './acting.ts'
import { upToDate } from './catching-up.ts'
import { changedPlan } from './plan-change.ts'
import { tried } from './tried.ts'

export const changingPlan = (parts: Pick<Parts, 'sentences'>): readonly Handler[] => [
  handle(previewPlanChange, (ctx, { params: { id }, query }) =>
    tried(ctx, async (doing) => {
      const { row, house } = await upToDate(doing, id)
      const wanted = { ...query, prorated: query.prorated === 'yes' }
      return changedPlan(doing, parts, { row, house, wanted })
    }),
  ),

  handle(changePlan, async (ctx, { params: { id }, body: { revision, ...wanted } }) => {
    const doing = doingOf(ctx)
    const { row, house } = await upToDate(doing, id, revision)
    const { planId, intervalMonths } = wanted
    if (planId === row.planId && intervalMonths === row.intervalMonths)
      throw new WrongField('body', 'planId', 'plan_unchanged')
    await changedPlan(doing, parts, { row, house, wanted })
    const waits = wanted.when === 'period_end' && row.status !== 'trialing'
    return recorded(ctx, row, waits ? { nextPlan: { planId, intervalMonths } } : { planId, intervalMonths })
  }),

  handle(withdrawPlanChange, async (ctx, { params: { id }, body: { revision } }) => {
    const row = await held(ctx.db, id, revision)
    await settle(doingOf(ctx), row, { nextPlan: null }, { kind: 'plan_change_withdrawn' })
    return recorded(ctx, row, { nextPlan: null })
  }),
]
