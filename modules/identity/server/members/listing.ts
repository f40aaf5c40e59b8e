import { listMembers, type Member, type Profile } from '#contract/identity'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, type Handler } from '#platform/server/requests.ts'
import type { MemberParts } from './parts.ts'
import { memberRows, type MemberRow } from './queries.ts'

export function listingMembers({ practices }: Pick<MemberParts, 'practices'>): Handler {
  return handle(listMembers, async (ctx, { params: { id: tenantId } }) => {
    found((await practices(ctx.db, [tenantId])).get(tenantId))
    const rows = await memberRows(ctx.db, { tenantId }, ctx.clock.now())
    return { rows: rows.map(shown) }
  })
}

export async function memberById(db: CentralDb, id: string, now: Date): Promise<MemberRow | undefined> {
  return (await memberRows(db, { id }, now))[0]
}

const instant = (text: string) => new Date(text).toISOString()

export function shown(row: MemberRow): Member {
  const { id, tenantId, firstName, lastName, email, holder, openSessions, invitation } = row
  return {
    id,
    tenantId,
    firstName,
    lastName,
    email,
    profile: row.profile as Profile, // checked by the table
    holder,
    state: row.leftAt ? 'left' : row.hasPassword ? 'active' : 'invited',
    invitedAt: row.createdAt.toISOString(),
    leftAt: row.leftAt?.toISOString() ?? null,
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
    openSessions,
    secondFactor: row.holdsFactor,
    invitation: invitation && {
      sentAt: instant(invitation.sentAt),
      expiresAt: instant(invitation.expiresAt),
    },
  }
}
