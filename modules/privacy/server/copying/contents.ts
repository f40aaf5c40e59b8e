// What a person is handed of their own data: a file that machines can read (GDPR article 20) and people can too.
import type { CentralDb } from '#platform/server/db.ts'
import { ticketsOfPerson } from '#server/support'
import { found } from '#platform/server/requests.ts'
import { clientWhole, documentsOf, eventsOf, paymentsOf, subscriptionsOf } from './queries.ts'

type About = { requestId: string; number: number; kind: 'access' | 'portability'; clientId: string }

/**
 * For access (article 15) everything that is held. For portability (article 20) what the person gave or what their use
 * brought about: not what the house thinks of them or noted for itself. Days as `2026-02-27`, money in cents.
 * @throws NotFound when the client is gone
 */
export async function copyOf(db: CentralDb, { requestId, number, kind, clientId }: About, now: Date) {
  // One snapshot: what changes meanwhile tears nothing apart.
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (snapshot: CentralDb) => {
      const { internalNote, origin, ...identity } = found(await clientWhole(snapshot, clientId))
      const given = {
        format: 'magestionpsy.client-data',
        version: 1,
        preparedAt: now.toISOString(),
        request: { number, article: kind === 'access' ? 'GDPR article 15' : 'GDPR article 20' },
        identity,
        subscriptions: await subscriptionsOf(snapshot, clientId),
        invoices: await documentsOf(snapshot, clientId),
        payments: await paymentsOf(snapshot, clientId),
        tickets: await ticketsOfPerson(snapshot, requestId, { whole: kind === 'access' }),
      }
      if (kind === 'portability') return given
      return { ...given, origin, internalNote, history: await eventsOf(snapshot, clientId) }
    })
}

export type Copy = Awaited<ReturnType<typeof copyOf>>
