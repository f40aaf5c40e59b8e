import { giveRole } from '#server/access'
import type { Audit } from '#server/audit'
import { breaks, type CentralDb } from '#platform/server/db.ts'
import { hashPassword } from './passwords/hashing.ts'
import { insertStaff } from './queries.ts'
import { problemOf } from './staff/addresses.ts'

export type NewStaff = { email: string; firstName: string; lastName: string; role: string; password: string }

/** Why an account could not be made. */
export type StaffProblem = 'email_taken' | 'email_wrong' | 'role_unknown'

/**
 * Makes a staff account with its role and its line in the audit log, or nothing. The second factor is enrolled at the
 * first sign-in.
 * @param by names who works without a session: the command line
 */
export async function createStaff(
  { db, audit }: { db: CentralDb; audit: Audit },
  { role, password, ...person }: NewStaff,
  by: string,
): Promise<{ id: string } | { problem: StaffProblem }> {
  if (problemOf(person.email)) return { problem: 'email_wrong' }
  const passwordHash = await hashPassword(password)
  const email = person.email.toLowerCase()
  return db
    .transaction()
    .execute(async (transaction: CentralDb) => {
      const id = await insertStaff(transaction, { ...person, email, passwordHash, demonstration: false })
      if (!(await giveRole(transaction, id, role))) throw new RoleUnknown()
      await audit.writeDownAs(transaction, {
        verb: 'staff.created',
        label: by,
        object: 'staff_member',
        id,
        after: { role },
      })
      return { id }
    })
    .catch((error: unknown) => {
      if (breaks(error, 'staff_members_email_key')) return { problem: 'email_taken' as const }
      if (error instanceof RoleUnknown) return { problem: 'role_unknown' as const }
      throw error
    })
}

class RoleUnknown extends Error {}
