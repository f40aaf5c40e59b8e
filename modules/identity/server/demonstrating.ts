import { getEnvironment, listDemonstrationAccounts, type Environment } from '#contract/identity'
import type { BuiltInRole } from '#contract/access'
import { giveRole, rightsOf } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import { hashOf, newToken } from '#platform/server/random.ts'
import { handle, NotFound, type Handler } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import { putAuthenticator } from './factors/queries.ts'
import { codeOfStep, newTotpSecret, stepSeconds } from './factors/totp.ts'
import { hashPassword } from './passwords/hashing.ts'
import { demonstrationStaff, insertStaff, staffByEmail } from './queries.ts'
import { factorPlace } from './sealed.ts'

/** Public on purpose: shown on the sign-in page of the demonstration, refused by production. */
export const demonstrationPassword = 'demonstration-magestionpsy'

const people: readonly { role: BuiltInRole; firstName: string; lastName: string }[] = [
  { role: 'direction', firstName: 'Hélène', lastName: 'Marchand' },
  { role: 'support', firstName: 'Karim', lastName: 'Benali' },
  { role: 'billing', firstName: 'Sophie', lastName: 'Garnier' },
  { role: 'sales', firstName: 'Julien', lastName: 'Prévost' },
  { role: 'administrator', firstName: 'Claire', lastName: 'Fontaine' },
  { role: 'compliance', firstName: 'Nadège', lastName: 'Rousseau' },
  { role: 'technical_administrator', firstName: 'Thomas', lastName: 'Lemoine' },
  { role: 'auditor', firstName: 'Irène', lastName: 'Vasseur' },
  { role: 'super_administrator', firstName: 'Antoine', lastName: 'Delcourt' },
]

/** One account a role, once; running it again changes nothing. */
export async function seedDemonstrationStaff(db: CentralDb, vault: Vault): Promise<void> {
  const passwordHash = await hashPassword(demonstrationPassword)
  for (const { role, firstName, lastName } of people) {
    const email = `${role.replaceAll('_', '-')}@example.com`
    if (await staffByEmail(db, email)) continue
    const id = await insertStaff(db, { email, firstName, lastName, passwordHash, demonstration: true })
    await giveRole(db, id, role)
    await putAuthenticator(db, {
      staffId: id,
      secretSealed: vault.seal(newTotpSecret(), factorPlace(id)),
      lastStep: 0,
      enrolledAt: new Date(),
    })
  }
}

/**
 * A session somebody of the demonstration had once, for what was done in it. It ended before it is written, and nobody ever
 * held its token: it opens nothing.
 * @returns its id
 */
export async function seedPastSession(db: CentralDb, staffId: string, at: Date): Promise<string> {
  const { id } = await db
    .insertInto('staffSessions')
    .values({
      staffId,
      tokenHash: hashOf(newToken()),
      factor: 'totp',
      createdAt: at,
      lastSeenAt: at,
      steppedUpAt: at,
      expiresAt: at,
      endedAt: at,
      // Reserved for documentation (RFC 5737).
      ip: '192.0.2.20',
      lastIp: '192.0.2.20',
      userAgent: 'Firefox',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export function demonstrating(environment: Environment['name'], vault: Vault): Handler[] {
  return [
    handle(getEnvironment, async () => ({ name: environment })),

    handle(listDemonstrationAccounts, async (ctx) => {
      if (environment !== 'demonstration') throw new NotFound()
      const now = ctx.clock.now()
      const current = Math.floor(now.getTime() / 1000 / stepSeconds)
      const accounts = await demonstrationStaff(ctx.db)
      const rows = await Promise.all(
        accounts.map(async (account) => {
          const { roles } = await rightsOf(ctx.db, account.id)
          // A code is good once: after it was used the next one, already accepted, is shown.
          const step = Math.max(current, Number(account.lastStep ?? 0) + 1)
          const usable = step <= current + 1
          return {
            role: roles[0] ?? '',
            name: `${account.firstName} ${account.lastName}`,
            email: account.email,
            password: demonstrationPassword,
            code: usable ? codeOfStep(vault.open(account.secretSealed, factorPlace(account.id)), step) : null,
            validUntil: new Date((current + 1) * stepSeconds * 1000).toISOString(),
          }
        }),
      )
      return { rows }
    }),
  ]
}
