/** Whether whoever acts on a practice's people still may, asked again within the transaction that does it. */
import { memberLeft, rights, rightNotYours, type Profile, type Right } from '#contract/identity'
import { Platform } from '#platform/server/errors.ts'
import { found, refuse, type Context, type MemberActor } from '#platform/server/requests.ts'
import type { MemberParts } from '../parts.ts'
import { memberRows, lockMembers, type MemberRow } from '../queries.ts'

export const managing = 'cabinet.members'

type On = Pick<MemberParts, 'practices' | 'rightsIn'>

/**
 * Locks who asks and, where there is one, the colleague it is about, in one order for all. Between the question who asks
 * and this one an access may have ended, or changed.
 * @throws {NotFound} where the colleague is of another practice
 */
export async function standing(
  parts: On,
  ctx: Pick<Context, 'db' | 'clock' | 'member'>,
  colleagueId?: string,
) {
  const { memberId, tenantId } = ctx.member
  await lockMembers(ctx.db, colleagueId === undefined ? [memberId] : [memberId, colleagueId])
  const now = ctx.clock.now()
  const practice = found((await parts.practices(ctx.db, [tenantId])).get(tenantId))
  const rows = await memberRows(ctx.db, { tenantId }, now)
  const asker = rows.find(({ id }) => id === memberId)
  if (!asker || isOver(asker, now)) throw new Platform('signed_out')
  const permissions = parts.rightsIn({ ...placed(asker), kind: practice.kind }).permissions
  if (!permissions.includes(managing))
    throw new Platform('forbidden', { details: { permission: managing }, to: 'member' })
  const ofKind = { parts, kind: practice.kind, permissions }
  return {
    now,
    practice,
    asker,
    grantable: grantableBy(ofKind),
    profiles: profilesBy(ofKind),
    colleague: colleagueId === undefined ? undefined : found(rows.find(({ id }) => id === colleagueId)),
  }
}

/** @throws the refusals of whoever is gone already */
export function mustWorkHere(row: MemberRow, now: Date): void {
  if (isOver(row, now)) throw refuse(memberLeft)
}

export const isOver = ({ leftAt, endsAt }: Pick<MemberRow, 'leftAt' | 'endsAt'>, now: Date): boolean =>
  leftAt !== null || (endsAt !== null && endsAt <= now)

export const placed = ({ profile, holder, rights: held }: MemberRow) => ({
  profile: profile as Profile, // checked by the table
  holder,
  rights: held as Right[], // checked by the table
})

/** What can be granted here: nothing there is not, and nothing that whoever grants may not do. */
export const whatCanBeGranted = (parts: On, member: MemberActor, kind: Profile) => {
  const ofKind = { parts, kind, permissions: [...member.permissions] }
  return { grantable: grantableBy(ofKind), profiles: profilesBy(ofKind) }
}

type OfKind = { parts: On; kind: Profile; permissions: readonly string[] }

const grantableBy = (of: OfKind): Right[] =>
  rights.filter((right) => isWithin(of, { profile: 'secretary', rights: [right] }))

const profilesBy = (of: OfKind): Profile[] =>
  (['practitioner', 'secretary'] as const).filter((profile) => isWithin(of, { profile, rights: [] }))

function isWithin({ parts, kind, permissions }: OfKind, who: { profile: Profile; rights: Right[] }): boolean {
  return parts
    .rightsIn({ ...who, kind, holder: false })
    .permissions.every((permission) => permissions.includes(permission))
}

/**
 * Nobody but the holder gives what lasts longer than their own access: it would outlive the reason they were let in for.
 * @param until null: without end
 * @throws the refusal `right_not_yours`
 */
export function mustEndWithYours(
  { asker }: { asker: Pick<MemberRow, 'holder' | 'endsAt'> },
  until: Date | null,
): void {
  if (asker.holder || asker.endsAt === null) return
  if (until === null || until > asker.endsAt) throw refuse(rightNotYours)
}

/** @throws the refusal `right_not_yours` */
export function mustBeGrantable(
  { grantable, profiles }: { grantable: readonly Right[]; profiles: readonly Profile[] },
  wanted: { profile: Profile; rights: readonly Right[] },
): void {
  if (!profiles.includes(wanted.profile)) throw refuse(rightNotYours)
  if (!wanted.rights.every((right) => grantable.includes(right))) throw refuse(rightNotYours)
}
