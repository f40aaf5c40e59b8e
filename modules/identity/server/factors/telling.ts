import type { CentralDb } from '#platform/server/db.ts'
import type { Context } from '#platform/server/requests.ts'
import { momentFor, type Addressee } from '../letters.ts'
import type { Parts } from '../parts.ts'

export type FactorChange =
  | 'authenticator_enrolled'
  | 'authenticator_removed'
  | 'passkey_added'
  | 'passkey_removed'
  | 'recovery_codes_created'
  | 'recovery_code_used'

/** Whose factors change hears of it: by mail, in case it was somebody else, and on every screen of theirs (ASVS 6.3.7). */
export async function tellOfFactors(
  { mail, backofficeUrl }: Pick<Parts, 'mail' | 'backofficeUrl'>,
  ctx: Pick<Context, 'tell' | 'clock'> & { db: CentralDb },
  person: Addressee,
  change: FactorChange,
): Promise<void> {
  const name = `${person.firstName} ${person.lastName}`
  await mail.send(ctx.db, {
    to: { email: person.email, name },
    language: person.language,
    template: 'identity.mail.factor_changed',
    values: { name, change, when: momentFor(person, ctx.clock.now()) },
    action: { url: new URL('/account', backofficeUrl).href },
    staffId: person.id,
  })
  await ctx.tell({ topic: 'account', only: person.id })
  await ctx.tell({ topic: 'session', only: person.id })
}
