import { linkedToItself, listLinkedTickets, setTicketLink, type LinkKind } from '#contract/support'
import { invoiceSeenBy } from '#server/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, NotFound, refuse, type Actor, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { happened, type By } from '../tickets/happening.ts'
import { holdStanding, lockWhereItLives, type Held } from '../tickets/lock.ts'
import { shownTicket } from '../tickets/shown.ts'
import type { Tied } from './naming.ts'
import {
  deleteLink,
  impersonationNamed,
  insertLink,
  isLinked,
  ticketsLinkedTo,
  type Link,
} from './queries.ts'

export const linking = (parts: Pick<Parts, 'clock'>): readonly Handler[] => [
  handle(setTicketLink, async (ctx, { params: { id, kind, targetId }, body: { linked } }) => {
    const { db, actor } = ctx
    if (kind === 'ticket' && id === targetId) throw refuse(linkedToItself)
    // Both in one order: two who tie them together from either side do not wait for each other.
    const held = await lockBoth(db, id, kind === 'ticket' ? targetId : id)
    const ticket = held.find((one) => one.id === id)!
    await seen(db, actor, kind, targetId)
    const by = { staffId: actor.staffId, label: actor.name }
    const link = { ticketId: id, kind, targetId }
    const other = held.find((one) => one.id === targetId)
    const isNew = await (linked ? tie : untie)(db, parts, link, by, other)
    if (isNew && other)
      await happened(db, parts, targetId, [
        { kind: linked ? 'linked' : 'unlinked', by, data: tied({ kind: 'ticket', targetId: id }, ticket) },
      ])
    ctx.record({
      object: 'ticket',
      id,
      tenant: ticket.tenantId ?? undefined,
      ticket: `#${ticket.number}`,
      before: { linked: isNew ? !linked : linked },
      after: { linked, kind, target: targetId },
    })
    return shownTicket(db, id, actor, ctx.clock.now())
  }),

  handle(listLinkedTickets, async ({ db }, { query }) => ({
    // As the table's CHECK holds it.
    rows: (await ticketsLinkedTo(db, query)).map((row) => ({
      ...row,
      status: row.status as 'new' | 'in_progress' | 'resolved',
    })),
  })),
]

/** What the log keeps, which nobody changes: which it is, never what it is about or called. */
const tied = ({ kind, targetId }: Omit<Link, 'ticketId'>, ticket?: Held): Tied => ({
  link: kind,
  targetId,
  ...(ticket && { number: ticket.number }),
})

async function lockBoth(db: CentralDb, id: string, other: string): Promise<Held[]> {
  const held: Held[] = []
  for (const one of [...new Set([id, other])].toSorted()) held.push(await holdStanding(db, one))
  return held
}

/** @throws NotFound where it is not there, or not theirs to see */
async function seen(db: CentralDb, actor: Actor, kind: LinkKind, targetId: string): Promise<void> {
  if (kind === 'ticket') return // held already
  if (kind === 'invoice') found(await invoiceSeenBy(db, actor, targetId))
  else if (!actor.permissions.has('impersonation.read')) throw new NotFound()
  else found(await impersonationNamed(db, targetId))
}

type Who = By & { staffId: string }

/** Within the caller's transaction, which holds the ticket. @returns whether they were not tied together before */
async function tie(db: CentralDb, parts: Pick<Parts, 'clock'>, link: Link, by: Who, other?: Held) {
  if (await isLinked(db, link)) return false
  await insertLink(db, link, by.staffId, parts.clock.now())
  await happened(db, parts, link.ticketId, [{ kind: 'linked', by, data: tied(link, other) }])
  return true
}

async function untie(db: CentralDb, parts: Pick<Parts, 'clock'>, link: Link, by: Who, other?: Held) {
  if (!(await deleteLink(db, link))) return false
  await happened(db, parts, link.ticketId, [{ kind: 'unlinked', by, data: tied(link, other) }])
  return true
}

/**
 * Somebody stands in for a member because of a ticket: each leads to the other from then on. Of a ticket of another
 * practice, or of none that is there, nothing is tied.
 *
 * @param of the practice somebody stands in
 * @returns the ticket, as it is called; undefined where it is none of that practice
 */
export async function tieImpersonation(
  db: CentralDb,
  parts: Pick<Parts, 'clock'>,
  {
    ticketId,
    impersonationId,
    tenantId,
    by,
  }: { ticketId: string; impersonationId: string; tenantId: string; by: Who },
): Promise<string | undefined> {
  const held = await lockWhereItLives(db, ticketId).catch((error: unknown) => {
    if (error instanceof NotFound) return undefined
    throw error
  })
  if (!held || held.tenantId !== tenantId || held.trashedAt !== null) return undefined
  await tie(db, parts, { ticketId: held.id, kind: 'impersonation', targetId: impersonationId }, by)
  return `#${held.number}`
}
