import {
  getInvoiceLetter,
  getQuoteLetter,
  invoiceNotIssued,
  quoteNotIssued,
  sendInvoice,
  sendQuote,
} from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { found, handle, refuse, type Before, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { documentPdf } from '../pdf/keeping.ts'
import { drawn } from '../pdf/showing.ts'
import { keptOf, quoteSeen } from '../quotes/showing.ts'
import { checkTexts } from '../settings/checking.ts'
import { standingOf } from '../standing.ts'
import { within } from '../within.ts'
import { enclose } from './enclosures.ts'
import { invoiceLetter, quoteLetter } from './letters.ts'
import { mailDocument, mailInvoice } from './mailing.ts'
import { addressOf, issuedDocument } from './queries.ts'

export const sending = (parts: Parts): readonly Handler[] => [
  handle(getInvoiceLetter, async (ctx, { params: { id } }) => {
    const { content, to, state } = await issued(ctx, id)
    return { to, ...invoiceLetter(parts.sentences, content, { state }) }
  }),

  handle(
    sendInvoice,
    // The file is made before anything is held: a first one takes a while.
    async (ctx, { params: { id } }) => {
      const { content, state } = await issued(ctx, id)
      return { content, state, pdf: await documentPdf(ctx.db, parts, id) }
    },
    async (ctx, { params: { id }, body: letter }, { content, state, pdf }) => {
      const { buyer, language, number, payment } = content
      await checkTexts(
        ctx.db,
        { texts: letter, place: '', goesBy: 'mail', also: [payment.iban] },
        dayOf(ctx.clock.now()),
      )
      const { file } = invoiceLetter(parts.sentences, content, { state })
      const mailId = await mailInvoice(ctx.db, parts, {
        invoiceId: id,
        pdf,
        file,
        letter,
        language,
        name: buyer.name,
        byStaffId: ctx.actor.staffId,
      })
      ctx.record({ object: 'invoice', id, after: { number, to: letter.to, mailId } })
      return { mailId }
    },
  ),

  handle(getQuoteLetter, async (ctx, { params: { id } }) => {
    const content = await offered(ctx, id)
    return { to: await addressOf(ctx.db, content.buyer.clientId), ...quoteLetter(parts.sentences, content) }
  }),

  handle(
    sendQuote,
    async (ctx, { params: { id } }) => {
      const content = await offered(ctx, id)
      return { content, pdf: await drawn(parts, content, null, 'pdf') }
    },
    async (ctx, { params: { id }, body: letter }, { content, pdf }) => {
      await checkTexts(ctx.db, { texts: letter, place: '', goesBy: 'mail' }, dayOf(ctx.clock.now()))
      const { file } = quoteLetter(parts.sentences, content)
      const attachment = await enclose(parts, id, { name: file, bytes: pdf })
      const mailId = await mailDocument(ctx.db, parts, {
        letter,
        attachment,
        name: content.buyer.name,
        language: content.language,
        byStaffId: ctx.actor.staffId,
      })
      ctx.record({ object: 'quote', id, after: { number: content.number, to: letter.to, mailId } })
      return { mailId }
    },
  ),
]

/** @throws NotFound, Refused */
async function issued(ctx: Pick<Before, 'db' | 'actor' | 'clock'>, id: string) {
  const row = found(await issuedDocument(ctx.db, id, within(ctx.actor, 'invoices.read')))
  if (row.content === null) throw refuse(invoiceNotIssued)
  return { ...row, content: row.content, ...standingOf(row, dayOf(ctx.clock.now())) }
}

async function offered(ctx: Pick<Before, 'db' | 'actor'>, id: string) {
  const { frozen } = keptOf(await quoteSeen(ctx, id))
  if (!frozen) throw refuse(quoteNotIssued)
  return frozen
}
