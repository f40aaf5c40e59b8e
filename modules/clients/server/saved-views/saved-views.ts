import {
  deleteView,
  listSavedViews,
  replaceView,
  saveView,
  viewLimit,
  viewLimitReached,
  viewNameTaken,
} from '#contract/clients'
import { breaks } from '#platform/server/db.ts'
import { found, handle, refuse } from '#platform/server/requests.ts'
import { changeView, insertView, ownView, removeView, takeTurns, viewsOf } from './queries.ts'

/** Somebody else's view is not found: it is nobody's business that it exists. */
export const savedViews = [
  handle(listSavedViews, async (ctx, { query: { page } }) => ({
    rows: await viewsOf(ctx.db, ctx.actor.staffId, page),
  })),

  handle(saveView, async (ctx, { body }) => {
    const { staffId } = ctx.actor
    await takeTurns(ctx.db, staffId)
    const kept = await viewsOf(ctx.db, staffId, body.page)
    if (kept.length >= viewLimit) throw refuse(viewLimitReached, { values: { limit: viewLimit } })
    const view = await insertView(ctx.db, staffId, body)
    if (!view) throw refuse(viewNameTaken, { values: { name: body.name } })
    ctx.record({ object: 'saved_view', id: view.id, after: body })
    return view
  }),

  handle(replaceView, async (ctx, { params: { id }, body }) => {
    const { name, query } = found(await ownView(ctx.db, ctx.actor.staffId, id))
    ctx.record({ object: 'saved_view', id, before: { name, query }, after: body })
    try {
      return await changeView(ctx.db, id, body)
    } catch (error) {
      if (breaks(error, 'saved_views_staff_id_page_name_key'))
        throw refuse(viewNameTaken, { values: { name: body.name } })
      throw error
    }
  }),

  handle(deleteView, async (ctx, { params: { id } }) => {
    const { page, name, query } = found(await ownView(ctx.db, ctx.actor.staffId, id))
    await removeView(ctx.db, id)
    ctx.record({ object: 'saved_view', id, before: { page, name, query } })
    return undefined
  }),
]
