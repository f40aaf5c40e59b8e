/**
 * What a link points to, as it is called now and by whoever may see it. A log that stored it would tell a subject after it was
 * forgotten, and the number of an invoice to whoever reads tickets.
 */
import type { LinkKind, TicketEvent, TicketLink } from '#contract/support'
import { invoiceSeenBy } from '#server/billing'
import type { CentralDb } from '#platform/server/db.ts'
import type { Actor } from '#platform/server/requests.ts'
import { impersonationNamed, ticketsNamed } from './queries.ts'

export type Asker = Pick<Actor, 'staffId' | 'permissions' | 'limits'>

/** What an event of the log says of the other end; no word of it. */
export type Tied = { link: LinkKind; targetId: string; number?: number }

type Target = Pick<TicketLink, 'kind' | 'id'>

/** @returns by id; what is not there, or not theirs to see, is left out */
export async function namesOfLinked(
  db: CentralDb,
  asker: Asker,
  targets: readonly Target[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  const idsOf = (kind: LinkKind) => [
    ...new Set(targets.filter((target) => target.kind === kind).map(({ id }) => id)),
  ]
  for (const { id, number, subject, forgottenAt } of await ticketsNamed(db, idsOf('ticket')))
    names.set(id, forgottenAt === null ? `#${number} ${subject}` : `#${number}`)
  for (const id of idsOf('invoice')) {
    const number = (await invoiceSeenBy(db, asker, id))?.number
    if (number) names.set(id, number)
  }
  if (!asker.permissions.has('impersonation.read')) return names
  for (const id of idsOf('impersonation')) {
    const name = await impersonationNamed(db, id)
    if (name) names.set(id, name)
  }
  return names
}

/** What such an event points to; null: it tells of something else, or no longer of what. */
export function tiedIn({ kind, data }: Pick<TicketEvent, 'kind' | 'data'>): Target | null {
  if (kind !== 'linked' && kind !== 'unlinked') return null
  const { link, targetId } = data as Partial<Tied> // as `linking.ts` writes it
  return link && targetId ? { kind: link, id: targetId } : null
}

/** An event of the log with the name of what it points to; where that is nobody's to tell, with its number alone. */
export function withItsName(event: TicketEvent, names: ReadonlyMap<string, string>): TicketEvent {
  if (event.kind !== 'linked' && event.kind !== 'unlinked') return event
  const { link, number } = event.data as Partial<Tied>
  const target = tiedIn(event)
  const name = (target && names.get(target.id)) ?? (number === undefined ? '' : `#${number}`)
  return { ...event, data: { link, to: name } }
}

/** Tickets are told to whoever reads tickets; the rest to whoever may see it. */
export const linkShown = (link: TicketLink, names: ReadonlyMap<string, string>): TicketLink =>
  link.kind === 'ticket' || names.has(link.id) ? link : { ...link, label: '' }
