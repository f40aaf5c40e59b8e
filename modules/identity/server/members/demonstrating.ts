import { listDemonstrationMembers, type Environment, type Profile } from '#contract/identity'
import type { CentralDb } from '#platform/server/db.ts'
import { handle, NotFound, type Handler } from '#platform/server/requests.ts'
import { demonstrationPassword } from '../demonstrating.ts'
import { hashPassword } from '../passwords/hashing.ts'
import type { MemberParts } from './parts.ts'
import { demonstrationMembers, heldAccount, joinPractice, setMemberPassword } from './queries.ts'

export type DemonstrationMember = {
  tenantId: string
  email: string
  firstName: string
  lastName: string
  profile: Profile
  /** The one the practice belongs to. */
  holder: boolean
  at: Date
}

/** Everybody's, since it is everybody's password: hashing is slow on purpose. */
let hashed: Promise<string> | undefined

/**
 * Lets somebody into a practice under the password everybody is shown, without a mail. Whoever works in another practice
 * already keeps their account; running it again changes nothing.
 * @returns the member's id
 */
export async function seedDemonstrationMember(
  db: CentralDb,
  { tenantId, profile, holder, at, ...person }: DemonstrationMember,
): Promise<string> {
  const account = await heldAccount(db, { ...person, language: 'fr', isDemonstration: true, createdAt: at })
  if (account.passwordHash === null)
    await setMemberPassword(db, account.id, await (hashed ??= hashPassword(demonstrationPassword)), at)
  return joinPractice(db, {
    accountId: account.id,
    tenantId,
    profile,
    holder,
    createdAt: at,
    createdBy: null,
  })
}

export const listingDemonstrationMembers = (
  environment: Environment['name'],
  { practices }: Pick<MemberParts, 'practices'>,
): Handler =>
  handle(listDemonstrationMembers, async (ctx) => {
    if (environment !== 'demonstration') throw new NotFound()
    const memberships = await demonstrationMembers(ctx.db)
    const known = await practices(ctx.db, [...new Set(memberships.map(({ tenantId }) => tenantId))])
    const rows = new Map<string, OneAccount>()
    for (const { email, firstName, lastName, profile, tenantId } of memberships) {
      const practice = known.get(tenantId)
      if (!practice) continue
      const account = rows.get(email) ?? {
        name: `${firstName} ${lastName}`,
        email,
        password: demonstrationPassword,
        practices: [],
      }
      account.practices.push({ name: practice.name, profile, suspended: practice.state === 'suspended' })
      rows.set(email, account)
    }
    return { rows: [...rows.values()] }
  })

type OneAccount = {
  name: string
  email: string
  password: string
  practices: { name: string; profile: Profile; suspended: boolean }[]
}
