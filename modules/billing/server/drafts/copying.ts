/** Drafts made of a document that stands: its copy, and what corrects it. */
import {
  depositTaken,
  draftCorrection,
  draftCreditNote,
  draftFinalInvoice,
  duplicateInvoice,
  invoiceCorrected,
  invoiceCreditedWhole,
  invoiceKindWrong,
  invoiceNotCreditedWhole,
  invoiceNotIssued,
  type DraftFields,
  type DraftLine,
} from '#contract/billing'
import { found, handle, refuse, WrongField, type Context, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { mainCompany } from '../settings/in-force.ts'
import { billedOf, buyerRow } from '../issuing/buyers.ts'
import { dayIn, sayingIn } from '../issuing/mentions.ts'
import { depositLinesOff } from '../quotes/deposits.ts'
import { invoiceOfQuote } from '../quotes/invoicing.ts'
import { within } from '../within.ts'
import { beginDraft, mayBeInvoiced, type Beginning } from './beginning.ts'
import { linesChosen, linesLeft } from './credit-lines.ts'
import {
  correctionOf,
  depositsHeldBy,
  documentRow,
  leftOf,
  lineRows,
  type DocumentRow,
} from './draft-queries.ts'
import { clientSeen, draftShown } from './drafting.ts'
import { isCreditedWhole, isTaken, leftAt } from './rates-left.ts'
import { fieldsOf } from './rows.ts'

export const copying = (parts: Pick<Parts, 'sentences'>): readonly Handler[] => [
  handle(duplicateInvoice, async (ctx, { params: { id } }) => {
    const { row, fields } = await standing(ctx, id)
    if (row.typeCode === 381) throw refuse(invoiceKindWrong)
    await stillInvoiced(ctx, row.clientId)
    // A deposit is taken off once, by the invoice that is copied.
    const lines = fields.lines.filter(({ depositId }) => depositId === undefined)
    return begun(ctx, row, {
      typeCode: row.typeCode === 386 ? 386 : 380,
      fields: {
        ...fields,
        wantedOn: null,
        suppliedOn: null,
        period: null,
        lines: lines.map(withoutPeriod),
      },
      origin: 'hand',
    })
  }),

  handle(draftCreditNote, async (ctx, { params: { id }, body: { positions, reason } }) => {
    const { row, fields } = await issued(ctx, id)
    const left = await leftOf(ctx.db, id)
    if (isCreditedWhole(left)) throw refuse(invoiceCreditedWhole)
    if (isTaken(left) && left.rates.every((rate) => leftAt(rate) === 0)) throw refuse(depositTaken)
    if (positions?.some((position) => position > fields.lines.length))
      throw new WrongField('body', 'positions', 'position_unknown')
    const kept = {
      ...fields,
      wantedOn: null,
      suppliedOn: null,
      paymentDays: null,
      paymentMeans: null,
      note: reason.trim(),
    }
    const isWhole = left.creditNotes === 0 && !isTaken(left)
    // What was never frozen here says nothing of its rates: its lines are what there is.
    const isFrozen = left.rates.every(({ category }) => category !== null)
    const lines =
      positions !== null
        ? linesChosen(kept, new Set(positions))
        : isWhole || !isFrozen
          ? null
          : linesLeft(left, await depositsHeldBy(ctx.db, id), await words(ctx, parts, row))
    return begun(ctx, row, {
      typeCode: 381,
      fields: lines === null ? kept : { ...noDiscount(kept), lines },
      originalId: id,
      origin: 'correction',
    })
  }),

  handle(draftCorrection, async (ctx, { params: { id } }) => {
    const { row, fields } = await issued(ctx, id)
    await stillInvoiced(ctx, row.clientId)
    if (!isCreditedWhole(await leftOf(ctx.db, id))) throw refuse(invoiceNotCreditedWhole)
    const correction = await correctionOf(ctx.db, id)
    if (correction) throw refuse(invoiceCorrected, { details: { invoiceId: correction.id } })
    return begun(ctx, row, {
      typeCode: 384,
      fields: { ...fields, wantedOn: null },
      originalId: id,
      quoteId: row.quoteId,
      subscriptionId: row.subscriptionId,
      origin: 'correction',
    })
  }),

  handle(draftFinalInvoice, async (ctx, { params: { id } }) => {
    const { row, fields } = await issued(ctx, id)
    if (row.typeCode !== 386) throw refuse(invoiceKindWrong)
    await stillInvoiced(ctx, row.clientId)
    const left = await leftOf(ctx.db, id)
    if (left.rates.every((rate) => leftAt(rate) === 0))
      throw refuse(isTaken(left) ? depositTaken : invoiceCreditedWhole)
    if (row.quoteId !== null) {
      const { invoiceId } = await invoiceOfQuote(ctx, parts, row.quoteId)
      ctx.record({ object: 'invoice', id: invoiceId, after: { from: row.number, typeCode: 380 } })
      return draftShown(ctx.db, invoiceId, within(ctx.actor, 'invoices.read'))
    }
    const { deposit } = await words(ctx, parts, row)
    return begun(ctx, row, {
      typeCode: 380,
      fields: {
        ...noDiscount(fields),
        wantedOn: null,
        lines: depositLinesOff(id, left, deposit(row.number ?? '', row.issuedOn ?? '')),
      },
      originalId: id,
      origin: 'hand',
    })
  }),
]

async function standing(ctx: Context, id: string) {
  const row = found(await documentRow(ctx.db, id, { mine: within(ctx.actor, 'invoices.read'), lock: true }))
  return { row, fields: fieldsOf(row, await lineRows(ctx.db, id)) }
}

/** One that can be corrected. @throws Refused */
async function issued(ctx: Context, id: string) {
  const one = await standing(ctx, id)
  if (one.row.state !== 'issued') throw refuse(invoiceNotIssued)
  if (one.row.typeCode === 381) throw refuse(invoiceKindWrong)
  return one
}

async function stillInvoiced(ctx: Context, clientId: string): Promise<void> {
  mayBeInvoiced(found(await clientSeen(ctx.db, clientId, within(ctx.actor, 'invoices.read'))))
}

/** What lines that are made here say, in the language in which the client is written to. */
async function words({ db }: Context, { sentences }: Pick<Parts, 'sentences'>, row: DocumentRow) {
  const { language } = billedOf(found(await buyerRow(db, row.clientId)))
  const say = sayingIn(sentences, language)
  return {
    rest: say('billing.line.rest', { number: row.number ?? '' }),
    deposit: (number: string, issuedOn: string) =>
      say('billing.line.deposit', { number, day: dayIn(language, issuedOn) }),
  }
}

type Begun = Pick<Beginning, 'typeCode' | 'fields' | 'originalId' | 'quoteId' | 'subscriptionId' | 'origin'>

async function begun(ctx: Context, from: DocumentRow, about: Begun) {
  const { db, actor } = ctx
  const id = await beginDraft(db, {
    ...about,
    clientId: from.clientId,
    companyId: from.companyId ?? (await mainCompany(db)).id,
    byStaffId: actor.staffId,
    now: ctx.clock.now(),
  })
  ctx.record({ object: 'invoice', id, after: { from: from.number ?? from.id, typeCode: about.typeCode } })
  return draftShown(db, id, within(actor, 'invoices.read'))
}

const withoutPeriod = (line: DraftLine): DraftLine => ({ ...line, period: null })

const noDiscount = (fields: DraftFields): DraftFields => ({
  ...fields,
  discount: { basisPoints: 0, cents: 0, label: '' },
})
