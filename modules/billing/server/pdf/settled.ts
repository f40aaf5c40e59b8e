import { sql, type Tables } from '#platform/server/db.ts'

/** What settled an invoice so far, for its copy: the original knows nothing of it. */
export type Settled = {
  leftCents: number
  /** Each less what was taken back of it. */
  payments: { on: string; method: string; cents: number }[]
  credits: { number: string; cents: number }[]
}

type Db = Tables<'payments' | 'paymentAllocations' | 'creditAllocations' | 'invoices'>

export async function settledOf(
  db: Db,
  { id, totalInclCents, paidCents }: { id: string; totalInclCents: number; paidCents: number },
): Promise<Settled> {
  const cents = sql<number>`sum(allocation.amount_cents)::bigint`
  const [payments, credits] = await Promise.all([
    db
      .selectFrom('paymentAllocations as allocation')
      .innerJoin('payments as this', 'this.id', 'allocation.paymentId')
      .innerJoin('payments', (join) =>
        join.on(sql<boolean>`payments.id = coalesce(this.reverses_id, this.id)`),
      )
      .where('allocation.invoiceId', '=', id)
      .groupBy('payments.id')
      .having(cents, '>', 0)
      .orderBy('payments.receivedOn')
      .orderBy('payments.id')
      .select(['payments.receivedOn as on', 'payments.method', cents.as('cents')])
      .execute(),
    db
      .selectFrom('creditAllocations')
      .innerJoin('invoices', 'invoices.id', 'creditAllocations.creditNoteId')
      .where('creditAllocations.invoiceId', '=', id)
      .orderBy('creditAllocations.allocatedAt')
      .select(['invoices.number', 'creditAllocations.amountCents as cents'])
      .execute(),
  ])
  return {
    leftCents: Math.max(0, totalInclCents - paidCents),
    payments,
    // What allocates bears a number.
    credits: credits.map((one) => ({ ...one, number: one.number ?? '' })),
  }
}

/** « Acquittée » says that money came: what a credit note took back was paid by nobody. */
export function stampOf({ leftCents, payments, credits }: Settled): 'paid' | 'credited' | 'copy' {
  if (leftCents > 0) return 'copy'
  return payments.length > 0 ? 'paid' : credits.length > 0 ? 'credited' : 'copy'
}
