/**
 * What somebody wants of the matrix and has not saved. A wish says what a cell shall be, not that it be turned round:
 * when others save meanwhile it still means the same, and is fulfilled where they did the same.
 */
import type { Role, RoleChange } from '#contract/access'

/** By role and permission: whether the role shall hold it. */
export type Wishes = ReadonlyMap<string, boolean>

const cellOf = (role: string, permission: string) => `${role} ${permission}`
type Held = Pick<Role, 'id' | 'permissions'>

export const holds = (role: Held, permission: string): boolean => role.permissions.includes(permission)

export const wishFor = (wishes: Wishes, role: Held, permission: string): boolean | undefined => {
  const wish = wishes.get(cellOf(role.id, permission))
  return wish === holds(role, permission) ? undefined : wish
}

/** Whether a role would hold a permission after saving. */
export const wouldHold = (wishes: Wishes, role: Held, permission: string): boolean =>
  wishFor(wishes, role, permission) ?? holds(role, permission)

export function turned(wishes: Wishes, role: Held, permission: string): Wishes {
  return new Map(wishes).set(cellOf(role.id, permission), !wouldHold(wishes, role, permission))
}

/** The wishes that still change something: roles that are gone take theirs with them. */
export function changesOf(wishes: Wishes, roles: readonly Held[]): RoleChange[] {
  return roles.flatMap((role) => {
    const wanted = [...wishes].flatMap(([cell, wish]) => {
      const [of, permission = ''] = cell.split(' ')
      return of === role.id && holds(role, permission) !== wish ? [{ permission, wish }] : []
    })
    const add = wanted.filter(({ wish }) => wish).map(({ permission }) => permission)
    const remove = wanted.filter(({ wish }) => !wish).map(({ permission }) => permission)
    return wanted.length === 0 ? [] : [{ role: role.id, add, remove }]
  })
}

export const countOf = (changes: readonly RoleChange[]): number =>
  changes.reduce((count, { add, remove }) => count + add.length + remove.length, 0)

/** What undoes these changes. */
export const inverseOf = (changes: readonly RoleChange[]): RoleChange[] =>
  changes.map(({ role, add, remove }) => ({ role, add: remove, remove: add }))
