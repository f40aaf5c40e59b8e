/** Every statement about card payments. */
import type { Selectable } from 'kysely'
import { inside, type Within } from '#server/access'
import { sql, type CentralDb, type Database, type Tables } from '#platform/server/db.ts'

export type CheckoutRow = Selectable<Database['cardCheckouts']> & { number: string; clientId: string }

export const checkoutsShown = (
  db: CentralDb,
  { mine, invoiceId, id }: { mine: Within; invoiceId?: string; id?: string },
): Promise<CheckoutRow[]> =>
  db
    .selectFrom('cardCheckouts')
    .innerJoin('invoices', 'invoices.id', 'cardCheckouts.invoiceId')
    .innerJoin('clients', 'clients.id', 'invoices.clientId')
    .where(inside(mine, sql`clients`))
    .$if(invoiceId !== undefined, (query) => query.where('cardCheckouts.invoiceId', '=', invoiceId ?? ''))
    .$if(id !== undefined, (query) => query.where('cardCheckouts.id', '=', id ?? ''))
    .orderBy('cardCheckouts.createdAt', 'desc')
    .limit(50)
    .selectAll('cardCheckouts')
    .select([sql<string>`invoices.number`.as('number'), 'invoices.clientId'])
    .execute()

/** Held until the transaction ends: two calls about one page come one after the other. */
export const checkoutNamed = (
  db: CentralDb,
  provider: string,
  providerId: string,
): Promise<CheckoutRow | undefined> =>
  db
    .selectFrom('cardCheckouts')
    .innerJoin('invoices', 'invoices.id', 'cardCheckouts.invoiceId')
    .where('provider', '=', provider)
    .where('providerId', '=', providerId)
    .selectAll('cardCheckouts')
    .select([sql<string>`invoices.number`.as('number'), 'invoices.clientId'])
    .forUpdate('cardCheckouts')
    .executeTakeFirst()

export async function insertCheckout(
  db: Tables<'cardCheckouts'>,
  row: {
    id: string
    invoiceId: string
    provider: string
    providerId: string
    amountCents: number
    createdBy: string
  },
): Promise<void> {
  await db.insertInto('cardCheckouts').values(row).execute()
}

export async function endCheckout(
  db: Tables<'cardCheckouts'>,
  id: string,
  end: { state: string; endedAt: Date; paymentId?: string },
): Promise<void> {
  await db.updateTable('cardCheckouts').set(end).where('id', '=', id).execute()
}

/** @returns false where it was told before */
export async function hearOnce(
  db: Tables<'providerEvents'>,
  event: { provider: string; eventId: string; kind: string; sha256: Buffer; outcome: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('providerEvents')
    .values(event)
    .onConflict((known) => known.doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

export const documentFacts = (db: CentralDb, id: string, mine: Within) =>
  db
    .selectFrom('invoices')
    .innerJoin('clients', 'clients.id', 'invoices.clientId')
    .where('invoices.id', '=', id)
    .where(inside(mine, sql`clients`))
    .select([
      'invoices.id',
      'invoices.clientId',
      'invoices.kind',
      'invoices.state',
      'number',
      sql<number>`total_excl_cents + total_vat_cents - paid_cents`.as('outstandingCents'),
    ])
    .executeTakeFirst()
