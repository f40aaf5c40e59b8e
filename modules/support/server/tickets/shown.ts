/** A ticket as it goes over the wire to the team. */
import type { Ticket, TicketEvent } from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'
import { found } from '#platform/server/requests.ts'
import { linkShown, namesOfLinked, tiedIn, withItsName, type Asker } from '../links/naming.ts'
import { agreementAt } from '../promises/agreements.ts'
import { clocksOf } from '../sla/targets.ts'
import { targetsOf, toldToClocks, type LogRow } from './log-of-ticket.ts'
import { logsOf } from './queries.ts'
import { ticketFacts } from './showing-queries.ts'

/**
 * @param now what is left of each promise is said as of then
 * @throws NotFound
 */
export async function shownTicket(db: CentralDb, id: string, asker: Asker, now: Date): Promise<Ticket> {
  return (await shownWithEvents(db, id, asker, now)).ticket
}

export async function shownWithEvents(
  db: CentralDb,
  id: string,
  asker: Asker,
  now: Date,
): Promise<{ ticket: Ticket; events: TicketEvent[] }> {
  const facts = found(await ticketFacts(db, id, asker.staffId))
  const log = await logsOf(db, [id])
  const clocks = clocksOf(toldToClocks(log), await agreementAt(db), now.getTime())
  const events = log.map(eventShown)
  const names = await namesOfLinked(db, asker, [
    ...facts.links,
    ...events.flatMap((one) => tiedIn(one) ?? []),
  ])
  const ticket = {
    ...facts,
    links: facts.links.map((link) => linkShown(link, names)),
    breached: facts.breached || clocks.hasBreach,
    targets: targetsOf(clocks),
  }
  return { ticket, events: events.map((event) => withItsName(event, names)) }
}

const eventShown = ({ id, at, kind, actorLabel, data }: LogRow): TicketEvent => ({
  id,
  at: at.toISOString(),
  kind,
  actor: actorLabel,
  data: wordsOf(data as Record<string, unknown>), // `happened` writes objects alone
})

/** What is kept for undoing it, and for whom it is news, is nobody's to read. */
const kept = new Set(['revision', 'was', 'said', 'toId'])
const wordsOf = (data: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(data).filter(([name]) => !kept.has(name)))
