/** The statement that looks for who may have paid: for a page of lines at once, since most of its work is the same for all. */
import { sql, type CentralDb } from '#platform/server/db.ts'
import { inside, type Within } from '#server/access'
import type { Candidate } from './scoring.ts'

/** Of a line. */
const candidatesAtMost = 40
/** Of a candidate, the oldest first: as many as a line may pay. */
const invoicesAtMost = 200

/** @param words as `plain` writes them */
type Looked = {
  numbers: readonly string[]
  amountCents: number
  words: readonly string[]
  counterparty: string
  counterpartyEnding: string
}

type Found = Candidate & { seen: boolean }

const unpaid = sql`state = 'issued' and kind = 'invoice' and paid_cents < (total_excl_cents + total_vat_cents)`
const owedCents = sql`(total_excl_cents + total_vat_cents - paid_cents)`
const wordsOf = (text: ReturnType<typeof sql>) =>
  sql`string_to_array(trim(regexp_replace(plain_text(${text}), '[^a-z0-9]+', ' ', 'g')), ' ')`

/**
 * All clients, since whose payment it is does not depend on who asks; whom that person may not see is said of each. Those who
 * owe something and are named by a number, an amount, a name, or the account it came from; and whose paid invoice it names.
 * @returns of each line, in their order
 */
export async function candidatesFor(
  db: CentralDb,
  lines: readonly Looked[],
  mine: Within,
): Promise<Found[][]> {
  const { rows } = await sql<Found & { nth: number }>`
    with lines as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(lines.map((line, nth) => ({ ...line, nth })))}::jsonb) as line (
        nth integer, numbers text[], "amountCents" bigint, words text[], counterparty text, "counterpartyEnding" text)
    ), owing as materialized (
      select client_id, count(*)::integer as invoices, sum(${owedCents})::bigint as cents from invoices where ${unpaid} group by client_id
    ), named as materialized (
      select nth, invoices.id, client_id, invoices.number, due_on, ${owedCents} as cents
      from lines, unnest(numbers) wanted (number) join invoices on invoices.number = wanted.number
      where state = 'issued' and kind = 'invoice'
    ), by_account as materialized (
      select distinct nth, payments.client_id
      from lines join bank_transactions told on told.counterparty_ending = "counterpartyEnding" and told.counterparty = lines.counterparty
      join payments on payments.id = told.payment_id
      where told.state = 'matched' and told.counterparty_ending <> ''
    ), names as materialized (
      select owing.client_id, ${wordsOf(sql`first_name || ' ' || last_name`)} as words from owing join clients on clients.id = client_id
      union all
      select owing.client_id, ${wordsOf(sql`legal_name`)} from owing join billing_profiles using (client_id) where legal_name <> ''
    ), found as (
      select nth, client_id, 3 as worth from named
      union all select nth, client_id, 2 from by_account join owing using (client_id)
      union all
      select distinct nth, client_id, 1 from lines, unnest(words) word join names on names.words[1] = word where names.words <@ lines.words
      union all
      select nth, client_id, 0 from lines, lateral (
        select client_id from invoices where ${unpaid} and ${owedCents} = "amountCents" group by client_id limit ${candidatesAtMost}) owes
      union all select nth, client_id, 0 from lines join owing on owing.cents = "amountCents" and owing.invoices > 1
    ), best as (
      select nth, client_id, row_number() over (partition by nth order by max(worth) desc, sum(worth) desc, client_id) as place
      from found group by nth, client_id
    )
    select nth,
      jsonb_build_object('id', clients.id, 'firstName', first_name, 'lastName', last_name, 'email', clients.email) as client,
      coalesce(billing_profiles.legal_name, '') as "legalName", ${inside(mine, sql`clients`)} as seen,
      exists (select from by_account where by_account.nth = best.nth and by_account.client_id = clients.id) as "paidBefore",
      coalesce((select jsonb_agg(jsonb_build_object('id', named.id, 'number', number) order by number)
        from named where named.nth = best.nth and named.client_id = clients.id and cents <= 0), '[]'::jsonb) as "paidNumbers",
      coalesce(owing.invoices, 0) as "owedInvoices", coalesce(owing.cents, 0) as "owedCents",
      coalesce((select jsonb_agg(jsonb_build_object('id', owed.id, 'number', number, 'outstandingCents', cents) order by due_on nulls last, number)
        from (
          (select id, number, due_on, ${owedCents} as cents from invoices where client_id = clients.id and ${unpaid}
            order by due_on, number limit ${invoicesAtMost})
          union
          (select id, number, due_on, ${owedCents} from invoices where client_id = clients.id and ${unpaid} and ${owedCents} = "amountCents" limit 1)
          union
          select named.id, number, due_on, cents from named where named.nth = best.nth and named.client_id = clients.id and cents > 0) owed),
        '[]'::jsonb) as invoices
    from best join lines using (nth) join clients on clients.id = best.client_id
    left join owing on owing.client_id = best.client_id
    left join billing_profiles on billing_profiles.client_id = best.client_id
    where place <= ${candidatesAtMost}`.execute(db)
  const byLine = Map.groupBy(rows, ({ nth }) => nth)
  return lines.map((_, nth) => byLine.get(nth) ?? [])
}
