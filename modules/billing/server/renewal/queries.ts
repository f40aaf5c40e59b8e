import type { RenewalLine, RenewalRun } from '#contract/billing'
import { andInside, type Within } from '#server/access'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { pricing, type VatRule } from './pricing.ts'
import { renewable } from './renewing.ts'

const shown = 200

export type Previewed = {
  documents: number
  held: number
  exclCents: number
  inclCents: number
  without: number
  rows: RenewalLine[]
}

/** What a run would make: the same reckoning, nothing kept. Who is several periods behind is shown with the first. */
export async function previewed(db: CentralDb, until: string, vat: VatRule): Promise<Previewed> {
  const { rows } = await sql<Previewed>`
    with ${pricing(sql`s.next_period_on <= ${until}::date and ${renewable}`, vat)},
    all_of_them as (
      select priced.*, coalesce(excl_cents, 0) as excl_cents, coalesce(excl_cents + vat_cents, 0) as incl_cents,
        coalesce(hindrance, case when coalesce(nothing_due, true) then 'nothing_due' end) as why
      from priced left join summed on subscription_id = id)
    select count(*) filter (where why is null) as documents, count(*) filter (where why is null and hold_for_review) as held,
      coalesce(sum(excl_cents) filter (where why is null), 0)::bigint as "exclCents",
      coalesce(sum(incl_cents) filter (where why is null), 0)::bigint as "inclCents", count(why) as without,
      (select coalesce(json_agg(json_build_object('subscriptionId', best.id,
          'client', json_build_object('id', c.id, 'firstName', c.first_name, 'lastName', c.last_name, 'email', c.email),
          'plan', plan, 'intervalMonths', months, 'from', from_on, 'until', ends_on - 1, 'exclCents', excl_cents,
          'inclCents', incl_cents, 'held', hold_for_review, 'why', why) order by why is not null desc, incl_cents desc, best.id), '[]')
        from (select * from all_of_them order by why is not null desc, incl_cents desc, id limit ${shown}) best
        join clients c on c.id = client_id) as rows
    from all_of_them`.execute(db)
  return rows[0]! // an aggregate has one row
}

export async function latestRuns(db: CentralDb): Promise<RenewalRun[]> {
  const { rows } = await sql<
    Omit<RenewalRun, 'startedAt' | 'endedAt'> & { startedAt: Date; endedAt: Date | null }
  >`
    select r.id, until_on as "untilOn", started_at as "startedAt", ended_at as "endedAt", renewed, held,
      excl_cents as "exclCents", s.first_name || ' ' || s.last_name as by
    from renewal_runs r left join staff_members s on s.id = started_by order by started_at desc limit 20`.execute(
    db,
  )
  return rows.map((run) => ({
    ...run,
    startedAt: run.startedAt.toISOString(),
    endedAt: run.endedAt?.toISOString() ?? null,
  }))
}

type HeldDraft = {
  invoiceId: string
  client: { id: string; firstName: string; lastName: string; email: string }
  from: string
  until: string
  exclCents: number
  inclCents: number
}

export async function heldDrafts(
  db: CentralDb,
): Promise<{ held: HeldDraft[]; heldTotal: number; waiting: number }> {
  const { rows } = await sql<{ held: HeldDraft[]; heldTotal: number; waiting: number }>`
    with drafts as (select * from invoices where state = 'draft' and origin = 'renewal')
    select count(*) filter (where held) as "heldTotal", count(*) filter (where not held) as waiting,
      (select coalesce(json_agg(json_build_object('invoiceId', d.id,
          'client', json_build_object('id', c.id, 'firstName', c.first_name, 'lastName', c.last_name, 'email', c.email),
          'from', period_from, 'until', period_until, 'exclCents', total_excl_cents, 'inclCents', total_incl_cents)
          order by period_from, d.id), '[]')
        from (select * from drafts where held order by period_from, id limit ${shown}) d join clients c on c.id = d.client_id) as held
    from drafts`.execute(db)
  return rows[0]! // an aggregate has one row
}

/** Drafts of renewals that nobody holds, in the order of their periods. */
export async function draftsToIssue(db: CentralDb, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from invoices where state = 'draft' and origin = 'renewal' and not held
    order by period_from, id limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

/** @param mine whose drafts; undefined: anybody's */
export async function setHeld(
  db: CentralDb,
  ids: readonly string[],
  held: boolean,
  mine?: Within,
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update invoices set held = ${held}, revision = revision + 1
    where id = any(${ids}::uuid[]) and state = 'draft' and origin = 'renewal' and held <> ${held}
      ${mine ? sql`and exists (select from clients where clients.id = client_id ${andInside(mine, sql`clients`)})` : sql``} returning id`.execute(
    db,
  )
  return rows.length
}

/** Held, and its internal note says why, below what stands there. */
export async function holdWithNote(db: CentralDb, id: string, note: string): Promise<void> {
  await sql`update invoices set held = true, revision = revision + 1, internal_note = ltrim(internal_note || E'\\n' || ${note}::text, E'\\n')
    where id = ${id}::uuid and state = 'draft'`.execute(db)
}

/** One that was interrupted goes on as the same run. */
export async function openRun(
  db: CentralDb,
  run: { untilOn: string; startedBy: string | null; startedAt: Date },
): Promise<string> {
  const going = await db
    .selectFrom('renewalRuns')
    .where('untilOn', '=', run.untilOn)
    .where('endedAt', 'is', null)
    .where('startedBy', 'is not distinct from', run.startedBy)
    .select('id')
    .executeTakeFirst()
  if (going) return going.id
  const { id } = await db.insertInto('renewalRuns').values(run).returning('id').executeTakeFirstOrThrow()
  return id
}

export async function writeRun(
  db: CentralDb,
  id: string,
  more: { renewed: number; held: number; exclCents: number; afterId: string },
): Promise<void> {
  await sql`update renewal_runs set renewed = renewed + ${more.renewed}, held = held + ${more.held},
    excl_cents = excl_cents + ${more.exclCents}, after_id = ${more.afterId}::uuid where id = ${id}::uuid`.execute(
    db,
  )
}

export async function endRun(db: CentralDb, id: string, at: Date): Promise<void> {
  await db.updateTable('renewalRuns').set({ endedAt: at }).where('id', '=', id).execute()
}

export async function wasSent(db: CentralDb, invoiceId: string): Promise<boolean> {
  const row = await db
    .selectFrom('invoiceEvents')
    .where('invoiceId', '=', invoiceId)
    .where('kind', '=', 'sent')
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function frozenContent(db: CentralDb, invoiceId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('invoiceDocuments')
    .where('invoiceId', '=', invoiceId)
    .select('content')
    .executeTakeFirst()
  return row?.content
}
