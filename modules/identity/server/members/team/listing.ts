import { listColleagues, type Colleague } from '#contract/identity'
import { found, handle, type CentralHandler } from '#platform/server/requests.ts'
import type { MemberParts } from '../parts.ts'
import { memberRows, type MemberRow } from '../queries.ts'
import { dayOf } from './last-days.ts'
import { isOver, placed, whatCanBeGranted } from './standing.ts'

export function listingColleagues(parts: MemberParts): CentralHandler {
  return handle(listColleagues, async (ctx) => {
    const { tenantId, memberId } = ctx.member
    const now = ctx.clock.now()
    const practice = found((await parts.practices(ctx.db, [tenantId])).get(tenantId))
    const rows = await memberRows(ctx.db, { tenantId }, now)
    return {
      rows: await colleagues(parts, rows, { now, me: memberId }),
      ...whatCanBeGranted(parts, ctx.member, practice.kind),
      secondFactorRequired: practice.secondFactorRequired,
    }
  })
}

/** Rows of one practice as its own people see them. */
export async function colleagues(
  { timeZoneOf }: Pick<MemberParts, 'timeZoneOf'>,
  rows: readonly MemberRow[],
  { now, me }: { now: Date; me: string },
): Promise<Colleague[]> {
  const dated = rows.find(({ endsAt }) => endsAt !== null)
  const timeZone = dated ? await timeZoneOf(dated.tenantId) : 'Europe/Paris'
  return rows.map((row) => {
    const { profile, rights, holder } = placed(row)
    const over = isOver(row, now)
    // Who an address belongs to, and what they have elsewhere, is nothing to who merely typed it.
    const known = row.lastSignInAt !== null || holder
    return {
      memberId: row.id,
      name: known ? `${row.firstName} ${row.lastName}` : null,
      email: row.email,
      profile,
      holder,
      me: row.id === me,
      rights: profile === 'practitioner' ? [] : rights,
      since: row.createdAt.toISOString(),
      lastDay: row.endsAt && dayOf(row.endsAt, timeZone),
      state: over ? 'ended' : known ? 'active' : 'invited',
      endedAt: over ? (row.leftAt ?? row.endsAt)!.toISOString() : null, // one of both is what ended it
      lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
      secondFactor: known ? row.holdsFactor : null,
    }
  })
}
