/** What was accepted is invoiced: whole, or first a part of it as a deposit. */
import {
  depositOfQuote,
  depositTooLarge,
  invoiceQuote,
  quoteClientGone,
  quoteInvoiced,
  quoteNotAccepted,
  sumsOf,
  type DraftLine,
  type QuoteFields,
  type TypeCode,
} from '#contract/billing'
import { found, handle, refuse, type Context, type Handler } from '#platform/server/requests.ts'
import { beginDraft, noFields } from '../drafts/beginning.ts'
import { billedOf, buyerRow } from '../issuing/buyers.ts'
import { dayIn, sayingIn } from '../issuing/mentions.ts'
import type { Parts } from '../parts.ts'
import { depositLines, finalLines } from './deposits.ts'
import { depositsOf, isBillable, isInvoiced, lockQuote } from './queries.ts'
import { keptOf, quoteSeen } from './showing.ts'

export const invoicing = (parts: Pick<Parts, 'sentences'>): readonly Handler[] => [
  handle(invoiceQuote, async (ctx, { params: { id } }) => {
    const { quote, fields, say, language } = await accepted(ctx, parts, id)
    const deposits = (await depositsOf(ctx.db, id)).filter(({ number }) => number !== null)
    const lines =
      deposits.length === 0
        ? fields
        : {
            ...fields,
            discount: noFields.discount,
            lines: finalLines(fields, deposits, {
              discount: say('billing.quote.line.discount'),
              deposit: ({ number, issuedOn }) =>
                say('billing.quote.line.deposited', {
                  number: number ?? '',
                  day: dayIn(language, issuedOn ?? ''),
                }),
            }),
          }
    const invoiceId = await begin(ctx, quote, 380, lines, deposits.at(-1)?.id ?? null)
    ctx.record({
      object: 'quote',
      id,
      after: { number: quote.number, invoiceId, deposits: deposits.map(({ number }) => number) },
    })
    return { invoiceId }
  }),

  handle(depositOfQuote, async (ctx, { params: { id }, body: { basisPoints } }) => {
    const { quote, fields, say, language } = await accepted(ctx, parts, id)
    const rate = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 })
    const lines = depositLines(
      fields,
      basisPoints,
      say('billing.quote.line.deposit', {
        rate: rate.format(basisPoints / 10_000),
        number: quote.number ?? '',
        day: dayIn(language, quote.issuedOn ?? ''),
      }),
    )
    const asked = sumsOf(lines, noFields.discount).exclCents
    const before = (await depositsOf(ctx.db, id)).reduce((sum, { exclCents }) => sum + exclCents, 0)
    if (before + asked > quote.totalExclCents) throw refuse(depositTooLarge)
    const draft = { ...fields, discount: noFields.discount, lines }
    const invoiceId = await begin(ctx, quote, 386, draft, null)
    ctx.record({
      object: 'quote',
      id,
      after: { number: quote.number, invoiceId, basisPoints, exclCents: asked },
    })
    return { invoiceId }
  }),
]

type Quoted = Awaited<ReturnType<typeof quoteSeen>>

/** Held until it is invoiced: nobody invoices it twice. @throws NotFound, Refused */
async function accepted(ctx: Context, { sentences }: Pick<Parts, 'sentences'>, id: string) {
  const quote = await quoteSeen(ctx, id)
  const { state, clientId } = found(await lockQuote(ctx.db, id))
  if (state !== 'accepted') throw refuse(quoteNotAccepted)
  const invoiceId = await isInvoiced(ctx.db, id)
  if (invoiceId) throw refuse(quoteInvoiced, { details: { invoiceId } })
  if (!(await isBillable(ctx.db, clientId))) throw refuse(quoteClientGone)
  const { language } = billedOf(found(await buyerRow(ctx.db, clientId)))
  return { quote, fields: keptOf(quote), language, say: sayingIn(sentences, language) }
}

const begin = (
  ctx: Context,
  { id, clientId, companyId }: Quoted,
  typeCode: TypeCode,
  {
    lines,
    discount,
    orderReference,
    note,
  }: Omit<QuoteFields, 'validUntil' | 'lines'> & {
    lines: readonly DraftLine[]
  },
  originalId: string | null,
): Promise<string> =>
  beginDraft(ctx.db, {
    clientId,
    companyId,
    typeCode,
    fields: { ...noFields, lines: [...lines], discount, orderReference, note },
    quoteId: id,
    originalId,
    origin: 'quote',
    byStaffId: ctx.actor.staffId,
    now: ctx.clock.now(),
  })
