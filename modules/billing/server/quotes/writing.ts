/** Quotes while they are written: until one bears a number it may be changed, and thrown away. */
import {
  createQuote,
  discardQuote,
  duplicateQuote,
  quoteChanged,
  quoteClientGone,
  quoteIssued,
  saveQuote,
  sumsOf,
  type DraftLine,
  type QuoteFields,
} from '#contract/billing'
import { found, handle, refuse, type Context, type Handler } from '#platform/server/requests.ts'
import { mainCompany } from '../settings/in-force.ts'
import { within } from '../within.ts'
import { changeQuote, deleteQuote, insertQuote, isBillable, lockQuote } from './queries.ts'
import { clientSeen } from '../choosing/queries.ts'
import { keptOf, quoteSeen, shownQuote } from './showing.ts'

export const writing: readonly Handler[] = [
  handle(createQuote, async (ctx, { body: { clientId, ...fields } }) => {
    found(await clientSeen(ctx.db, clientId, within(ctx.actor, 'invoices.read')))
    return begin(ctx, clientId, fields)
  }),

  handle(saveQuote, async (ctx, { params: { id }, body: { revision: seen, ...fields } }) => {
    await holdDraft(ctx, id, seen)
    const at = ctx.clock.now()
    const { validUntil, content, ...sums } = asKept(fields)
    const revision = await changeQuote(
      ctx.db,
      id,
      { validUntil, content, totalExclCents: sums.exclCents, totalInclCents: sums.inclCents },
      at,
    )
    ctx.record({ object: 'quote', id, after: { lines: fields.lines.length, inclCents: sums.inclCents } })
    return { revision, savedAt: at.toISOString() }
  }),

  handle(discardQuote, async (ctx, { params: { id } }) => {
    const { clientId, totalInclCents } = await quoteSeen(ctx, id)
    await holdDraft(ctx, id)
    await deleteQuote(ctx.db, id)
    ctx.record({ object: 'quote', id, before: { clientId, inclCents: totalInclCents } })
  }),

  handle(duplicateQuote, async (ctx, { params: { id } }) => {
    const row = await quoteSeen(ctx, id)
    const { frozen: _, ...fields } = keptOf(row)
    return begin(ctx, row.clientId, { ...fields, validUntil: null }, { copyOf: row.number ?? id })
  }),
]

/** @throws NotFound, Refused */
export async function holdDraft(ctx: Pick<Context, 'db' | 'actor' | 'clock'>, id: string, seen?: number) {
  await quoteSeen(ctx, id)
  const held = found(await lockQuote(ctx.db, id))
  if (held.state !== 'draft') throw refuse(quoteIssued)
  if (seen !== undefined && held.revision !== seen)
    throw refuse(quoteChanged, { details: { current: await shownQuote(ctx, id) } })
  return held
}

async function begin(ctx: Context, clientId: string, fields: QuoteFields, about: { copyOf?: string } = {}) {
  if (!(await isBillable(ctx.db, clientId))) throw refuse(quoteClientGone)
  const { id: companyId } = await mainCompany(ctx.db)
  const kept = asKept(fields)
  const id = await insertQuote(ctx.db, {
    ...kept,
    companyId,
    clientId,
    by: ctx.actor.staffId,
    at: ctx.clock.now(),
  })
  ctx.record({ object: 'quote', id, after: { clientId, inclCents: kept.inclCents, ...about } })
  return shownQuote(ctx, id)
}

/** Before anything is owed there is no deposit to take off. */
function takingNothingOff(line: DraftLine): DraftLine {
  const { depositId: _, ...rest } = line
  return rest
}

function asKept({ validUntil, ...rest }: QuoteFields) {
  const content = { ...rest, lines: rest.lines.map(takingNothingOff) }
  const { exclCents, inclCents } = sumsOf(content.lines, content.discount)
  return { validUntil, content, exclCents, inclCents }
}
