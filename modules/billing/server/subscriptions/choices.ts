// What stands beside the plan: options, one-off lines, how it is paid.
import {
  addExtra,
  removeExtra,
  setSubscriptionOptions,
  subscriptionCannot,
  updateSubscription,
} from '#contract/billing'
import { found, handle, refuse, WrongField, type Handler } from '#platform/server/requests.ts'
import { doingOf, held, recorded, settle, today } from './acting.ts'
import { followFirstPrice } from './first-price.ts'
import { houseOf } from './house.ts'
import { takeBackProration } from './taking-back-proration.ts'
import { forgetWaiting, waitingExtra } from './waiting-lines.ts'

export const subscriptionChoices: readonly Handler[] = [
  handle(updateSubscription, async (ctx, { params: { id }, body: { revision, ...change } }) => {
    const row = await held(ctx.db, id, revision)
    await settle(doingOf(ctx), row, change, { kind: 'updated', data: change })
    return recorded(ctx, row, change)
  }),

  handle(setSubscriptionOptions, async (ctx, { params: { id }, body: { revision, options } }) => {
    const row = await held(ctx.db, id, revision)
    const ids = options.map(({ optionId }) => optionId)
    const known =
      ids.length === 0
        ? []
        : await ctx.db.selectFrom('planOptions').where('id', 'in', ids).select(['id', 'name']).execute()
    const strange = options.findIndex(({ optionId }) => !known.some((one) => one.id === optionId))
    if (strange !== -1 || new Set(ids).size !== ids.length)
      throw new WrongField('body', `options.${Math.max(strange, 0)}.optionId`, 'option_unavailable')
    // What is invoiced already keeps its options: others begin with the next period, and a trial may end any day.
    const from = row.status === 'trialing' ? row.startedOn : (row.nextPeriodOn ?? today(ctx))
    const standing = await ctx.db
      .selectFrom('subscriptionOptions')
      .where('subscriptionId', '=', id)
      .where('untilOn', 'is', null)
      .select(['id', 'optionId', 'quantity', 'fromOn'])
      .execute()
    for (const one of standing) {
      const wanted = options.find(({ optionId }) => optionId === one.optionId)
      if (wanted?.quantity === one.quantity) continue
      if (one.fromOn >= from)
        await ctx.db.deleteFrom('subscriptionOptions').where('id', '=', one.id).execute()
      else
        await ctx.db
          .updateTable('subscriptionOptions')
          .set({ untilOn: from })
          .where('id', '=', one.id)
          .execute()
    }
    const added = options.filter(
      (wanted) =>
        !standing.some((one) => one.optionId === wanted.optionId && one.quantity === wanted.quantity),
    )
    if (added.length > 0)
      await ctx.db
        .insertInto('subscriptionOptions')
        .values(added.map((one) => ({ ...one, subscriptionId: id, fromOn: from })))
        .execute()
    const said = options.map(({ optionId, quantity }) => ({
      name: known.find((one) => one.id === optionId)?.name,
      quantity,
    }))
    await settle(doingOf(ctx), row, {}, { kind: 'options_changed', data: { options: said, from } })
    await followFirstPrice(ctx.db, id, (await houseOf(ctx)).vat)
    return recorded(ctx, row, { options })
  }),

  handle(addExtra, async (ctx, { params: { id }, body }) => {
    const row = await held(ctx.db, id)
    if (row.nextPeriodOn === null) throw refuse(subscriptionCannot, { details: { status: row.status } })
    await ctx.db
      .insertInto('subscriptionExtras')
      .values({ ...body, subscriptionId: id, createdBy: ctx.actor.staffId, createdAt: ctx.clock.now() })
      .execute()
    await settle(doingOf(ctx), row, {}, { kind: 'extra_added', data: { description: body.description } })
    return recorded(ctx, row, body)
  }),

  handle(removeExtra, async (ctx, { params: { id, extraId } }) => {
    const row = await held(ctx.db, id)
    const extra = found(await waitingExtra(ctx.db, id, extraId))
    const prorated = extra.proration !== null
    const { removed, creditNoteIds } = prorated
      ? await takeBackProration(doingOf(ctx), row)
      : { removed: [extra], creditNoteIds: [] }
    if (!prorated) await forgetWaiting(ctx.db, [extra.id])
    const description = removed.map((one) => one.description).join('\n')
    await settle(doingOf(ctx), row, {}, { kind: 'extra_removed', data: { description, prorated } })
    return recorded(ctx, row, { extra: description, ...(creditNoteIds.length > 0 && { creditNoteIds }) })
  }),
]
