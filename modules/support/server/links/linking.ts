import { linkedToItself, listLinkedTickets, setTicketLink, type LinkKind } from '#contract/support'
import { invoiceSeenBy } from '#server/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, NotFound, refuse, type Actor, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { happened, type By } from '../tickets/happening.ts'
import { holdStanding, lockTicket, lockWhereItLives, type Held } from '../tickets/lock.ts'
import { shownTicket } from '../tickets/shown.ts'
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
    const label = await labelOf(db, actor, kind, targetId)
    const by = { staffId: actor.staffId, label: actor.name }
    const link = { ticketId: id, kind, targetId }
    const isNew = linked
      ? await tie(db, parts, link, { label, by })
      : await untie(db, parts, link, { label, by })
    const other = held.find((one) => one.id === targetId)
    if (isNew && other)
      await happened(db, parts, targetId, [
        { kind: linked ? 'linked' : 'unlinked', by, data: { link: 'ticket', to: nameOf(ticket) } },
      ])
    ctx.record({
      object: 'ticket',
      id,
      tenant: ticket.tenantId ?? undefined,
      ticket: `#${ticket.number}`,
      before: { linked: isNew ? !linked : linked },
      after: { linked, kind, target: targetId },
    })
    return shownTicket(db, id, actor.staffId, ctx.clock.now())
  }),

  handle(listLinkedTickets, async ({ db }, { query }) => ({
    // As the table's CHECK holds it.
    rows: (await ticketsLinkedTo(db, query)).map((row) => ({
      ...row,
      status: row.status as 'new' | 'in_progress' | 'resolved',
    })),
  })),
]

const nameOf = ({ number, subject }: Held) => `#${number} ${subject}`

async function lockBoth(db: CentralDb, id: string, other: string): Promise<Held[]> {
  const held: Held[] = []
  for (const one of [...new Set([id, other])].toSorted()) held.push(await holdStanding(db, one))
  return held
}

/** @throws NotFound where it is not there, or not theirs to see */
async function labelOf(db: CentralDb, actor: Actor, kind: LinkKind, targetId: string): Promise<string> {
  if (kind === 'ticket') return nameOf(await lockTicket(db, targetId))
  if (kind === 'invoice') return found(await invoiceSeenBy(db, actor, targetId)).number ?? ''
  if (!actor.permissions.has('impersonation.read')) throw new NotFound()
  return found(await impersonationNamed(db, targetId))
}

type Told = { label: string; by: By & { staffId: string } }

/** Within the caller's transaction, which holds the ticket. @returns whether they were not tied together before */
async function tie(db: CentralDb, parts: Pick<Parts, 'clock'>, link: Link, { label, by }: Told) {
  if (await isLinked(db, link)) return false
  await insertLink(db, link, by.staffId, parts.clock.now())
  await happened(db, parts, link.ticketId, [{ kind: 'linked', by, data: { link: link.kind, to: label } }])
  return true
}

async function untie(db: CentralDb, parts: Pick<Parts, 'clock'>, link: Link, { label, by }: Told) {
  if (!(await deleteLink(db, link))) return false
  await happened(db, parts, link.ticketId, [{ kind: 'unlinked', by, data: { link: link.kind, to: label } }])
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
  }: { ticketId: string; impersonationId: string; tenantId: string; by: Told['by'] },
): Promise<string | undefined> {
  const held = await lockWhereItLives(db, ticketId).catch((error: unknown) => {
    if (error instanceof NotFound) return undefined
    throw error
  })
  if (!held || held.tenantId !== tenantId || held.trashedAt !== null) return undefined
  await tie(
    db,
    parts,
    { ticketId: held.id, kind: 'impersonation', targetId: impersonationId },
    { label: by.label, by },
  )
  return `#${held.number}`
}
