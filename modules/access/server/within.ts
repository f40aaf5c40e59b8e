import type { RawBuilder } from 'kysely'
import { sql } from '#platform/server/db.ts'
import type { Actor, Limit } from '#platform/server/requests.ts'

const made = Symbol('within')

/**
 * Which clients are read or changed for somebody. Whatever reads clients, or what belongs to them, takes one, and only
 * `limitsOf` makes one: a query that forgot to ask within what does not compile.
 */
export type Within = {
  readonly [made]: true
  /** Any of them suffices; undefined means everywhere. */
  readonly limits: readonly Limit[] | undefined
  /** Whose own clients `own` means. */
  readonly staffId: string
}

/** What says how far somebody reaches. */
export type Reaching = Pick<Actor, 'permissions' | 'limits' | 'staffId'>

/**
 * Within what a person holds a permission; one that is not held reaches nothing, whatever else the endpoint asks for. Modules
 * wrap it, so that only their own limitable permissions can be named.
 */
export function limitsOf({ permissions, limits, staffId }: Reaching, permission: string): Within {
  return { [made]: true, limits: permissions.has(permission) ? limits.get(permission) : [], staffId }
}

export const isLimited = ({ limits }: Within): boolean => limits !== undefined

/** Whether one of the limits is of this kind. */
export const isLimitedTo = ({ limits }: Within, kind: string): boolean =>
  limits?.some((limit) => limit.kind === kind) ?? false

/** What holds for a client (by its alias) that lies inside. */
export function inside({ limits, staffId }: Within, c: RawBuilder<unknown>): RawBuilder<boolean> {
  if (limits === undefined) return sql<boolean>`true`
  // No limit left is no client at all.
  if (limits.length === 0) return sql<boolean>`false`
  return sql<boolean>`(${sql.join(
    limits.map((limit) => holds(limit, staffId, c)),
    sql` or `,
  )})`
}

/** What holds for a client that does not lie inside; of one without a department, or whom nobody manages, `inside` is null. */
export const outside = (within: Within, c: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql<boolean>`(${inside(within, c)}) is not true`

/** `inside` to stand behind other conditions; nothing at all for who is not limited, whose statements stay what they are. */
export function andInside(within: Within, c: RawBuilder<unknown>): RawBuilder<unknown> {
  return isLimited(within) ? sql`and ${inside(within, c)}` : sql``
}

function holds({ kind, values }: Limit, staffId: string, c: RawBuilder<unknown>) {
  switch (kind) {
    case 'department':
      return sql<boolean>`${c}.department = any(${values}::text[])`
    case 'client':
      return sql<boolean>`${c}.id = any(${values}::uuid[])`
    case 'own':
      return sql<boolean>`${c}.account_manager_id = ${staffId}::uuid`
    default:
      // A kind nobody knows here opens nothing.
      return sql<boolean>`false`
  }
}
