import { changePlan, previewPlanChange, withdrawPlanChange } from '#contract/billing'
import { handle, WrongField, type Handler } from '#platform/server/requests.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Parts } from '../parts.ts'
import { doingOf, held, recorded, settle } from './acting.ts'
import { upToDate } from './catching-up.ts'
import { changedPlan } from './plan-change.ts'

export const changingPlan = (parts: Pick<Parts, 'sentences'>): readonly Handler[] => [
  // Done and undone: who looks is told what who does it is told.
  handle(previewPlanChange, async (ctx, { params: { id }, query }) => {
    const db = await ctx.db.startTransaction().execute()
    try {
      const doing = { ...doingOf(ctx), db: db as CentralDb }
      const { row, house } = await upToDate(doing, id)
      const wanted = { ...query, prorated: query.prorated === 'yes' }
      return await changedPlan(doing, parts, { row, house, wanted })
    } finally {
      await db.rollback().execute()
    }
  }),

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
