/** Where somebody works: what the catalogue says of each of their practices. */
import type { CentralDb } from '#platform/server/db.ts'
import { doorOf, type MemberParts } from './parts.ts'
import { membershipsOf } from './queries.ts'

/** Where somebody may go in, or could if it were not suspended. */
export async function placesOf(
  { practices, clock }: Pick<MemberParts, 'practices' | 'clock'>,
  db: CentralDb,
  accountId: string,
) {
  const memberships = await membershipsOf(db, accountId, clock.now())
  const known = await practices(
    db,
    memberships.map(({ tenantId }) => tenantId),
  )
  return memberships.flatMap((membership) => {
    const practice = known.get(membership.tenantId)
    const door = doorOf(practice)
    if (!practice || door === 'shut') return []
    const { name, secondFactorRequired } = practice
    return [{ ...membership, name, secondFactorRequired, door }]
  })
}

export type Place = Awaited<ReturnType<typeof placesOf>>[number]

export const choicesAmong = (places: readonly Place[]) =>
  places.map(({ id, name, profile, door }) => ({
    memberId: id,
    name,
    profile,
    suspended: door === 'suspended',
  }))
