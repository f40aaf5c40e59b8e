import { documentUnprintable, getQuotePdf, type QuoteContent } from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { handle, refuse, Stream, type Handler } from '#platform/server/requests.ts'
import { Unprintable } from '#platform/server/typeset.ts'
import type { Parts } from '../parts.ts'
import { plainPdf } from '../pdf/drawing.ts'
import { contentOfQuote } from './contents.ts'
import { openUntil } from './days.ts'
import { keptOf, quoteSeen } from './showing.ts'

/** @throws Refused for what no font of ours can write */
export function quotePdf(content: QuoteContent, stamp: 'draft' | null = null): Buffer {
  try {
    return plainPdf(content, stamp)
  } catch (error) {
    if (!(error instanceof Unprintable)) throw error
    const { characters } = error
    throw refuse(documentUnprintable, {
      details: { characters },
      values: { characters: characters.join(' ') },
    })
  }
}

export const printing = (parts: Pick<Parts, 'sentences'>): Handler =>
  handle(getQuotePdf, async (ctx, { params: { id } }) => {
    const row = await quoteSeen(ctx, id)
    const { frozen, ...fields } = keptOf(row)
    const today = dayOf(ctx.clock.now())
    const content =
      frozen ??
      (await contentOfQuote(ctx.db, parts.sentences, {
        ...fields,
        companyId: row.companyId,
        clientId: row.clientId,
        number: '',
        issuedOn: today,
        validUntil: row.validUntil ?? openUntil(today),
      }))
    return new Stream(quotePdf(content, frozen ? null : 'draft'), {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${row.number ?? 'devis-projet'}.pdf"`,
      // Looked at within the page that writes it.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    })
  })
