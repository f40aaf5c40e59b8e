/** Every statement that looks for who may have paid. */
import { sql, type CentralDb } from '#platform/server/db.ts'
import { inside, type Within } from '#server/access'
import type { Candidate } from './scoring.ts'

const candidatesAtMost = 40

/**
 * All clients, since whose payment it is does not depend on who asks; whom that person may not see is said of each. Those who
 * owe something and are named by a number, an amount, a name, or the account it came from; and whose paid invoice it names.
 * @param wanted words as `plain` writes them
 */
export async function candidatesFor(
  db: CentralDb,
  wanted: {
    numbers: readonly string[]
    amountCents: number
    words: readonly string[]
    counterparty: string
    counterpartyEnding: string
  },
  mine: Within,
): Promise<(Candidate & { seen: boolean })[]> {
  const { rows } = await sql<Candidate & { seen: boolean }>`
    with owed as materialized (
      select id, client_id, number, due_on, issued_on, total_excl_cents + total_vat_cents - paid_cents as cents from invoices
      where state = 'issued' and kind = 'invoice' and paid_cents < (total_excl_cents + total_vat_cents)
    ), by_number as (
      select client_id from owed where number = any(${wanted.numbers}::text[])
    ), paid as materialized (
      select id, client_id, number from invoices where number = any(${wanted.numbers}::text[])
        and state = 'issued' and kind = 'invoice' and paid_cents >= (total_excl_cents + total_vat_cents)
    ), by_account as (
      select payments.client_id from bank_transactions join payments on payments.id = bank_transactions.payment_id
      where bank_transactions.state = 'matched' and ${wanted.counterpartyEnding} <> ''
        and counterparty_ending = ${wanted.counterpartyEnding} and counterparty = ${wanted.counterparty}
    ), by_amount as (
      select client_id from owed group by client_id
      having bool_or(cents = ${wanted.amountCents}) or sum(cents) = ${wanted.amountCents}
    ), found as (
      select client_id, 3 as worth from by_number
      union all select client_id, 3 from paid
      union all select client_id, 2 from by_account where client_id in (select client_id from owed)
      union all select id, 1 from clients where id in (select client_id from owed)
        and string_to_array(trim(regexp_replace(plain_text(first_name || ' ' || last_name), '[^a-z0-9]+', ' ', 'g')), ' ')
          <@ ${wanted.words}::text[]
      union all select client_id, 1 from billing_profiles where legal_name <> '' and client_id in (select client_id from owed)
        and string_to_array(trim(regexp_replace(plain_text(legal_name), '[^a-z0-9]+', ' ', 'g')), ' ') <@ ${wanted.words}::text[]
      union all select client_id, 0 from by_amount
    ), best as (
      select client_id from found group by client_id order by max(worth) desc, sum(worth) desc, client_id limit ${candidatesAtMost}
    )
    select jsonb_build_object('id', clients.id, 'firstName', first_name, 'lastName', last_name, 'email', clients.email) as client,
      coalesce(billing_profiles.legal_name, '') as "legalName", ${inside(mine, sql`clients`)} as seen,
      exists (select from by_account where by_account.client_id = clients.id) as "paidBefore",
      coalesce((select jsonb_agg(jsonb_build_object('id', paid.id, 'number', paid.number) order by paid.number)
        from paid where paid.client_id = clients.id), '[]'::jsonb) as "paidNumbers",
      coalesce((select jsonb_agg(jsonb_build_object('id', owed.id, 'number', owed.number, 'outstandingCents', owed.cents)
        order by owed.due_on nulls last, owed.number) from owed where owed.client_id = clients.id), '[]'::jsonb) as invoices
    from best join clients on clients.id = best.client_id left join billing_profiles on billing_profiles.client_id = clients.id`.execute(
    db,
  )
  return rows
}
