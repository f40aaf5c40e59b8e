import { addOrigin, listOrigins, originNameTaken, updateOrigin } from '#contract/patients'
import { uuidv7 } from '#platform/server/ids.ts'
import { found, handleInTenant, refuse, type TenantHandler } from '#platform/server/requests.ts'
import { addOriginNamed, changeOrigin, originById, originNamed, originsByName } from './around-queries.ts'

/** How patients came: words of the practice's own, and none of a patient's. */
export const origins: readonly TenantHandler[] = [
  handleInTenant(listOrigins, async ({ db }) => ({ rows: await originsByName(db) })),

  handleInTenant(
    addOrigin,
    ({ clock }) => ({ id: uuidv7(clock.now().getTime()) }),
    async (ctx, { body: { name } }, { id }) => {
      const origin = await addOriginNamed(ctx.db, id, name)
      ctx.record({ after: { originId: origin.id } })
      return origin
    },
  ),

  handleInTenant(updateOrigin, async (ctx, { params: { id }, body: { name, archived } }) => {
    found(await originById(ctx.db, id))
    if (name !== undefined) {
      const bearer = await originNamed(ctx.db, name)
      if (bearer !== undefined && bearer !== id) throw refuse(originNameTaken)
    }
    const archivedAt = archived === undefined ? {} : { archivedAt: archived ? ctx.clock.now() : null }
    const changes = { ...(name !== undefined && { name }), ...archivedAt }
    if (Object.keys(changes).length > 0) await changeOrigin(ctx.db, id, changes)
    ctx.record({ after: { changed: Object.keys(changes).toSorted() } })
    return found(await originById(ctx.db, id))
  }),
]
