import type { DunningPause, UnpaidInvoice } from '#contract/billing'
import type { LateRow } from './late-queries.ts'

export function shownLate(row: LateRow, today: string): UnpaidInvoice {
  const { id, number, issuedOn, dueOn, daysLate, inclCents, outstandingCents, audience, withheld } = row
  return {
    id,
    number,
    issuedOn,
    dueOn,
    daysLate,
    inclCents,
    outstandingCents,
    audience,
    withheld,
    ready: withheld === null && row.nextOn !== null && row.nextOn <= today,
    client: {
      id: row.clientId,
      firstName: row.firstName,
      lastName: row.lastName,
      email: row.clientEmail,
    },
    lastLetter:
      row.lastStep !== null && row.lastSentAt
        ? { step: row.lastStep, sentAt: row.lastSentAt.toISOString() }
        : null,
    next: row.nextStep !== null && row.nextOn !== null ? { step: row.nextStep, on: row.nextOn } : null,
    pause:
      row.pauseWhy !== null && row.pauseSince
        ? shownPause({ untilOn: row.pauseUntil, why: row.pauseWhy, by: row.pauseBy, since: row.pauseSince })
        : null,
  }
}

export const shownPause = ({
  untilOn,
  why,
  by,
  since,
}: {
  untilOn: string | null
  why: string
  by: string | null
  since: Date
}): DunningPause => ({ untilOn, why, by, since: since.toISOString() })
