import type { Context } from '#platform/server/requests.ts'
import { fromWhere, momentFor, write, type Addressee } from '../letters.ts'
import { revokeLinks } from '../links/tokens.ts'
import type { Parts } from '../parts.ts'
import { endSessions } from '../queries.ts'
import { endSignIns } from '../staff/queries.ts'
import { personWithPassword, setPassword } from './queries.ts'

/**
 * Whatever was begun with the former password ends with it: sign-ins between their two steps, links to choose another,
 * and sessions. The person is told, except of their first password, which changed none.
 * @param change `but`: the session that may go on; `endSessions: false` lets all of them
 */
export async function takeEffect(
  parts: Pick<Parts, 'mail' | 'backofficeUrl'>,
  ctx: Pick<Context, 'db' | 'clock' | 'request' | 'tell'>,
  change: { person: Addressee; passwordHash: string; by: string; but?: string; endSessions?: boolean },
): Promise<void> {
  const { person, by, but } = change
  const now = ctx.clock.now()
  // Before the person's row: who is signing in at this moment locks them in this order.
  await endSignIns(ctx.db, person.id)
  const former = await personWithPassword(ctx.db, person.id)
  await setPassword(ctx.db, person.id, change.passwordHash, now)
  await revokeLinks(ctx.db, { staffId: person.id, kinds: ['invitation', 'password_reset'] }, now)
  if (change.endSessions !== false) {
    const which = { staffId: person.id, ...(but ? { but } : {}) }
    await endSessions(ctx.db, which, { reason: 'password_changed', by, now })
    await ctx.tell({ topic: 'sessions' })
  }
  if (former?.passwordHash)
    await write(parts, ctx.db, person, {
      about: 'password_changed',
      values: { at: momentFor(person, now), ...fromWhere(ctx.request) },
      page: '/account',
    })
  await ctx.tell({ topic: 'account', only: person.id })
}
