/** Which invoices can be collected on a day, and why the others cannot. */
import { mandateMonths, preNotificationDays, type Collectable } from '#contract/billing'
import { bankDayFrom, firstCollectionDay } from './calendar.ts'
import type { CollectableRow } from './queries.ts'

const later = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString()
const latest = (...days: readonly (string | null)[]) =>
  days.reduce<string>((most, day) => (day !== null && day > most ? day : most), '')

/**
 * The invoice is what tells its payer, fourteen days before (SDD Core rulebook); nobody is debited before the invoice is due.
 * @param today in Paris
 */
export function proposed(row: CollectableRow, collectOn: string, today: string): Collectable {
  const { mandateId, reference, ibanEnding } = row
  const told = later(row.issuedOn, preNotificationDays)
  const earliestOn = bankDayFrom(latest(told, row.dueOn, firstCollectionDay(today)))
  const used = row.lastUsedOn ?? row.signedOn
  const lapsed =
    used !== null && Temporal.PlainDate.from(used).add({ months: mandateMonths }).toString() < collectOn
  const why = !mandateId
    ? 'no_mandate'
    : row.pending
      ? 'pending'
      : lapsed
        ? 'lapsed'
        : told > collectOn
          ? 'told_too_late'
          : (row.dueOn ?? '') > collectOn
            ? 'due_later'
            : null
  return {
    invoiceId: row.invoiceId,
    number: row.number,
    client: row.client,
    issuedOn: row.issuedOn,
    dueOn: row.dueOn,
    amountCents: row.amountCents,
    mandate: mandateId ? { id: mandateId, reference: reference ?? '', ibanEnding: ibanEnding ?? '' } : null,
    sequence: mandateId ? (row.isFirst ? 'FRST' : 'RCUR') : null,
    why,
    earliestOn: mandateId && why !== 'pending' && why !== 'lapsed' ? earliestOn : null,
  }
}
