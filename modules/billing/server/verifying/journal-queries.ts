/** Every statement about the journal, and about what it tells of. */
import { sql, type CentralDb } from '#platform/server/db.ts'

export type JournalEntry = {
  id: number
  source: string
  gone: string
  xid: string
  writtenAt: string
  said: string
  position: number
  sha256: Buffer
}

/** In the order in which they were sealed. */
export async function sealedEntries(db: CentralDb, after: number, limit: number): Promise<JournalEntry[]> {
  const { rows } = await sql<JournalEntry>`
    select id, source, case when gone then 't' else 'f' end as gone, xid::text as xid, to_char(written_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as "writtenAt",
      said, position, sha256
    from billing_journal where position > ${after} order by position limit ${limit}`.execute(db)
  return rows
}

export async function openEntries(db: CentralDb): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from billing_journal where position is null`.execute(db)
  return rows[0]?.count ?? 0
}

/** Where the log says that the journal stood. */
export async function sealsTold(db: CentralDb): Promise<{ position: number; sha256: string }[]> {
  const { rows } = await sql<{ id: string }>`
    select object_id as id from audit_log where verb = 'billing_journal.sealed' and object_type = 'billing_journal' and result = 'done'
      and object_id is not null`.execute(db)
  return rows.map(({ id }) => {
    const [position = '', sha256 = ''] = id.split(' ')
    return { position: Number(position), sha256 }
  })
}

/** By table: what names a row. */
export const journaled = {
  payments: ['id'],
  payment_allocations: ['payment_id', 'invoice_id'],
  credit_allocations: ['credit_note_id', 'invoice_id'],
  deposits_taken: ['document_id', 'deposit_id', 'vat_category', 'vat_basis_points'],
  invoice_events: ['id'],
  dunning_letters: ['id'],
  accounting_closings: ['id'],
  billing_settings: ['id'],
} as const
export type Journaled = keyof typeof journaled

export type Strayed = {
  key: string
  how: 'inserted' | 'deleted' | 'altered'
  /** Of what was altered: field by field, what was written and what stands there. */
  fields: Record<string, [written: unknown, found: unknown]> | null
}

/** Rows that are not what was last written of them. */
export async function strayed(db: CentralDb, table: Journaled): Promise<Strayed[]> {
  const name = sql.table(table)
  const keyOf = (column: (name: string) => ReturnType<typeof sql>) =>
    sql`concat_ws(' ', ${sql.join(journaled[table].map(column))})`
  // What was taken over is told to the log in one sum (taking-over.ts).
  const standing =
    table === 'payments'
      ? sql`where t.source <> 'import'`
      : table === 'payment_allocations'
        ? sql`where exists (select from payments p where p.id = t.payment_id and p.source <> 'import')
            or exists (select from written w where w.key = concat_ws(' ', t.payment_id, t.invoice_id))`
        : sql``
  const { rows } = await sql<Strayed>`
    with written as materialized (
      select distinct on (key) key, gone, said
      from (select id, gone, said::jsonb as said from billing_journal where source = ${table}) entry,
        lateral (select ${keyOf((column) => sql`said ->> ${sql.lit(column)}`)} as key) named
      order by key, id desc),
    standing as (select ${keyOf((column) => sql`t.${sql.ref(column)}`)} as key, t as row from ${name} t ${standing})
    select coalesce(written.key, standing.key) as key,
      case when standing.key is null then 'deleted' when written.key is null or gone then 'inserted' else 'altered' end as how,
      case when standing.key is not null and not gone then (
        select json_object_agg(now.key, json_build_array(once.value, now.value))
        from jsonb_each(to_jsonb(standing.row)) now join jsonb_each(to_jsonb(jsonb_populate_record(standing.row, said))) once on once.key = now.key
        where now.value is distinct from once.value) end as fields
    from written full join standing on standing.key = written.key
    where (standing.key is null) <> coalesce(gone, true)
      or (standing.key is not null and not gone and jsonb_populate_record(standing.row, said) is distinct from standing.row)
    limit 1000`.execute(db)
  return rows
}

/** Money that moved, and whatever names a person, in a transaction that told the log nothing. */
export async function untold(db: CentralDb): Promise<{ source: string; said: string }[]> {
  const { rows } = await sql<{ source: string; said: string }>`
    select source, said from billing_journal
    where (source in ('payments', 'payment_allocations', 'credit_allocations', 'deposits_taken', 'accounting_closings', 'dunning_letters')
        or source = 'invoice_events' and (said::jsonb ->> 'by_staff_id' is not null or said::jsonb ->> 'kind' = 'finalised')
        or source = 'billing_settings' and said::jsonb ->> 'proposed_by' is not null)
      and xid in (
        select xid from (select distinct xid from billing_journal) transactions
        where not exists (select from audit_log l where l.xid = transactions.xid and l.result = 'done'))
    order by id limit 1000`.execute(db)
  return rows
}

/** Events that claim another hour than the database's own clock when they were written; a past told in bulk does. */
export async function misdated(
  db: CentralDb,
): Promise<{ id: string; number: string; at: Date; writtenAt: Date }[]> {
  const { rows } = await sql<{ id: string; number: string; at: Date; writtenAt: Date }>`
    select e.id, d.number, e.at, j.written_at as "writtenAt"
    from billing_journal j
    join invoice_events e on e.id = (j.said::jsonb ->> 'id')::uuid
    join invoice_documents d on d.invoice_id = e.invoice_id
    where j.source = 'invoice_events' and e.kind in ('finalised', 'rendered', 'sent', 'paid', 'reopened', 'credited')
      and (e.kind <> 'finalised' or d.wanted = 'now') and abs(extract(epoch from j.written_at - e.at)) > 3600
    order by e.at limit 1000`.execute(db)
  return rows
}

/** Documents that claim to be paid by another sum than their allocations. */
export async function missettled(
  db: CentralDb,
): Promise<{ id: string; number: string | null; paidCents: number; allocatedCents: number }[]> {
  const { rows } = await sql<{
    id: string
    number: string | null
    paidCents: number
    allocatedCents: number
  }>`
    select i.id, i.number, i.paid_cents as "paidCents", coalesce(a.cents, 0) as "allocatedCents"
    from invoices i left join (
      select id, sum(cents)::bigint as cents from (
        select invoice_id, amount_cents from payment_allocations
        union all select invoice_id, amount_cents from credit_allocations
        union all select credit_note_id, -amount_cents from credit_allocations) allocation (id, cents)
      group by id) a on a.id = i.id
    where i.paid_cents <> coalesce(a.cents, 0) order by i.number limit 1000`.execute(db)
  return rows
}

export type PaymentTold = {
  entryId: string
  verb: string
  paymentId: string
  sealed: Buffer | null
  commitment: Buffer | null
  row: { clientId: string; amountCents: number; receivedOn: string } | null
}

/** Payments the log names one by one, some at a time in the order of its ids. */
export async function paymentsTold(
  db: CentralDb,
  after: string | null,
  limit: number,
): Promise<PaymentTold[]> {
  const { rows } = await sql<PaymentTold>`
    select l.id as "entryId", l.verb, l.object_id as "paymentId", l.sealed, l.commitment,
      case when p.id is not null then json_build_object('clientId', p.client_id, 'amountCents', p.amount_cents, 'receivedOn', p.received_on) end as "row"
    from audit_log l left join payments p on p.id::text = l.object_id
    where l.verb in ('payment.recorded', 'payment.refunded') and l.object_type = 'payment' and l.result = 'done' and l.object_id is not null
      and (${after}::uuid is null or l.id > ${after}::uuid)
    order by l.id limit ${limit}`.execute(db)
  return rows
}
