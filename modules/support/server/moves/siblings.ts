/** Other tickets of the same customer, and which of them look like the same question. */
import { listSiblingTickets, tellTicketsApart, type SiblingTicket } from '#contract/support'
import { plainText } from '#platform/server/plain-text.ts'
import { found, handle, NotFound, type Handler } from '#platform/server/requests.ts'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { insertEvents } from '../tickets/queries.ts'
import { lockTickets, type Held } from '../tickets/lock.ts'
import { isOfOneCustomer, type Whose } from './same-customer.ts'

const shown = 20
/** Twice the same question comes within days, not months. */
const daysApart = 7
/** Of the words of both subjects and first messages, found by trying it on real pairs: much less is chance. */
const alike = 0.3

export const siblings: readonly Handler[] = [
  handle(listSiblingTickets, async ({ db }, { params: { id }, query: { q } }) => {
    const ticket = found(await db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirst())
    return { rows: await siblingsOf(db, ticket, q) }
  }),

  handle(tellTicketsApart, async (ctx, { params: { id, otherId }, body: { apart } }) => {
    const { db, actor, clock } = ctx
    const held = await lockTickets(db, [id, otherId])
    const [one, other] = [id, otherId].map((wanted) => held.find((ticket) => ticket.id === wanted))
    if (!one || !other || !isOfOneCustomer(one, other)) throw new NotFound()
    const by = { actorStaffId: actor.staffId, actorMemberId: null, actorLabel: actor.name }
    // The clocks know nothing of it, so they are not worked out anew.
    await insertEvents(
      db,
      [
        { of: one, from: other },
        { of: other, from: one },
      ].map(({ of, from }) => ({
        ...by,
        ticketId: of.id,
        at: clock.now(),
        kind: apart ? 'told_apart' : 'told_alike',
        data: JSON.stringify({ other: from.id, number: from.number }),
      })),
    )
    ctx.record({
      object: 'ticket',
      id,
      ticket: `#${one.number}`,
      after: { other: `#${other.number}`, otherId, apart },
    })
    return undefined
  }),
]

/** Few: one customer's, by the indexes on who asked. */
async function siblingsOf(db: CentralDb, ticket: Held, q: string | undefined): Promise<SiblingTicket[]> {
  const isTheirs =
    ticket.tenantId === null
      ? sql`t.tenant_id is null and plain_text(t.requester_name || ' ' || t.requester_email) like ${likely(ticket.requesterEmail)}
          and t.requester_email = ${ticket.requesterEmail}`
      : sql`t.tenant_id = ${ticket.tenantId}::uuid`
  const number = /^#?(\d{1,9})$/.exec(q?.trim() ?? '')?.[1]
  const isWanted = !q
    ? sql`true`
    : number
      ? sql`t.number = ${Number(number)}`
      : sql`plain_text(t.subject || ' ' || t.requester_name) like ${likely(q)}`
  const { rows } = await sql<SiblingTicket & Whose>`
    with own as (select plain_text(${ticket.subject}::text || ' ' || coalesce(left((select body from ticket_messages
        where ticket_id = ${ticket.id} order by written_at, id limit 1), 500), '')) as words),
    apart as (select distinct on (data ->> 'other') data ->> 'other' as other, kind from ticket_events
        where ticket_id = ${ticket.id} and kind in ('told_apart', 'told_alike') order by data ->> 'other', at desc, id desc)
    select t.id, t.number, t.subject, t.status, t.requester_name as requester,
      to_char(t.opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "openedAt",
      t.tenant_id as "tenantId", t.client_id as "clientId", t.requester_member_id as "requesterMemberId",
      t.requester_email as "requesterEmail",
      t.status <> 'resolved' and ${ticket.status}::text <> 'resolved'
        and abs(extract(epoch from t.opened_at - ${ticket.openedAt}::timestamptz)) < ${daysApart * 86_400}
        and not exists (select from apart where other = t.id::text and kind = 'told_apart')
        and similarity(own.words, plain_text(t.subject || ' ' || coalesce(left(begun.body, 500), ''))) > ${alike} as likely
    from tickets t cross join own
      left join lateral (select body from ticket_messages where ticket_id = t.id order by written_at, id limit 1) begun on true
    where ${isTheirs} and ${isWanted} and t.id <> ${ticket.id} and t.trashed_at is null and t.merged_into_id is null
    order by likely desc, t.status = 'resolved', t.last_message_at desc, t.id limit ${sql.lit(shown * 5)}`.execute(
    db,
  )
  return rows
    .filter((row) => isOfOneCustomer(ticket, row))
    .slice(0, shown)
    .map(({ id, number: itsNumber, subject, status, requester, openedAt, likely: isLikely }) => ({
      id,
      number: itsNumber,
      subject,
      status,
      requester,
      openedAt,
      likely: isLikely,
    }))
}

const likely = (typed: string) => `%${plainText(typed).replaceAll(/[%_\\]/g, '\\$&')}%`
