/**
 * Asking how it was, some hours after a ticket was resolved and by day. A member is told that it is resolved, and rates in
 * the app; whoever has no account rates by the link in the mail.
 *
 * Nobody is asked about what was thrown away or merged, what they rated already, or what they never wrote in. Who has no
 * account is asked only about what the team answered, so never about spam that was resolved in silence; not where a mail of
 * ours came back; and once in seven days, however many tickets they had. A ticket that opens again meanwhile is not asked
 * about, and once more when it is resolved anew. Since an answer to it is an answer to nobody, two machines do not talk.
 */
import type { CentralDb } from '#platform/server/db.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import { memberToTell } from '../conversation/queries.ts'
import type { Parts } from '../parts.ts'
import { lockTicket, type Held } from '../tickets/lock.ts'
import { holdSurveys, saveAsked, ticketsToAskAbout, type Window } from './queries.ts'
import { surveyToken } from './token.ts'

const hour = 3_600_000
const day = 24 * hour
/** Long enough to find out whether it is solved, and to write so instead. */
const after = 4 * hour
/** What is older was resolved while nobody asked; nobody remembers it. */
const forget = 7 * day
const rest = 7 * day
const atOnce = 200

/** How long one can say it, from the mail on. */
export const daysToAnswer = 30

type Asking = Pick<Parts, 'clock' | 'log' | 'mail' | 'practiceUrl' | 'vault'>

export const askingHowItWas = (parts: Asking): Schedule => ({
  name: 'support-surveys',
  cron: '*/15 8-18 * * 1-6',
  run: async (db) => void (await askHowItWas(db, parts)),
})

/** @returns how many were asked */
export async function askHowItWas(db: CentralDb, parts: Asking): Promise<number> {
  const now = parts.clock.now()
  const window: Window = {
    until: new Date(now.getTime() - after),
    from: new Date(now.getTime() - forget),
    askedSince: new Date(now.getTime() - rest),
  }
  let asked = 0
  for (const id of await ticketsToAskAbout(db, window, { limit: atOnce })) {
    const asking = db.transaction().execute(async (transaction: CentralDb) => {
      await holdSurveys(transaction)
      const held = await lockTicket(transaction, id)
      // Between the two somebody may have written, rated, or asked: a second process, or this one for the same address.
      if ((await ticketsToAskAbout(transaction, window, { limit: 1, only: id })).length === 0) return false
      await saveAsked(transaction, id, now)
      return ask(transaction, parts, held, now)
    })
    const wasAsked = await asking.catch((error: unknown) => {
      parts.log.error({ err: error, ticket: id }, 'nobody could be asked how it was')
      return false
    })
    if (wasAsked) asked++
  }
  return asked
}

async function ask(
  db: CentralDb,
  { mail, practiceUrl, vault }: Asking,
  ticket: Held,
  now: Date,
): Promise<boolean> {
  const number = String(ticket.number)
  if (ticket.requesterMemberId !== null) {
    const member = await memberToTell(db, ticket.requesterMemberId, now)
    if (!member) return false
    const name = `${member.firstName} ${member.lastName}`
    await mail.send(db, {
      to: { email: member.email, name },
      language: member.language,
      template: 'support.mail.resolved',
      values: { name, number },
      action: { url: new URL(`/help/${ticket.id}`, practiceUrl).href },
    })
    return true
  }
  const expiresAt = new Date(now.getTime() + daysToAnswer * day)
  const address = new URL('/satisfaction', practiceUrl)
  address.hash = surveyToken(vault, { ticketId: ticket.id, expiresAt })
  await mail.send(db, {
    to: { email: ticket.requesterEmail, name: ticket.requesterName },
    language: 'fr',
    template: 'support.mail.survey',
    values: { name: ticket.requesterName, number, days: daysToAnswer },
    action: { url: address.href },
  })
  return true
}
