import { prorationGivenBack } from '#contract/billing'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { refuse } from '#platform/server/requests.ts'
import { deleteDraft } from '../drafts/draft-queries.ts'
import { changeSubscription, type Held } from './act-queries.ts'
import { today, type Doing } from './acting.ts'
import { tellPrice } from './plan-change-queries.ts'
import { monthsOf, reprice, runningPeriod } from './running-period.ts'
import { forgetWaiting, type Proration } from './waiting-lines.ts'

/**
 * A change of plan goes on without what it asked for and gave back by days: all of its lines go, and the running period costs again
 * what its documents ask for, so that no more of it goes back later. Credit notes that are drafts still go with them.
 * @throws Refused where something of it went back already for good, or a person wrote on what gives it back
 */
export async function takeBackProration(
  doing: Doing,
  row: Held,
): Promise<{ removed: { description: string }[]; creditNoteIds: string[] }> {
  const { db } = doing
  const { rows } = await sql<{ id: string; description: string; proration: Proration }>`
    select id, description, proration from subscription_extras
    where subscription_id = ${row.id}::uuid and invoice_id is null and proration is not null order by id for update`.execute(
    db,
  )
  if (rows.some(({ proration }) => proration.isFinal)) throw refuse(prorationGivenBack)
  const creditNoteIds = await dropNotes(
    db,
    rows.flatMap(({ proration }) => proration.creditNoteIds ?? []),
  )
  await forgetWaiting(
    db,
    rows.map(({ id }) => id),
  )
  const taken = { removed: rows, creditNoteIds }
  const day = today(doing)
  const period = await runningPeriod(db, row.id, day)
  // Of several changes the first one knows what was asked for.
  const lines = rows.find(({ proration }) => proration.from === period?.from)?.proration.lines
  if (!period || !lines) return taken
  await reprice(db, row.id, { from: period.from, lines })
  const cents = Math.round(lines.reduce((sum, line) => sum + line.exclCents, 0) / monthsOf(period))
  if (row.status === 'paused' || cents === row.monthlyCents) return taken
  await tellPrice(db, row.id, { on: day, from: row.monthlyCents, to: cents })
  await changeSubscription(db, row.id, { monthlyCents: cents })
  return taken
}

/** @returns those that were there still. @throws Refused where one was issued, or somebody's hand is in it */
async function dropNotes(db: CentralDb, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: string; stays: boolean }>`
    select id, state = 'issued' or revision > 1 or internal_note <> '' as stays from invoices where id = any(${ids}::uuid[]) order by id for update`.execute(
    db,
  )
  if (rows.some(({ stays }) => stays)) throw refuse(prorationGivenBack)
  for (const { id } of rows) await deleteDraft(db, id)
  return rows.map(({ id }) => id)
}
