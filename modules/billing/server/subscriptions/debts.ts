import { sql, type CentralDb } from '#platform/server/db.ts'

/**
 * Behind while an issued invoice of it is overdue; the invoice knows, and this says so. Held in the order in which renewals hold
 * them, so all at once and last.
 * @param clientIds else everybody's
 */
export async function weighDebts(db: CentralDb, day: string, clientIds?: readonly string[]): Promise<number> {
  const mine = clientIds === undefined ? sql`true` : sql`s.client_id = any(${clientIds}::uuid[])`
  const { rows } = await sql<{ id: string }>`
    with weighed as (
      select s.id, s.status, exists (
        select from invoices i where i.client_id = s.client_id and i.subscription_id = s.id and i.state = 'issued'
          and i.kind = 'invoice' and i.paid_cents < i.total_excl_cents + i.total_vat_cents
          and i.due_on < ${day}::date) as owes
      from subscriptions s where s.is_current and s.status in ('active', 'past_due')
        -- What was taken over says nothing of which invoice is whose.
        and exists (select from invoices i where i.subscription_id = s.id) and ${mine}),
    held as (
      select s.id, owes from subscriptions s join weighed on weighed.id = s.id
      -- Who stops meanwhile has stopped, whatever they owe.
      where s.status = weighed.status and (weighed.status = 'past_due') <> owes
      order by s.next_period_on, s.id for no key update of s),
    moved as (
      update subscriptions s set status = case when owes then 'past_due' else 'active' end
      from held where held.id = s.id returning s.id, s.status)
    insert into subscription_events (subscription_id, kind) select id, case status when 'past_due' then 'fell_behind' else 'caught_up' end
    from moved returning subscription_id as id`.execute(db)
  return rows.length
}
