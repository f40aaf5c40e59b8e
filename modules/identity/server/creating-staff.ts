import { giveRole } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import { hashPassword } from './passwords.ts'
import { insertStaff } from './queries.ts'

/**
 * Makes a staff account; its second factor is enrolled at the first sign-in.
 * @throws when the role does not exist, or (23505) when the e-mail is taken
 */
export async function createStaff(
  db: CentralDb,
  staff: { email: string; firstName: string; lastName: string; role: string; password: string },
): Promise<string> {
  const { role, password, ...person } = staff
  const id = await insertStaff(db, {
    ...person,
    email: person.email.toLowerCase(),
    passwordHash: await hashPassword(password),
    demonstration: false,
  })
  if (!(await giveRole(db, id, role))) throw new Error(`there is no role ${role}`)
  return id
}
