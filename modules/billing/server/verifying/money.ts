/**
 * What money did, held against the journal and the log: a payment or an allocation that was changed, added or taken away,
 * and a document that claims to be paid by more or less than these.
 */
import { tryPayload } from '#server/audit'
import type { CentralDb } from '#platform/server/db.ts'
import type { Vault } from '#platform/server/vault.ts'
import { broken, type Break } from './breaks.ts'
import {
  journaled,
  misdated,
  missettled,
  paymentsTold,
  strayed,
  untold,
  type Journaled,
  type PaymentTold,
} from './journal-queries.ts'

export async function moneyBreaks(db: CentralDb, vault: Vault | undefined): Promise<Break[]> {
  const breaks: Break[] = []
  for (const table of Object.keys(journaled) as Journaled[])
    // its own keys
    for (const { key, how, fields } of await strayed(db, table)) {
      const about = { table, row: key }
      if (how === 'inserted') breaks.push(broken('journal', about, 'row', 'none', 'a row'))
      else if (how === 'deleted')
        breaks.push(broken('journal', about, 'row', 'the row that was written', 'none'))
      else
        for (const [field, [written, found]] of Object.entries(fields ?? {}))
          breaks.push(broken('journal', about, field, shown(written), shown(found)))
    }
  for (const { id, number, paidCents, allocatedCents } of await missettled(db))
    breaks.push(broken('row', { row: id, number: number ?? '' }, 'paid_cents', allocatedCents, paidCents))
  if (!vault) return breaks
  for (const { source, said } of await untold(db)) {
    const row = JSON.parse(said) as Record<string, unknown> // a row of that table
    const key = journaled[source as Journaled].map((column) => row[column]).join(' ') // the query names them
    breaks.push(broken('log', { table: source, row: key }, 'transaction', 'a line of the log', 'none'))
  }
  for (const { id, number, at, writtenAt } of await misdated(db))
    breaks.push(
      broken(
        'journal',
        { table: 'invoice_events', row: id, number },
        'at',
        writtenAt.toISOString(),
        at.toISOString(),
      ),
    )
  let after: string | null = null
  for (;;) {
    const page: PaymentTold[] = await paymentsTold(db, after, atOnce)
    for (const one of page) breaks.push(...toldBreaks(one, vault))
    if (page.length < atOnce) return breaks
    after = page.at(-1)?.entryId ?? null
  }
}

const atOnce = 1_000

/** Amount, client and day, as somebody typed them in. */
function toldBreaks(one: PaymentTold, vault: Vault): Break[] {
  const about = { table: 'payments', row: one.paymentId }
  if (one.row === null) return [broken('log', about, 'row', 'the payment the log tells of', 'none')]
  const { payload, damaged } = tryPayload(vault, {
    id: one.entryId,
    sealed: one.sealed,
    commitment: one.commitment?.toString('hex') ?? null,
  })
  if (damaged) return [broken('log', about, `entry ${one.entryId}`, 'what it commits to', 'something else')]
  if (!payload) return []
  const after: Record<string, unknown> = { ...(payload.after as object) } // the request's body
  const says =
    one.verb === 'payment.recorded'
      ? { clientId: after['clientId'], amountCents: after['amountCents'], receivedOn: after['receivedOn'] }
      : { amountCents: -Number(after['amountCents']), receivedOn: after['sentOn'] }
  return Object.entries(says)
    .filter(([field, said]) => one.row?.[field as keyof typeof one.row] !== said) // its own fields
    .map(([field, said]) => broken('log', about, field, said, one.row?.[field as keyof typeof one.row]))
}

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
