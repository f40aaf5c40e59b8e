import { getAccount, type Account } from '#contract/identity'
import type { CentralDb } from '#platform/server/db.ts'
import { handle, type Handler } from '#platform/server/requests.ts'
import { heldFactors } from '../factors/queries.ts'
import { passwordChangedAt } from './queries.ts'

export const showingAccount: Handler[] = [handle(getAccount, (ctx) => accountOf(ctx.db, ctx.actor.staffId))]

/** One's own means of signing in, without a secret among them. */
export async function accountOf(db: CentralDb, staffId: string): Promise<Account> {
  return {
    passwordChangedAt: (await passwordChangedAt(db, staffId))?.toISOString() ?? null,
    ...heldShown(await heldFactors(db, staffId)),
  }
}

type Held = {
  authenticator: { enrolledAt: Date; lastUsedAt: Date | null } | undefined
  passkeys: readonly {
    id: string
    name: string
    backedUp: boolean
    createdAt: Date
    lastUsedAt: Date | null
  }[]
  codes: readonly { createdAt: Date }[]
  codesLeft: number
}

/** Factors as their holder sees them, of either door. */
export function heldShown({
  authenticator,
  passkeys,
  codes,
  codesLeft,
}: Held): Omit<Account, 'passwordChangedAt'> {
  const [firstCode] = codes
  return {
    authenticator: authenticator
      ? {
          enrolledAt: authenticator.enrolledAt.toISOString(),
          lastUsedAt: authenticator.lastUsedAt?.toISOString() ?? null,
        }
      : null,
    passkeys: passkeys.map(({ id, name, backedUp, createdAt, lastUsedAt }) => ({
      id,
      name,
      backedUp,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
    recoveryCodes: firstCode
      ? { left: codesLeft, total: codes.length, createdAt: firstCode.createdAt.toISOString() }
      : null,
  }
}
