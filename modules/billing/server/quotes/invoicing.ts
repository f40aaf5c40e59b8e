/** What was accepted is invoiced: whole, or first a part of it as a deposit. */
import {
  depositOfQuote,
  depositTooLarge,
  invoiceQuote,
  quoteClientGone,
  quoteDepositOpen,
  quoteInvoiced,
  quoteNotAccepted,
  sumsOf,
  type DraftLine,
  type QuoteFields,
  type TypeCode,
} from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, refuse, type Context, type Handler } from '#platform/server/requests.ts'
import { beginDraft, noFields } from '../drafts/beginning.ts'
import { leftOf } from '../drafts/draft-queries.ts'
import { billedOf, buyerRow } from '../issuing/buyers.ts'
import { dayIn, sayingIn } from '../issuing/mentions.ts'
import type { Parts } from '../parts.ts'
import { depositLines, depositLinesOff, finalLines } from './deposits.ts'
import { depositsOf, isBillable, isInvoiced, lockQuote } from './queries.ts'
import { keptOf, quoteSeen } from './showing.ts'

export const invoicing = (parts: Pick<Parts, 'sentences'>): readonly Handler[] => [
  handle(invoiceQuote, async (ctx, { params: { id } }) => {
    const { quote, invoiceId, deposits } = await invoiceOfQuote(ctx, parts, id)
    ctx.record({ object: 'quote', id, after: { number: quote.number, invoiceId, deposits } })
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
    if ((await askedBefore(ctx.db, id)) + asked > quote.totalExclCents) throw refuse(depositTooLarge)
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

/**
 * Begins the invoice of an accepted quote, less what is left of its deposits.
 * @returns the draft's id, and the numbers of the deposits
 * @throws NotFound, Refused
 */
export async function invoiceOfQuote(ctx: Context, parts: Pick<Parts, 'sentences'>, id: string) {
  const { quote, fields, say, language } = await accepted(ctx, parts, id)
  const taken: { id: string; number: string; lines: DraftLine[] }[] = []
  for (const deposit of await depositsOf(ctx.db, id)) {
    const { number, issuedOn } = deposit
    // Issued later it would be asked for twice.
    if (number === null) throw refuse(quoteDepositOpen, { details: { invoiceId: deposit.id } })
    const word = say('billing.line.deposit', { number, day: dayIn(language, issuedOn ?? '') })
    const lines = depositLinesOff(deposit.id, await leftOf(ctx.db, deposit.id), word)
    if (lines.length > 0) taken.push({ id: deposit.id, number, lines })
  }
  const final =
    taken.length === 0
      ? fields
      : {
          ...fields,
          discount: noFields.discount,
          lines: finalLines(
            fields,
            taken.flatMap(({ lines }) => lines),
            say('billing.quote.line.discount'),
          ),
        }
  const invoiceId = await begin(ctx, quote, 380, final, taken.at(-1)?.id ?? null)
  return { quote, invoiceId, deposits: taken.map(({ number }) => number) }
}

/** Excluding VAT: by deposits that are still drafts, and by those that were issued as far as they were not credited. */
async function askedBefore(db: CentralDb, quoteId: string): Promise<number> {
  let cents = 0
  for (const { id, number, totalExclCents } of await depositsOf(db, quoteId)) {
    if (number === null) cents += totalExclCents
    else for (const rate of (await leftOf(db, id)).rates) cents += rate.askedCents - rate.creditedCents
  }
  return cents
}

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
