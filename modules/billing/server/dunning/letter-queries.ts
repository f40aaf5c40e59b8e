/** Every statement about letters, pauses and what was paid when. */
import { sql, type CentralDb } from '#platform/server/db.ts'
import type { Balance } from './penalties.ts'

/** What was left to pay after each day on which something changed; a credit note counts from the day it was issued on. */
export async function balancesOf(db: CentralDb, invoiceId: string, incl: number): Promise<Balance[]> {
  const { rows } = await sql<{ on: string; cents: number }>`
    select "on", sum(cents)::bigint as cents from (
      select payment.received_on as "on", allocation.amount_cents as cents
      from payment_allocations allocation join payments payment on payment.id = allocation.payment_id
      where allocation.invoice_id = ${invoiceId}
      union all
      select credit.issued_on, allocation.amount_cents
      from credit_allocations allocation join invoices credit on credit.id = allocation.credit_note_id
      where allocation.invoice_id = ${invoiceId}) settled
    group by "on" order by "on"`.execute(db)
  let left = incl
  return rows.map(({ on, cents }) => ({ on, cents: (left -= cents) }))
}

/** Held until the transaction ends: nobody pays it, and nobody else writes about it, meanwhile. */
export const holdInvoice = (db: CentralDb, id: string): Promise<boolean> =>
  db
    .selectFrom('invoices')
    .select('id')
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
    .then((row) => row !== undefined)

export type NewLetter = {
  invoiceId: string
  step: number
  daysLate: number
  outstandingCents: number
  penaltiesCents: number
  indemnityCents: number
  sentTo: string
  subject: string
  body: string
  sentBy: string | null
  sentAt: Date
}

export const insertLetter = (db: CentralDb, letter: NewLetter): Promise<string> =>
  db
    .insertInto('dunningLetters')
    .values(letter)
    .returning('id')
    .executeTakeFirstOrThrow()
    .then(({ id }) => id)

export async function tellOfLetter(
  db: CentralDb,
  { invoiceId, sentBy, sentAt, step, outstandingCents }: NewLetter,
  letterId: string,
): Promise<void> {
  await db
    .insertInto('invoiceEvents')
    .values({
      invoiceId,
      kind: 'reminded',
      byStaffId: sentBy,
      at: sentAt,
      data: JSON.stringify({ letterId, step, outstandingCents }),
    })
    .execute()
}

/** The latest first. */
export const lettersTo = (db: CentralDb, clientId: string) =>
  db
    .selectFrom('dunningLetters as letter')
    .innerJoin('invoices', 'invoices.id', 'letter.invoiceId')
    .leftJoin('staffMembers as staff', 'staff.id', 'letter.sentBy')
    .where('invoices.clientId', '=', clientId)
    .select([
      'letter.id',
      'letter.invoiceId',
      'invoices.number',
      'letter.step',
      'letter.daysLate',
      'letter.outstandingCents',
      'letter.penaltiesCents',
      'letter.indemnityCents',
      'letter.sentTo',
      'letter.subject',
      'letter.body',
      'letter.sentAt',
      sql<string | null>`staff.first_name || ' ' || staff.last_name`.as('sentBy'),
    ])
    .orderBy('letter.sentAt', 'desc')
    .orderBy('letter.id', 'desc')
    .limit(200)
    .execute()

// ───────────────────────────── pauses

export const pauseOf = (db: CentralDb, clientId: string, today: string) =>
  db
    .selectFrom('dunningPauses as pause')
    .leftJoin('staffMembers as staff', 'staff.id', 'pause.begunBy')
    .where('pause.clientId', '=', clientId)
    .where('pause.endedAt', 'is', null)
    .where((where) =>
      where.or([
        where('pause.untilOn', 'is', null),
        where('pause.untilOn', '>=', sql<string>`${today}::date`),
      ]),
    )
    .select([
      'pause.untilOn',
      'pause.why',
      'pause.begunAt',
      sql<string | null>`staff.first_name || ' ' || staff.last_name`.as('by'),
    ])
    .executeTakeFirst()

/** @returns whether there was one, be it over by its date */
export const endPause = (
  db: CentralDb,
  clientId: string,
  { endedBy, endedAt }: { endedBy: string; endedAt: Date },
): Promise<{ untilOn: string | null; why: string } | undefined> =>
  db
    .updateTable('dunningPauses')
    .set({ endedBy, endedAt })
    .where('clientId', '=', clientId)
    .where('endedAt', 'is', null)
    .returning(['untilOn', 'why'])
    .executeTakeFirst()

export async function insertPause(
  db: CentralDb,
  pause: { clientId: string; untilOn: string | null; why: string; begunBy: string; begunAt: Date },
): Promise<void> {
  await db.insertInto('dunningPauses').values(pause).execute()
}

/** Of two who pause one client's reminders the second waits for the first. */
export const holdClient = (db: CentralDb, id: string): Promise<boolean> =>
  db
    .selectFrom('clients')
    .select('id')
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
    .then((row) => row !== undefined)
