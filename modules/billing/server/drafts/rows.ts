/** Between what is typed, positive as it is printed, and the tables, which count a credit note below zero. */
import {
  sumsOf,
  type Draft,
  type DraftFields,
  type DraftLine,
  type PaymentMeans,
  type TypeCode,
} from '#contract/billing'
import type { Drafted } from '../issuing/contents.ts'
import type { DocumentRow, LineRow, StoredFields, StoredLine } from './draft-queries.ts'

/** @returns the number as text, negated: '1.5' and '-1.5' */
const negated = (quantity: string) =>
  /^-?0(\.0*)?$/.test(quantity) ? quantity : quantity.startsWith('-') ? quantity.slice(1) : `-${quantity}`

/** PostgreSQL writes no zeros that say nothing. */
const plain = (quantity: string) =>
  (quantity.includes('.') ? quantity.replace(/\.?0+$/, '') : quantity).replace(/^(-?)0+(?=\d)/, '$1')

const signed = (typeCode: number, cents: number) => (typeCode === 381 ? 0 - cents : cents)

export function storedFields(typeCode: TypeCode, fields: DraftFields): StoredFields {
  const { exclCents, vatCents } = sumsOf(fields.lines, fields.discount)
  return {
    wantedOn: fields.wantedOn,
    suppliedOn: fields.suppliedOn,
    periodFrom: fields.period?.from ?? null,
    periodUntil: fields.period?.until ?? null,
    paymentDays: fields.paymentDays,
    paymentMeans: fields.paymentMeans,
    discountBasisPoints: fields.discount.basisPoints,
    discountCents: fields.discount.cents,
    discountLabel: fields.discount.label,
    orderReference: fields.orderReference,
    note: fields.note,
    totalExclCents: signed(typeCode, exclCents),
    totalVatCents: signed(typeCode, vatCents),
  }
}

export const storedLines = (typeCode: TypeCode, lines: readonly DraftLine[]): StoredLine[] =>
  lines.map(({ period, depositId = null, ...line }, index) => ({
    ...line,
    position: index + 1,
    quantity: plain(typeCode === 381 ? negated(line.quantity) : line.quantity),
    discountCents: signed(typeCode, line.discountCents),
    periodFrom: period?.from ?? null,
    periodUntil: period?.until ?? null,
    depositId,
  }))

export const typedLines = (typeCode: number, rows: readonly LineRow[]): DraftLine[] =>
  rows.map((row) => ({
    description: row.description,
    quantity: typeCode === 381 ? negated(row.quantity) : row.quantity,
    unit: row.unit,
    unitPriceCents: row.unitPriceCents,
    discountBasisPoints: row.discountBasisPoints,
    discountCents: signed(typeCode, row.discountCents),
    vatCategory: row.vatCategory as DraftLine['vatCategory'], // the column's CHECK holds the same
    vatBasisPoints: row.vatBasisPoints,
    vatExemption: row.vatExemption,
    period: span(row),
    ...(row.depositId !== null && { depositId: row.depositId }),
  }))

const span = ({ periodFrom, periodUntil }: { periodFrom: string | null; periodUntil: string | null }) =>
  periodFrom !== null && periodUntil !== null ? { from: periodFrom, until: periodUntil } : null

export function fieldsOf(row: DocumentRow, lines: readonly LineRow[]): DraftFields {
  return {
    wantedOn: row.wantedOn,
    suppliedOn: row.suppliedOn,
    period: span(row),
    paymentDays: row.paymentDays,
    paymentMeans: row.paymentMeans as PaymentMeans | null, // the column's CHECK holds the same four
    discount: {
      basisPoints: row.discountBasisPoints,
      cents: row.discountCents,
      label: row.discountLabel,
    },
    orderReference: row.orderReference,
    note: row.note,
    lines: typedLines(row.typeCode, lines),
  }
}

/** What a document's content is made of, besides settings and buyer. */
export function draftedOf(row: DocumentRow, lines: readonly LineRow[], mandate: Drafted['mandate']): Drafted {
  const { originalNumber: number, originalIssuedOn: issuedOn, originalTypeCode } = row
  return {
    ...fieldsOf(row, lines),
    typeCode: row.typeCode as TypeCode, // the column's CHECK holds the same four
    original:
      number !== null && issuedOn !== null
        ? { typeCode: originalTypeCode as TypeCode, number, issuedOn }
        : null,
    mandate,
  }
}

export function shownDraft(row: DocumentRow, lines: readonly LineRow[]): Draft {
  const { id, revision, held, internalNote, originalId, originalNumber, originalIssuedOn } = row
  return {
    ...fieldsOf(row, lines),
    id,
    revision,
    held,
    internalNote,
    typeCode: row.typeCode as TypeCode, // the column's CHECK holds the same four
    client: { id: row.clientId, firstName: row.firstName, lastName: row.lastName, email: row.email },
    original:
      originalId !== null && originalNumber !== null && originalIssuedOn !== null
        ? { id: originalId, number: originalNumber, issuedOn: originalIssuedOn }
        : null,
    origin: row.origin as Draft['origin'], // the column's CHECK holds the same
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    updatedBy: row.updatedByName,
  }
}
