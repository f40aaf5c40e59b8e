/** Every statement about what tickets hang together with. */
import type { LinkKind } from '#contract/support'
import { sql, type RawBuilder } from 'kysely'
import type { Tables } from '#platform/server/db.ts'

export type Link = { ticketId: string; kind: LinkKind; targetId: string }

type Links = Tables<'ticketLinks'>

/** @returns whether there was none before */
export async function insertLink(db: Links, link: Link, by: string | null, now: Date): Promise<boolean> {
  const inserted = await db
    .insertInto('ticketLinks')
    .values({ ...link, createdBy: by, createdAt: now })
    .onConflict((known) => known.doNothing())
    .returning('ticketId')
    .executeTakeFirst()
  return inserted !== undefined
}

/** Of two tickets either may have been said to hang together with the other. */
const sides = ({ ticketId, kind, targetId }: Link): RawBuilder<boolean> =>
  sql<boolean>`(kind = ${kind} and (ticket_id = ${ticketId} and target_id = ${targetId}
    or ${kind} = 'ticket' and ticket_id = ${targetId} and target_id = ${ticketId}))`

export async function isLinked(db: Links, link: Link): Promise<boolean> {
  const row = await db.selectFrom('ticketLinks').select('ticketId').where(sides(link)).executeTakeFirst()
  return row !== undefined
}

export async function deleteLink(db: Links, link: Link): Promise<boolean> {
  const gone = await db.deleteFrom('ticketLinks').where(sides(link)).returning('ticketId').execute()
  return gone.length > 0
}

export const ticketsLinkedTo = (
  db: Tables<'ticketLinks' | 'tickets'>,
  { kind, targetId }: Omit<Link, 'ticketId'>,
) =>
  db
    .selectFrom('ticketLinks')
    .innerJoin('tickets', 'tickets.id', 'ticketLinks.ticketId')
    .where('kind', '=', kind)
    .where('targetId', '=', targetId)
    .where('trashedAt', 'is', null)
    .select(['tickets.id', 'number', 'subject', 'status', 'waiting'])
    .orderBy('number', 'desc')
    .limit(100)
    .execute()

export const ticketsNamed = (db: Tables<'tickets'>, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('tickets')
        .where('id', 'in', ids)
        .select(['id', 'number', 'subject', 'forgottenAt'])
        .execute()

/** Who stood in for whom, as a link is called. */
export async function impersonationNamed(
  db: Tables<'impersonations' | 'staffMembers'>,
  id: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('impersonations')
    .innerJoin('staffMembers', 'staffMembers.id', 'staffId')
    .where('impersonations.id', '=', id)
    .select(sql<string>`first_name || ' ' || last_name`.as('name'))
    .executeTakeFirst()
  return row?.name
}
