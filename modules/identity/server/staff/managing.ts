import { aboveYourLevel, notYourself, roleNotYours } from '#contract/identity'
import { levelOf, mayGrant, NotYoursToGive, setRoles, standsAbove } from '#server/access'
import { found, refuse, WrongField, type Context } from '#platform/server/requests.ts'
import { lockPerson, personById, type PersonRow } from './queries.ts'

/**
 * The person, locked, whom the asking one stands above: a higher level manages a lower one, and the top level its like.
 * @throws 404 when there is nobody, `above_your_level` when they do not
 */
export async function managed(ctx: Context, id: string): Promise<PersonRow> {
  await lockPerson(ctx.db, id)
  const person = found(await personById(ctx.db, id, ctx.clock.now()))
  if (!standsAbove(await levelOf(ctx.db, ctx.actor.staffId), await levelOf(ctx.db, id)))
    throw refuse(aboveYourLevel)
  return person
}

/** The same, of what nobody does to themself. */
export async function managedOther(ctx: Context, id: string): Promise<PersonRow> {
  if (id === ctx.actor.staffId) throw refuse(notYourself)
  return managed(ctx, id)
}

/** @throws what `otherwise` makes when the roles are not the asking person's to give; a wrong field when one does not exist */
export async function mustBeGrantable(
  ctx: Context,
  roles: readonly string[],
  { to, otherwise }: { to?: string; otherwise: (why: { roles: string[]; permissions: string[] }) => Error },
): Promise<void> {
  const may = await mayGrant(ctx.db, ctx.actor, roles, to)
  if (may === true) return
  if (may.unknown.length > 0) throw new WrongField('body', 'roles', 'role_unknown')
  throw otherwise({ roles: may.above, permissions: may.permissions })
}

/** Gives them, once they are grantable; who changed the roles meanwhile is noticed under the lock. @throws `role_not_yours` */
export async function giveRoles(ctx: Context, to: string, roles: readonly string[], now: Date) {
  return setRoles(ctx.db, ctx.actor, to, roles, now).catch((error: unknown) => {
    if (!(error instanceof NotYoursToGive)) throw error
    const { above, permissions } = error.why
    throw refuse(roleNotYours, { details: { roles: above, permissions } })
  })
}
