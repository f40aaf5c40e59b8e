/** A letter is written once an invoice and step, and kept as it left. */
import { letterOutdated, nothingLate } from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { refuse } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { claimOf } from './claiming.ts'
import { lateInvoice } from './late-queries.ts'
import { holdInvoice, insertLetter, tellOfLetter, type NewLetter } from './letter-queries.ts'
import { planOn, stepOf, type Plan } from './plans.ts'
import { wordLetter } from './wording.ts'

export type Sending = Pick<Parts, 'clock' | 'mail' | 'sentences'>

/** What somebody looked at before they sent it. */
export type Seen = { step: number; outstandingCents: number; subject: string; body: string }

/**
 * In the caller's transaction, with the invoice held: what was paid or written meanwhile is seen.
 * @param seen what a person approved, word by word; null: as the settings word it
 * @throws Refused when there is nothing to write, or not what was looked at
 */
export async function writeLetter(
  db: CentralDb,
  parts: Sending,
  wish: { invoiceId: string; seen: Seen | null; byStaffId: string | null; plan?: Plan },
): Promise<NewLetter & { id: string; number: string }> {
  const { invoiceId, seen, byStaffId: sentBy } = wish
  const sentAt = parts.clock.now()
  const today = dayOf(sentAt)
  const plan = wish.plan ?? (await planOn(db, today))
  await holdInvoice(db, invoiceId)
  const row = await lateInvoice(db, { today, plan }, invoiceId)
  if (!row) throw refuse(nothingLate)
  const step = stepOf(plan, row)
  if (!step || row.nextStep === null || row.withheld !== null || (row.nextOn ?? today) > today)
    throw refuse(letterOutdated)
  if (seen && (seen.step !== row.nextStep || seen.outstandingCents !== row.outstandingCents))
    throw refuse(letterOutdated)
  const settings = plan.settings.get(row.companyId)
  const claim = await claimOf(db, row, today)
  const worded = wordLetter(step, { row, claim, settings, sentences: parts.sentences, today })
  const letter: NewLetter = {
    invoiceId,
    step: row.nextStep,
    daysLate: row.daysLate,
    outstandingCents: row.outstandingCents,
    ...worded.claimed,
    sentTo: row.email,
    subject: seen?.subject ?? worded.subject,
    body: seen?.body ?? worded.body,
    sentBy,
    sentAt,
  }
  const id = await insertLetter(db, letter)
  await tellOfLetter(db, letter, id)
  await parts.mail.send(db, {
    to: { email: row.email, name: `${row.firstName} ${row.lastName}`.trim() },
    language: row.language,
    template: 'billing.mail.dunning',
    subject: letter.subject,
    said: letter.body,
    footer: 'billing.mail.dunning.footer',
    ...(settings?.identity && {
      post: { replyTo: settings.identity.email, automatic: sentBy === null ? 'generated' : 'no' },
    }),
  })
  return { ...letter, id, number: row.number }
}
