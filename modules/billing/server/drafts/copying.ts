/** Drafts made of a document that stands: its copy, and what corrects it. */
import {
  depositTaken,
  draftCorrection,
  draftCreditNote,
  draftFinalInvoice,
  duplicateInvoice,
  invoiceCreditedWhole,
  invoiceKindWrong,
  invoiceNotCreditedWhole,
  invoiceNotIssued,
  sumsOf,
  type ContentVat,
  type DraftFields,
  type DraftLine,
} from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, refuse, type Context, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { mainCompany } from '../settings/in-force.ts'
import { dayIn } from '../issuing/mentions.ts'
import { within } from '../within.ts'
import { beginDraft, mayBeInvoiced, type Beginning } from './beginning.ts'
import {
  creditedOf,
  documentRow,
  isDepositTaken,
  lineRows,
  vatFrozen,
  type DocumentRow,
} from './draft-queries.ts'
import { clientSeen, draftShown } from './drafting.ts'
import { fieldsOf } from './rows.ts'

export const copying = ({ sentences }: Pick<Parts, 'sentences'>): readonly Handler[] => [
  handle(duplicateInvoice, async (ctx, { params: { id } }) => {
    const { row, fields } = await standing(ctx, id)
    if (row.typeCode === 381) throw refuse(invoiceKindWrong)
    await stillInvoiced(ctx, row.clientId)
    return begun(ctx, row, {
      typeCode: row.typeCode === 386 ? 386 : 380,
      fields: {
        ...fields,
        wantedOn: null,
        suppliedOn: null,
        period: null,
        lines: fields.lines.map(withoutPeriod),
      },
      origin: 'hand',
    })
  }),

  handle(draftCreditNote, async (ctx, { params: { id }, body: { positions } }) => {
    const { row, fields } = await issued(ctx, id)
    const credited = await creditedOf(ctx.db, id)
    if (row.totalExclCents !== 0 && credited.exclCents >= row.totalExclCents)
      throw refuse(invoiceCreditedWhole)
    if (row.totalExclCents === 0 && credited.count > 0) throw refuse(invoiceCreditedWhole)
    const kept = {
      ...fields,
      wantedOn: null,
      suppliedOn: null,
      paymentDays: null,
      paymentMeans: null,
      note: '',
    }
    return begun(ctx, row, {
      typeCode: 381,
      fields:
        positions !== null
          ? chosen(kept, new Set(positions))
          : credited.count === 0
            ? kept
            : { ...noDiscount(kept), lines: await leftOf(ctx, row, fields) },
      originalId: id,
      origin: 'correction',
    })
  }),

  handle(draftCorrection, async (ctx, { params: { id } }) => {
    const { row, fields } = await issued(ctx, id)
    await stillInvoiced(ctx, row.clientId)
    const credited = await creditedOf(ctx.db, id)
    if (credited.count === 0 || credited.exclCents < row.totalExclCents) throw refuse(invoiceNotCreditedWhole)
    return begun(ctx, row, {
      typeCode: 384,
      fields: { ...fields, wantedOn: null },
      originalId: id,
      origin: 'correction',
    })
  }),

  handle(draftFinalInvoice, async (ctx, { params: { id } }) => {
    const { row, fields } = await issued(ctx, id)
    if (row.typeCode !== 386) throw refuse(invoiceKindWrong)
    await stillInvoiced(ctx, row.clientId)
    if ((await creditedOf(ctx.db, id)).count > 0) throw refuse(invoiceCreditedWhole)
    if (await isDepositTaken(ctx.db, id)) throw refuse(depositTaken)
    const label = ctx.request.language
    const taken = sentences.say(label, 'billing.line.deposit', {
      number: row.number ?? '',
      day: dayIn(label, row.issuedOn ?? ''),
    })
    return begun(ctx, row, {
      typeCode: 380,
      fields: {
        ...noDiscount(fields),
        wantedOn: null,
        lines: (await vatFrozen(ctx.db, { id })).map((vat) => ({ ...lineOf(vat, taken), quantity: '-1' })),
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

type Begun = Pick<Beginning, 'typeCode' | 'fields' | 'originalId' | 'origin'>

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

/** Some lines; of a discount in euros no more than their part. */
function chosen(fields: DraftFields, positions: ReadonlySet<number>): DraftFields {
  const lines = fields.lines.filter((_, index) => positions.has(index + 1))
  const { cents } = fields.discount
  const share = fields.lines.length === 0 ? 0 : lines.length / fields.lines.length
  return { ...fields, lines, discount: { ...fields.discount, cents: Math.round(cents * share) } }
}

/** What no credit note took back yet, one line a rate. */
async function leftOf(
  { db }: { db: CentralDb },
  row: DocumentRow,
  fields: DraftFields,
): Promise<DraftLine[]> {
  const frozen = await vatFrozen(db, { id: row.id })
  const back = await vatFrozen(db, { creditedOf: row.id })
  // What was taken over from an older system was never frozen here.
  const asked =
    frozen.length > 0
      ? frozen
      : sumsOf(fields.lines, fields.discount).vat.map((vat) => ({
          ...vat,
          exemptionCode: null,
          exemption: null,
        }))
  return asked
    .map((vat) => ({
      ...vat,
      baseCents:
        vat.baseCents -
        back
          .filter(({ category, basisPoints }) => category === vat.category && basisPoints === vat.basisPoints)
          .reduce((sum, { baseCents }) => sum + baseCents, 0),
    }))
    .filter(({ baseCents }) => baseCents !== 0)
    .map((vat) => lineOf(vat, row.number ?? ''))
}

const lineOf = (vat: ContentVat, description: string): DraftLine => ({
  description,
  quantity: '1',
  unit: 'C62',
  unitPriceCents: vat.baseCents,
  discountBasisPoints: 0,
  discountCents: 0,
  vatCategory: vat.category,
  vatBasisPoints: vat.basisPoints,
  vatExemption: vat.exemptionCode,
  period: null,
})
