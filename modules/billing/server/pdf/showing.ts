import {
  documentUnprintable,
  getInvoicePdf,
  invoiceIssued,
  invoiceNotIssued,
  previewInvoice,
} from '#contract/billing'
import { found, handle, refuse, Stream, type Handler } from '#platform/server/requests.ts'
import { Unprintable } from '#platform/server/typeset.ts'
import { documentRow } from '../drafts/draft-queries.ts'
import { drawnUp, renumbered } from '../issuing/drawing-up.ts'
import type { Parts } from '../parts.ts'
import { within } from '../within.ts'
import type { Printed, Stamp } from './drawing.ts'
import { documentPdf } from './keeping.ts'
import { frozenDocument } from './queries.ts'
import { type Settled, settledOf, stampOf } from './settled.ts'

export const showing = (parts: Parts): readonly Handler[] => [
  handle(getInvoicePdf, async (ctx, { params: { id }, query: { version, as, download } }) => {
    const row = found(await documentRow(ctx.db, id, { mine: within(ctx.actor, 'invoices.read') }))
    if (row.state === 'draft' || row.number === null) throw refuse(invoiceNotIssued)
    const how = download === 'true' ? 'attachment' : 'inline'
    if (version === 'original' && as === 'pdf')
      return paper(await documentPdf(ctx.db, parts, id), { as, how, name: row.number })
    const { content } = found(await frozenDocument(ctx.db, id))
    const name = `${row.number}-copie`
    if (version === 'original') return paper(await drawn(parts, content, null, as), { as, how, name })
    if (row.kind === 'credit_note') return paper(await drawn(parts, content, 'copy', as), { as, how, name })
    const settled = await settledOf(ctx.db, row)
    return paper(await drawn(parts, content, stampOf(settled), as, settled), { as, how, name })
  }),

  handle(previewInvoice, async (ctx, { params: { id }, query: { as } }) => {
    const row = found(await documentRow(ctx.db, id, { mine: within(ctx.actor, 'invoices.read') }))
    if (row.state !== 'draft') throw refuse(invoiceIssued)
    const { content } = await drawnUp(ctx.db, parts, row)
    return paper(await drawn(parts, renumbered(content, ''), 'draft', as), {
      as,
      how: 'inline',
      name: 'facture-projet',
    })
  }),
]

/** @throws Refused for what no font of ours can write */
export async function drawn(
  { pdfs }: Pick<Parts, 'pdfs'>,
  content: Printed,
  stamp: Stamp | null,
  as: 'pdf' | 'svg',
  settled?: Settled,
): Promise<Buffer> {
  try {
    return await (as === 'svg' ? pdfs.picture : pdfs.plain)(content, stamp, settled)
  } catch (error) {
    if (!(error instanceof Unprintable)) throw error
    const { characters } = error
    throw refuse(documentUnprintable, {
      details: { characters },
      values: { characters: characters.join(' ') },
    })
  }
}

export function paper(
  bytes: Buffer,
  { as, how, name }: { as: 'pdf' | 'svg'; how: 'inline' | 'attachment'; name: string },
): Stream {
  return new Stream(bytes, {
    'content-type': as === 'svg' ? 'image/svg+xml' : 'application/pdf',
    'content-disposition': `${how}; filename="${name}.${as}"`,
    // Opened by itself a picture is a page: nothing in it runs, it fetches nothing. Both are looked at within our own pages.
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'${as === 'svg' ? '; sandbox; img-src data:' : ''}`,
  })
}
