/** Which invoices can be collected on a day, and why the others cannot. */
import { mandateMonths, preNotificationDays, type Collectable } from '#contract/billing'
import { bankDayFrom, firstCollectionDay } from './calendar.ts'
import type { Creditor } from './creditor.ts'
import type { CollectableRow } from './queries.ts'

const later = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString()
const latest = (...days: readonly (string | null)[]) =>
  days.reduce<string>((most, day) => (day !== null && day > most ? day : most), '')

/**
 * The invoice is what tells its payer: fourteen days from the day it went to them, not from the one it bears (SDD Core rulebook);
 * nobody is debited before the invoice is due, nor by another mandate or creditor than it names: a payer's bank that was told of one
 * turns the other away.
 * @param creditor who would collect; null: nobody can yet
 * @param today in Paris
 */
export function proposed(
  row: CollectableRow,
  { collectOn, creditor, today }: { collectOn: string; creditor: Pick<Creditor, 'id'> | null; today: string },
): Collectable {
  const { mandateId, reference, ibanEnding } = row
  const told = row.toldOn && later(row.toldOn, preNotificationDays)
  const earliestOn = told && bankDayFrom(latest(told, row.dueOn, firstCollectionDay(today)))
  const used = row.lastUsedOn ?? row.signedOn
  const lapsed =
    used !== null && Temporal.PlainDate.from(used).add({ months: mandateMonths }).toString() < collectOn
  const why: Collectable['why'] = !mandateId
    ? 'no_mandate'
    : row.mandateState !== 'active'
      ? 'mandate_ended'
      : row.pending
        ? 'pending'
        : lapsed
          ? 'lapsed'
          : creditor && row.creditorId !== null && row.creditorId !== creditor.id
            ? 'creditor_changed'
            : told === null
              ? 'not_sent'
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
    toldOn: row.toldOn,
    dueOn: row.dueOn,
    amountCents: row.amountCents,
    mandate: mandateId ? { id: mandateId, reference: reference ?? '', ibanEnding: ibanEnding ?? '' } : null,
    sequence: mandateId ? (row.isFirst ? 'FRST' : 'RCUR') : null,
    why,
    // The day that is too late or too early is all that stands in its way.
    earliestOn: why === null || why === 'told_too_late' || why === 'due_later' ? earliestOn : null,
  }
}
