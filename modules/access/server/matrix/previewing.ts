import { previewMatrix } from '#contract/access'
import { handle } from '#platform/server/requests.ts'
import { differenceOf } from '../reach.ts'
import { effectOf } from './changes.ts'
import { allRoles, peopleHolding } from './queries.ts'

export const previewing = handle(previewMatrix, async (ctx, { query }) => {
  const before = await allRoles(ctx.db)
  const effect = effectOf(before, query.changes, 'query')
  const after = before.map((role) => {
    const changed = effect.find((one) => one.role.id === role.id)
    return changed ? { ...role, permissions: changed.after } : role
  })
  const people = await peopleHolding(
    ctx.db,
    effect.map(({ role }) => role.id),
  )
  return {
    people: people.flatMap(({ id, name, roles }) => {
      const held = (all: typeof before) => all.filter((role) => roles.includes(role.id))
      const difference = differenceOf(held(before), held(after))
      const isSame = Object.values(difference).every((permissions) => permissions.length === 0)
      return isSame ? [] : [{ id, name, ...difference }]
    }),
  }
})
