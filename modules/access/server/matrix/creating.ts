import { createRole } from '#contract/access'
import { handle, WrongField } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { checkedLimits, limitsOffTheWire } from './limits.ts'
import { addPermissions, freeKey, insertRole, nameTaken, raiseRevision, replaceLimits } from './queries.ts'
import { roleShown } from './reading.ts'
import { mustBeDeclared, mustBeLimitable, mustBeMine, mustStandAbove, standingOfManager } from './rules.ts'

export const creating = (on: Parts) =>
  handle(createRole, async (ctx, { body }) => {
    await raiseRevision(ctx.db)
    const mine = await standingOfManager(ctx.db, ctx.actor)
    const permissions = [...new Set(body.permissions)].toSorted()
    mustStandAbove(mine, body.level)
    mustBeDeclared(on.permissions, permissions, 'permissions')
    const limits = await checkedLimits(on, ctx.db, body.limits)
    const gives = { permissions, limits: limitsOffTheWire(limits) }
    mustBeLimitable(on.permissions, gives)
    mustBeMine(mine, [], [gives])
    if (await nameTaken(ctx.db, body.name, on.reservedNames))
      throw new WrongField('body', 'name', 'role_name_taken')

    const { name, level } = body
    const description = body.description || null
    const key = await freeKey(ctx.db, name)
    const id = await insertRole(ctx.db, {
      key,
      name,
      description,
      level,
      createdBy: ctx.actor.staffId,
      createdAt: ctx.clock.now(),
    })
    await replaceLimits(ctx.db, id, limits)
    await addPermissions(ctx.db, id, permissions)
    ctx.record({ object: 'role', id, after: { key, name, description, level, limits, permissions } })
    return roleShown(ctx.db, id, mine)
  })
