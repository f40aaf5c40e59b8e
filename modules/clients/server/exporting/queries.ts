import type { ClientKind, ClientStatus, SubscriptionStatus } from '#contract/clients'
import { sql, type Tables } from '#platform/server/db.ts'
import { rank } from '../searching/queries.ts'
import { matching } from '../listing/filter-sql.ts'
import type { Order } from '../listing/order.ts'
import type { Wanted } from '../listing/wanted.ts'
import { nextPayment } from '../next-payment.ts'

/** A line of the export: days as `2026-02-27`, times as read from the clock on a wall in Paris, `2026-02-27T09:33:00`. */
export type ExportedClient = {
  lastName: string
  firstName: string
  email: string
  phone: string | null
  address: string | null
  postalCode: string | null
  city: string | null
  department: string | null
  status: ClientStatus
  kind: ClientKind
  subscription: SubscriptionStatus | null
  trialEndsOn: string | null
  nextPaymentOn: string | null
  lastSignInAt: string | null
  rpps: string | null
  adeli: string | null
  siret: string | null
  origin: string | null
  accountManager: string | null
  createdAt: string
}

/** Small: what is written of a batch is compressed in one go, and other requests wait for it. */
const batchSize = 250

/** The whole filtered list in its order, in constant memory, as it stood at one instant: call it in a transaction. */
export async function* exportedClients(
  db: Tables<'clients' | 'subscriptions' | 'staffMembers'>,
  wanted: Wanted,
  order: Order,
): AsyncGenerator<ExportedClient[]> {
  const plain = db.withoutPlugins() // the columns are named as they should be
  const way = order.descending ? sql`desc` : sql`asc`
  const first = order.sort === 'relevance' && wanted.search ? sql`${rank(wanted.search)},` : sql``
  await sql`
    declare exported no scroll cursor for
    select c.last_name as "lastName", c.first_name as "firstName", c.email, c.phone, c.address,
      c.postal_code as "postalCode", c.city, c.department, c.status, c.kind,
      s.status as subscription, s.trial_ends_on as "trialEndsOn", ${nextPayment()} as "nextPaymentOn",
      to_char(c.last_sign_in_at at time zone 'Europe/Paris', 'YYYY-MM-DD"T"HH24:MI:SS') as "lastSignInAt",
      c.rpps, c.adeli, c.siret, c.origin,
      (select first_name || ' ' || last_name from staff_members where staff_members.id = c.account_manager_id) as "accountManager",
      to_char(c.created_at at time zone 'Europe/Paris', 'YYYY-MM-DD"T"HH24:MI:SS') as "createdAt"
    from ${order.source} left join subscriptions s on s.client_id = c.id and s.is_current
    where ${matching(wanted)}
    order by ${first} ${order.key} is null, ${order.key} ${way}, c.id ${way}`.execute(plain)
  while (true) {
    const { rows } = await sql<ExportedClient>`fetch ${sql.lit(batchSize)} from exported`.execute(plain)
    if (rows.length === 0) break
    yield rows
  }
}

export async function countMatching(db: Tables<'clients'>, wanted: Wanted): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from clients c where ${matching(wanted)}`.execute(db)
  return rows[0]?.count ?? 0
}

/** An export reads for longer than a request may. */
export async function takeTime(db: Tables<'clients'>): Promise<void> {
  await sql`set local statement_timeout = '10min'`.execute(db)
  await sql`set local idle_in_transaction_session_timeout = '10min'`.execute(db)
}
