import type { RoleChange } from '#contract/access'
import { WrongField } from '#platform/server/requests.ts'
import type { RoleRow } from './queries.ts'

export type Changed = { role: RoleRow; add: string[]; remove: string[]; after: string[] }

/** What the wishes really change, one a role they name: what a role has is not added, what it lacks not removed; adding wins over removing. */
export function effectOf(
  roles: readonly RoleRow[],
  changes: readonly RoleChange[],
  place: 'body' | 'query',
): Changed[] {
  const touched = new Set(changes.map((change) => change.role.toLowerCase()))
  return [...touched].map((id) => {
    const role = roles.find((one) => one.id === id)
    if (!role) throw new WrongField(place, 'changes', 'role_unknown')
    const wishes = changes.filter((change) => change.role.toLowerCase() === id)
    const wanted = new Set(wishes.flatMap((wish) => wish.add))
    const unwanted = new Set(wishes.flatMap((wish) => wish.remove))
    const add = [...wanted].filter((permission) => !role.permissions.includes(permission)).toSorted()
    const remove = role.permissions.filter(
      (permission) => unwanted.has(permission) && !wanted.has(permission),
    )
    const after = [
      ...role.permissions.filter((permission) => !remove.includes(permission)),
      ...add,
    ].toSorted()
    return { role, add, remove, after }
  })
}
