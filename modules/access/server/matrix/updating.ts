import { roleFixed, updateRole } from '#contract/access'
import { found, handle, refuse, WrongField } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { checkedLimits, limitsOffTheWire, limitsOnTheWire } from './limits.ts'
import { allRoles, describeRole, nameTaken, raiseRevision, replaceLimits } from './queries.ts'
import { roleShown } from './reading.ts'
import { mustBeBelow, mustBeLimitable, mustBeMine, mustStandAbove, standingOfManager } from './rules.ts'

export const updating = (on: Parts) =>
  handle(updateRole, async (ctx, { params: { id }, body }) => {
    await raiseRevision(ctx.db)
    const role = found((await allRoles(ctx.db)).find((one) => one.id === id))
    const mine = await standingOfManager(ctx.db, ctx.actor)
    mustBeBelow(mine, role)
    if (role.builtIn) throw refuse(roleFixed)
    const { name, level } = body
    if (level !== undefined) mustStandAbove(mine, level)
    if (name !== undefined && (await nameTaken(ctx.db, name, on.reservedNames, id)))
      throw new WrongField('body', 'name', 'role_name_taken')
    await describeRole(ctx.db, id, {
      ...(name !== undefined && { name }),
      ...(level !== undefined && { level }),
      ...(body.description !== undefined && { description: body.description || null }),
    })
    if (body.limits) {
      const limits = await checkedLimits(on, ctx.db, body.limits)
      const gives = { permissions: role.permissions, limits: limitsOffTheWire(limits) }
      mustBeLimitable(on.permissions, gives)
      mustBeMine(mine, [role], [gives])
      await replaceLimits(ctx.db, id, limits)
    }
    const after = await roleShown(ctx.db, id, mine)
    const described = (one: Pick<typeof after, 'name' | 'description' | 'level' | 'limits'>) => ({
      name: one.name,
      description: one.description,
      level: one.level,
      limits: one.limits,
    })
    ctx.record({
      object: 'role',
      id,
      before: described({ ...role, limits: limitsOnTheWire(role.limits) }),
      after: described(after),
    })
    return after
  })
