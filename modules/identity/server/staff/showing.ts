import type { StaffMember } from '#contract/identity'
import { rolesOfMany, standsAbove, type HeldRole } from '#server/access'
import { found, type Actor, type Context } from '#platform/server/requests.ts'
import { personById, type PersonRow } from './queries.ts'

/** Rows of the team as the wire has them, with everybody's roles and whether the asking person stands above them. */
export async function shown(
  ctx: Pick<Context, 'db'> & { actor: Pick<Actor, 'staffId'> },
  rows: readonly PersonRow[],
): Promise<StaffMember[]> {
  const asking = ctx.actor.staffId
  const roles = await rolesOfMany(ctx.db, [...rows.map(({ id }) => id), asking])
  const level = levelIn(roles.get(asking))
  return rows.map((row) => {
    const held = roles.get(row.id) ?? []
    return {
      id: row.id,
      firstName: row.firstName,
      lastName: row.lastName,
      email: row.email,
      state: row.state,
      roles: held.map(({ id, key, name }) => ({ id, key, name })),
      level: levelIn(held),
      factors: {
        authenticator: row.authenticator,
        passkeys: row.passkeys,
        recoveryCodesLeft: row.recoveryCodesLeft,
      },
      openSessions: row.openSessions,
      lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
      suspendedAt: row.suspendedAt?.toISOString() ?? null,
      manageable: standsAbove(level, levelIn(held)),
    }
  })
}

/** One person as the wire has them, or 404. */
export async function shownById(ctx: Context, id: string): Promise<StaffMember> {
  const row = found(await personById(ctx.db, id, ctx.clock.now()))
  const [one] = await shown(ctx, [row])
  return found(one)
}

/** The highest come first. */
const levelIn = (roles: readonly HeldRole[] | undefined): number => roles?.[0]?.level ?? 0
