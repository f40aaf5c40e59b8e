import {
  createDraft,
  discardDraft,
  getDraft,
  internalNoteChanged,
  invoiceChanged,
  invoiceIssued,
  saveDraft,
  setInternalNote,
  type DraftFields,
  type TypeCode,
} from '#contract/billing'
import { inside, type Within } from '#server/access'
import { sql, type CentralDb, type Tables } from '#platform/server/db.ts'
import { found, handle, refuse, WrongField, type Handler } from '#platform/server/requests.ts'
import { mainCompany } from '../settings/in-force.ts'
import { within } from '../within.ts'
import { beginDraft, mayBeInvoiced } from './beginning.ts'
import {
  deleteDraft,
  depositsOfClient,
  documentRow,
  forgetDays,
  holdSubscriptionOf,
  lineRows,
  reopenDays,
  replaceLines,
  setNote,
  updateDraft,
} from './draft-queries.ts'
import { fieldsOf, shownDraft, storedFields, storedLines } from './rows.ts'

/** @throws NotFound where somebody may not see it */
export async function draftShown(db: CentralDb, id: string, mine: Within) {
  const row = found(await documentRow(db, id, { mine }))
  return shownDraft(row, await lineRows(db, id))
}

export const drafting: readonly Handler[] = [
  handle(createDraft, async (ctx, { body: { clientId, typeCode, ...fields } }) => {
    const { db, actor } = ctx
    const mine = within(actor, 'invoices.read')
    const client = await clientSeen(db, clientId, mine)
    if (!client) throw new WrongField('body', 'clientId', 'invoice_client_unknown')
    mayBeInvoiced(client)
    await depositsKnown(db, clientId, fields)
    const { id: companyId } = await mainCompany(db)
    const now = ctx.clock.now()
    const id = await beginDraft(db, {
      clientId,
      companyId,
      typeCode,
      fields,
      origin: 'hand',
      byStaffId: actor.staffId,
      now,
    })
    ctx.record({ object: 'invoice', id, after: { clientId, typeCode, lines: fields.lines.length } })
    return draftShown(db, id, mine)
  }),

  handle(getDraft, async (ctx, { params: { id } }) => {
    const row = found(await documentRow(ctx.db, id, { mine: within(ctx.actor, 'invoices.read') }))
    if (row.state !== 'draft') throw refuse(invoiceIssued)
    return shownDraft(row, await lineRows(ctx.db, id))
  }),

  handle(saveDraft, async (ctx, { params: { id }, body: { revision, ...fields } }) => {
    const { db, actor } = ctx
    const mine = within(actor, 'invoices.read')
    const row = found(await documentRow(db, id, { mine, lock: true }))
    if (row.state !== 'draft') throw refuse(invoiceIssued)
    // Whoever saves second decides with both versions before their eyes; nothing is merged behind their back.
    if (row.revision !== revision)
      throw refuse(invoiceChanged, { details: { current: shownDraft(row, await lineRows(db, id)) } })
    await depositsKnown(db, row.clientId, fields)
    const typeCode = row.typeCode as TypeCode // the column's CHECK holds the same four
    const before = fieldsOf(row, await lineRows(db, id))
    const now = ctx.clock.now()
    await updateDraft(db, id, storedFields(typeCode, fields), { now, by: actor.staffId })
    await replaceLines(db, id, storedLines(typeCode, fields.lines))
    ctx.record({ object: 'invoice', id, ...differing(before, fields) })
    return { revision: revision + 1, savedAt: now.toISOString() }
  }),

  handle(discardDraft, async (ctx, { params: { id } }) => {
    const mine = within(ctx.actor, 'invoices.read')
    await holdSubscriptionOf(ctx.db, id)
    const row = found(await documentRow(ctx.db, id, { mine, lock: true }))
    if (row.state !== 'draft') throw refuse(invoiceIssued)
    const before = fieldsOf(row, await lineRows(ctx.db, id))
    if (row.typeCode === 381) await reopenDays(ctx.db, id)
    else await forgetDays(ctx.db, id)
    await deleteDraft(ctx.db, id)
    ctx.record({
      object: 'invoice',
      id,
      before: { clientId: row.clientId, typeCode: row.typeCode, ...before },
    })
  }),

  handle(setInternalNote, async (ctx, { params: { id }, body: { note, was } }) => {
    const mine = within(ctx.actor, 'invoices.read')
    const { internalNote } = found(await documentRow(ctx.db, id, { mine, lock: true }))
    if (internalNote !== was && internalNote !== note)
      throw refuse(internalNoteChanged, { details: { current: internalNote } })
    await setNote(ctx.db, id, note)
    ctx.record({ object: 'invoice', id, before: { note: internalNote }, after: { note } })
    return { note }
  }),
]

/** @throws WrongField where a line takes off what this client was never asked for in advance */
async function depositsKnown(
  db: Tables<'invoices'>,
  clientId: string,
  { lines }: Pick<DraftFields, 'lines'>,
): Promise<void> {
  const named = new Set(lines.flatMap(({ depositId }) => depositId ?? []))
  const known = new Set((await depositsOfClient(db, clientId, [...named])).map(({ id }) => id))
  const wrong = lines.findIndex(({ depositId }) => depositId !== undefined && !known.has(depositId))
  if (wrong >= 0) throw new WrongField('body', `lines.${wrong}.depositId`, 'deposit_unknown')
}

/** Only what changed is written down: an autosaved document of a thousand lines would fill the log. */
function differing<Of extends Record<string, unknown>>(before: Of, after: Of) {
  const changed = Object.keys(after).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  )
  const told = (of: Of) =>
    Object.fromEntries(changed.map((key) => [key, key === 'lines' ? linesTold(of[key]) : of[key]]))
  return { before: told(before), after: told(after) }
}

const linesTold = (lines: unknown) =>
  Array.isArray(lines) && lines.length > 20 ? `${lines.length} lines` : lines

export async function clientSeen(db: Tables<'clients'>, id: string, mine: Within) {
  return db
    .selectFrom('clients')
    .where('id', '=', id)
    .where(inside(mine, sql`clients`))
    .select(['id', 'status', 'trashedAt'])
    .executeTakeFirst()
}
