import { matrixChanged, saveMatrix } from '#contract/access'
import { handle, refuse } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { effectOf } from './changes.ts'
import { addPermissions, allRoles, matrixRevision, raiseRevision, removePermissions } from './queries.ts'
import { mustBeBelow, mustBeDeclared, mustBeLimitable, mustBeMine, standingOfManager } from './rules.ts'

export const saving = ({ permissions }: Parts) =>
  handle(saveMatrix, async (ctx, { body }) => {
    const revision = await raiseRevision(ctx.db, body.revision)
    if (revision === null)
      throw refuse(matrixChanged, { details: { revision: await matrixRevision(ctx.db) } })
    const mine = await standingOfManager(ctx.db, ctx.actor)
    const effect = effectOf(await allRoles(ctx.db), body.changes, 'body')
    for (const { role } of effect) mustBeBelow(mine, role)
    for (const { role, add, after } of effect) {
      const { limits } = role
      mustBeDeclared(permissions, add, 'changes')
      mustBeLimitable(permissions, { permissions: add, limits })
      mustBeMine(mine, [role], [{ permissions: after, limits }])
    }
    for (const { role, add, remove } of effect) {
      await addPermissions(ctx.db, role.id, add)
      await removePermissions(ctx.db, role.id, remove)
    }
    const line = (side: (one: (typeof effect)[number]) => string[]) =>
      Object.fromEntries(
        effect
          .filter(({ add, remove }) => add.length + remove.length > 0)
          .map((one) => [one.role.key, side(one)]),
      )
    ctx.record({
      object: 'role_matrix',
      before: line(({ role }) => role.permissions),
      after: line(({ after }) => after),
    })
    return { revision }
  })
