// What a stop does to documents: its drafts before and after, to the cent.
import type { StopEffect, SubscriptionLine } from '#contract/billing'
import { sql, type CentralDb } from '#platform/server/db.ts'

type Draft = {
  id: string
  kind: 'invoice' | 'credit_note'
  exclCents: number
  vatCents: number
  lines: { position: number; line: SubscriptionLine }[]
}

/** Does it, and tells what it did. */
export async function effectOf(db: CentralDb, id: string, stop: () => Promise<string>): Promise<StopEffect> {
  const before = await draftsOf(db, id, [])
  const on = await stop()
  const known = new Map(before.map((draft) => [draft.id, draft]))
  const after = await draftsOf(db, id, [...known.keys()])
  const documents = after.flatMap((draft) => {
    const was = known.get(draft.id)
    known.delete(draft.id)
    if (was === undefined) return [shown(draft.kind, draft)]
    if (was.exclCents === draft.exclCents && was.vatCents === draft.vatCents) return []
    return [shown('draft_reduced', less(was, draft))]
  })
  // What asks for nothing any more was discarded.
  const gone = [...known.values()].map((was) => shown('draft_reduced', less(was)))
  return { on, documents: [...documents, ...gone], waitingCents: await waitingCents(db, id) }
}

const less = (was: Draft, draft?: Draft): Draft => ({
  ...was,
  exclCents: (draft?.exclCents ?? 0) - was.exclCents,
  vatCents: (draft?.vatCents ?? 0) - was.vatCents,
  lines: (draft?.lines ?? []).filter(({ position }) => !was.lines.some((one) => one.position === position)),
})

const shown = (
  kind: StopEffect['documents'][number]['kind'],
  { exclCents, vatCents, lines }: Draft,
): StopEffect['documents'][number] => ({
  kind,
  lines: lines.map(({ line }) => line),
  exclCents,
  vatCents,
  inclCents: exclCents + vatCents,
})

/** @param known ids of drafts that were seen before: their period may be gone by now */
async function draftsOf(db: CentralDb, id: string, known: readonly string[]): Promise<Draft[]> {
  const { rows } = await sql<Draft>`
    select id, kind, total_excl_cents as "exclCents", total_vat_cents as "vatCents", (
      select coalesce(json_agg(json_build_object('position', position, 'line', json_build_object('description', description,
        'quantity', trim_scale(quantity)::text, 'unitPriceCents', unit_price_cents, 'discountBasisPoints', discount_basis_points,
        'discountCents', discount_cents, 'exclCents', excl_cents, 'vatBasisPoints', vat_basis_points)) order by position), '[]')
      from invoice_lines where invoice_id = invoices.id) as lines
    from invoices where state = 'draft' and (id = any(${known}::uuid[]) or subscription_id = ${id}::uuid
      or id in (select invoice_id from subscription_periods where subscription_id = ${id}::uuid))
    order by id`.execute(db)
  return rows
}

async function waitingCents(db: CentralDb, id: string): Promise<number> {
  const { rows } = await sql<{ cents: number }>`
    select coalesce(sum(round(quantity * unit_price_cents)), 0)::bigint as cents from subscription_extras
    where subscription_id = ${id}::uuid and invoice_id is null`.execute(db)
  return rows[0]?.cents ?? 0
}
