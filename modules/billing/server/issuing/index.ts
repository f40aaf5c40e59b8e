import {
  checkDraft,
  finaliseInvoice,
  invoiceIssued,
  listInvoiceEvents,
  type InvoiceContent,
} from '#contract/billing'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import { documentRow } from '../drafts/draft-queries.ts'
import type { Parts } from '../parts.ts'
import { within } from '../within.ts'
import { drawnUp } from './drawing-up.ts'
import { finalise } from './finalising.ts'
import { eventsOf } from './issuing-queries.ts'

export const issuing = (parts: Parts): readonly Handler[] => [
  handle(checkDraft, async (ctx, { params: { id } }) => {
    const row = found(await documentRow(ctx.db, id, { mine: within(ctx.actor, 'invoices.read') }))
    if (row.state !== 'draft') throw refuse(invoiceIssued)
    const { findings, content } = await drawnUp(ctx.db, parts, row)
    return {
      revision: row.revision,
      findings,
      sums: summed(content),
      nextNumber: content.number,
      issuedOn: content.issuedOn,
      dueOn: content.dueOn,
    }
  }),

  handle(finaliseInvoice, async (ctx, { params: { id }, body: { revision } }) => {
    const { actor } = ctx
    const { content, sha256 } = await finalise(ctx.db, parts, {
      invoiceId: id,
      mine: within(actor, 'invoices.read'),
      byStaffId: actor.staffId,
      revision,
    })
    const { number, issuedOn, dueOn, typeCode, totals } = content
    // The log bears the link of the chain: whoever rewrites the whole chain still contradicts the log.
    ctx.record({
      object: 'invoice',
      id,
      after: { number, typeCode, issuedOn, inclCents: totals.inclCents, sha256 },
    })
    return { id, number, issuedOn, dueOn, sha256 }
  }),

  handle(listInvoiceEvents, async (ctx, { params: { id } }) => {
    found(await documentRow(ctx.db, id, { mine: within(ctx.actor, 'invoices.read') }))
    const rows = await eventsOf(ctx.db, id)
    return {
      rows: rows.map((row) => ({
        ...row,
        at: row.at.toISOString(),
        data: row.data as Record<string, unknown>, // only objects are written
      })),
    }
  }),
]

/** As it would be printed: what typed lines come to by themselves may differ by the cent of a credit note's VAT. */
const summed = ({ lines, discounts, vat, totals }: InvoiceContent) => ({
  lines: lines.map(({ discountCents, exclCents }) => ({ discountCents, exclCents })),
  discounts,
  vat: vat.map(({ category, basisPoints, baseCents, vatCents }) => ({
    category,
    basisPoints,
    baseCents,
    vatCents,
  })),
  linesCents: totals.linesCents,
  discountCents: totals.discountCents,
  exclCents: totals.exclCents,
  vatCents: totals.vatCents,
  inclCents: totals.inclCents,
})
