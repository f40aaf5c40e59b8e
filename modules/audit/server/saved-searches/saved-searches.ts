import {
  deleteAuditSearch,
  listAuditSearches,
  replaceAuditSearch,
  saveAuditSearch,
  searchLimit,
  searchLimitReached,
  searchNameTaken,
} from '#contract/audit'
import { breaks } from '#platform/server/db.ts'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import { changeSearch, insertSearch, ownSearch, removeSearch, searchesOf, takeTurns } from './queries.ts'

/** Somebody else's search is not found: what an auditor looks for is nobody's business. */
export const savedSearches: readonly Handler[] = [
  handle(listAuditSearches, async (ctx) => ({ rows: await searchesOf(ctx.db, ctx.actor.staffId) })),

  handle(saveAuditSearch, async (ctx, { body }) => {
    const { staffId } = ctx.actor
    await takeTurns(ctx.db, staffId)
    const kept = await searchesOf(ctx.db, staffId)
    if (kept.length >= searchLimit) throw refuse(searchLimitReached, { values: { limit: searchLimit } })
    const search = await insertSearch(ctx.db, staffId, body)
    if (!search) throw refuse(searchNameTaken, { values: { name: body.name } })
    ctx.record({ object: 'audit_search', id: search.id, after: body })
    return search
  }),

  handle(replaceAuditSearch, async (ctx, { params: { id }, body }) => {
    const { name, query } = found(await ownSearch(ctx.db, ctx.actor.staffId, id))
    ctx.record({ object: 'audit_search', id, before: { name, query }, after: body })
    try {
      return await changeSearch(ctx.db, id, body)
    } catch (error) {
      if (breaks(error, 'audit_searches_staff_id_name_key'))
        throw refuse(searchNameTaken, { values: { name: body.name } })
      throw error
    }
  }),

  handle(deleteAuditSearch, async (ctx, { params: { id } }) => {
    const { name, query } = found(await ownSearch(ctx.db, ctx.actor.staffId, id))
    await removeSearch(ctx.db, id)
    ctx.record({ object: 'audit_search', id, before: { name, query } })
    return undefined
  }),
]
