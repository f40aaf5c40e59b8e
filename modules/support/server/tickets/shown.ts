/** A ticket as it goes over the wire to the team. */
import type { Ticket, TicketEvent } from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'
import { found } from '#platform/server/requests.ts'
import { agreementAt } from '../promises/agreements.ts'
import { clocksOf } from '../sla/targets.ts'
import { targetsOf, toldToClocks, type LogRow } from './log-of-ticket.ts'
import { logsOf } from './queries.ts'
import { ticketFacts } from './showing-queries.ts'

/**
 * @param now what is left of each promise is said as of then
 * @throws NotFound
 */
export async function shownTicket(db: CentralDb, id: string, staffId: string, now: Date): Promise<Ticket> {
  return (await shownWithEvents(db, id, staffId, now)).ticket
}

export async function shownWithEvents(
  db: CentralDb,
  id: string,
  staffId: string,
  now: Date,
): Promise<{ ticket: Ticket; events: TicketEvent[] }> {
  const facts = found(await ticketFacts(db, id, staffId))
  const log = await logsOf(db, [id])
  const clocks = clocksOf(toldToClocks(log), await agreementAt(db), now.getTime())
  const ticket = { ...facts, breached: facts.breached || clocks.hasBreach, targets: targetsOf(clocks) }
  return { ticket, events: log.map(eventShown) }
}

const eventShown = ({ id, at, kind, actorLabel, data }: LogRow): TicketEvent => ({
  id,
  at: at.toISOString(),
  kind,
  actor: actorLabel,
  data: data as Record<string, unknown>, // `happened` writes objects alone
})
