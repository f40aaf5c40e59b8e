/** What an older system issued and received, in sums by month: it stands in no chain, and is told to the log once. */
import { createHash } from 'node:crypto'
import { canonicalJson } from '#server/audit'
import { sql, type CentralDb } from '#platform/server/db.ts'

export type TakenOver = { what: string; month: string; rows: number; cents: number; sha256: string }

/** Reads all of it: a million documents take some seconds. */
export async function takenOver(db: CentralDb): Promise<TakenOver[]> {
  const { rows } = await sql<TakenOver>`
    with old as materialized (select id, to_char(received_on, 'YYYY-MM') as month from payments where source = 'import'),
    first_change as (
      select distinct on (1, 2) said ->> 'payment_id' as payment, said ->> 'invoice_id' as invoice, gone, (said ->> 'amount_cents')::bigint as cents
      from (select id, gone, said::jsonb as said from billing_journal where source = 'payment_allocations') entry order by 1, 2, id),
    one as (
      select 'invoices' as what, to_char(i.issued_on, 'YYYY-MM') as month, i.id::text as id, i.total_excl_cents + i.total_vat_cents as cents,
        concat_ws('|', i.client_id, i.kind, i.type_code, i.number, to_char(i.issued_on, 'YYYY-MM-DD'), to_char(i.due_on, 'YYYY-MM-DD'),
          i.total_excl_cents, i.total_vat_cents, (
            select string_agg(concat_ws('|', l.position, l.description, trim_scale(l.quantity), l.unit_price_cents, l.vat_basis_points), '||' order by l.position)
            from invoice_lines l where l.invoice_id = i.id)) as said
      from invoices i where i.state = 'issued' and i.origin = 'import'
      union all
      select 'payments', to_char(received_on, 'YYYY-MM'), id::text, amount_cents,
        concat_ws('|', client_id, to_char(received_on, 'YYYY-MM-DD'), amount_cents, method, reference)
      from payments where source = 'import'
      union all
      -- As they stood then: what went since is in the journal, what came since is too.
      select 'payment_allocations', old.month, concat_ws(' ', a.payment_id, a.invoice_id), a.amount_cents, a.amount_cents::text
      from old join payment_allocations a on a.payment_id = old.id
      where not exists (select from first_change c where c.payment = a.payment_id::text and c.invoice = a.invoice_id::text)
      union all
      select 'payment_allocations', old.month, concat_ws(' ', c.payment, c.invoice), c.cents, c.cents::text
      from old join first_change c on c.payment = old.id::text where c.gone)
    select what, month, count(*)::integer as rows, sum(cents)::bigint as cents,
      encode(sha256(convert_to(string_agg(encode(sha256(convert_to(concat_ws('|', id, said), 'UTF8')), 'hex'), '' order by id), 'UTF8')), 'hex') as sha256
    from one group by what, month order by what, month`.execute(db)
  return rows
}

export const takenOverHash = (told: readonly TakenOver[]): string =>
  createHash('sha256').update(canonicalJson(told)).digest('hex')
