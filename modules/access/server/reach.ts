import type { Limit } from '#platform/server/requests.ts'

/** What a role gives: its permissions, within its limits (none means everywhere). */
export type Gives = { readonly permissions: readonly string[]; readonly limits: readonly Limit[] }

const everywhere = 'everywhere'

/** How far each permission carries: everywhere, or within any of some limits, each written `department:57`. */
export type Reach = ReadonlyMap<string, typeof everywhere | ReadonlySet<string>>

/** What several roles give together: the wider wins, and limits add up. */
export function reachOf(roles: readonly Gives[]): Reach {
  const reach = new Map<string, typeof everywhere | ReadonlySet<string>>()
  for (const { permissions, limits } of roles) {
    const within = limits.flatMap(({ kind, values }) => values.map((value) => `${kind}:${value}`))
    for (const permission of permissions) {
      const known = reach.get(permission)
      if (limits.length === 0 || known === everywhere) reach.set(permission, everywhere)
      else reach.set(permission, new Set([...(known ?? []), ...within]))
    }
  }
  return reach
}

export const isLimitedIn = (reach: Reach, permission: string): boolean =>
  reach.has(permission) && reach.get(permission) !== everywhere

/** The permissions of `wanted` that reach beyond all of `held` together, sorted. */
export function beyond(wanted: Reach, ...held: readonly Reach[]): string[] {
  return [...wanted]
    .filter(([permission, within]) => {
      const known = held.flatMap((reach) => reach.get(permission) ?? [])
      if (known.includes(everywhere)) return false
      if (known.length === 0 || within === everywhere) return true
      return [...within].some((limit) => !known.some((one) => one !== everywhere && one.has(limit)))
    })
    .map(([permission]) => permission)
    .toSorted()
}

/**
 * Permissions held anew or more widely, held no more, and those that stay but no longer reach as far: they are not lost,
 * and not gained either where their limits only moved. What another role gives too is none of these.
 */
export function differenceOf(before: readonly Gives[], after: readonly Gives[]) {
  const [was, is] = [reachOf(before), reachOf(after)]
  const narrowed = beyond(was, is)
  const limited = narrowed.filter((permission) => is.has(permission))
  return {
    gains: beyond(is, was).filter((permission) => !limited.includes(permission)),
    losses: narrowed.filter((permission) => !is.has(permission)),
    limited,
  }
}

/** The top stands above its equals, so that there may be two of them; everybody else only above lower levels. */
export const standsAbove = (own: number, level: number): boolean => own > level || own === topLevel
export const topLevel = 100
export const topRole = 'super_administrator'
