import type { TimelineEntry } from '#contract/clients'
import { inside, type Within } from '#server/access'
import { sql, type Tables } from '#platform/server/db.ts'

type Of<Kind extends TimelineEntry['kind']> = Extract<TimelineEntry, { kind: Kind }>

/** The beginning of a day in Paris, as an instant. */
const beginning = (day: string) => sql`(${sql.raw(day)}::timestamp at time zone 'Europe/Paris')`

export async function clientIsThere(db: Tables<'clients'>, id: string, mine: Within) {
  return db
    .selectFrom('clients')
    .where('id', '=', id)
    .where(inside(mine, sql`clients`))
    .select('createdAt')
    .executeTakeFirst()
}

/** What became of the client's subscriptions, up to today but for a trial's end, which is announced. */
export async function subscriptionEvents(
  db: Tables<'subscriptions' | 'plans'>,
  clientId: string,
  { today, limit }: { today: string; limit: number },
): Promise<Of<'subscription'>[]> {
  const { rows } = await sql<{ entry: Of<'subscription'> }>`
    select json_build_object('kind', 'subscription', 'id', s.id || ' ' || event, 'at', ${beginning('day')},
      'precision', 'day', 'event', event, 'plan', plans.name, 'status', s.status, 'monthlyCents', s.monthly_cents) as entry
    from subscriptions s join plans on plans.id = s.plan_id,
      lateral (values ('started', s.started_on), ('trial_ends', s.trial_ends_on), ('paying', s.paying_from),
        ('stopped_paying', s.paying_until)) events (event, day)
    where s.client_id = ${clientId} and (day <= ${today}::date or event = 'trial_ends' and day is not null)
    order by day desc, event limit ${limit}`.execute(db)
  return rows.map(({ entry }) => entry)
}

/** The log keeps which ticket it was, never what it was about. */
export async function ticketsNamed(
  db: Tables<'tickets'>,
  ids: readonly string[],
): Promise<Map<string, NonNullable<Of<'action'>['ticket']>>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('tickets')
    .where('id', 'in', ids)
    .select(['id', 'number', 'subject'])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

export async function issuedInvoices(
  db: Tables<'invoices'>,
  clientId: string,
  limit: number,
): Promise<Of<'invoice'>[]> {
  const { rows } = await sql<{ entry: Of<'invoice'> }>`
    select json_build_object('kind', 'invoice', 'id', id, 'at', ${beginning('issued_on')}, 'precision', 'day',
      'document', kind, 'number', number, 'totalInclCents', total_incl_cents,
      'unpaidCents', case when kind = 'invoice' then greatest(0, total_incl_cents - paid_cents) else 0 end) as entry
    from invoices where client_id = ${clientId} and state = 'issued'
    order by issued_on desc, id desc limit ${limit}`.execute(db)
  return rows.map(({ entry }) => entry)
}

export async function receivedPayments(
  db: Tables<'payments'>,
  clientId: string,
  limit: number,
): Promise<Of<'payment'>[]> {
  const { rows } = await sql<{ entry: Of<'payment'> }>`
    select json_build_object('kind', 'payment', 'id', id, 'at', ${beginning('received_on')}, 'precision', 'day',
      'method', method, 'amountCents', amount_cents) as entry
    from payments where client_id = ${clientId}
    order by received_on desc, id desc limit ${limit}`.execute(db)
  return rows.map(({ entry }) => entry)
}
