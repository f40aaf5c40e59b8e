/** A document while it is still written: what a person types, before it bears a number. */
import { z } from 'zod'
import { Day, Id, Instant, line, text } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { lineSums } from './computing.ts'

export const typeCodes = [380, 381, 384, 386] as const
export const DocumentType = z.literal(typeCodes)

export const vatCategories = ['S', 'E', 'AE', 'K', 'G', 'O', 'Z'] as const
export const paymentMeans = ['transfer', 'direct_debit', 'card', 'cheque'] as const

/** UN/ECE Recommendation 20, the ones offered: piece, hour, day, month, year, kilometre, lump sum. */
export const lineUnits = ['C62', 'HUR', 'DAY', 'MON', 'ANN', 'KMT', 'LS'] as const

export const linesAtMost = 1_000
/** A thousand million euros: beyond it nobody reads a line any more, and sums would leave what a number holds. */
export const lineCentsAtMost = 100_000_000_000

const wrong = (code: string, path: string) => ({ path: [path], params: { code } })
const BasisPoints = z.int().min(0).max(10_000)
const Span = z
  .object({ from: Day, until: Day })
  .refine(({ from, until }) => from <= until, wrong('period_upside_down', 'until'))

/** Amounts and quantities as they are printed: positive on a credit note too. */
export const DraftLine = z
  .object({
    /** Several lines at most; empty while it is typed. */
    description: text(1_000).normalize('NFC').trim(),
    /** Decimal with three places at most, as text: '1', '-2.5'. */
    quantity: z.string().regex(/^-?\d{1,9}(\.\d{1,3})?$/, { error: 'quantity_wrong' }),
    unit: z.string().regex(/^[A-Z0-9]{2,3}$/),
    unitPriceCents: z.int().min(-lineCentsAtMost).max(lineCentsAtMost),
    /** Off this line: one of both is 0. */
    discountBasisPoints: BasisPoints.default(0),
    discountCents: z.int().min(-lineCentsAtMost).max(lineCentsAtMost).default(0),
    vatCategory: z.enum(vatCategories),
    vatBasisPoints: BasisPoints,
    /** VATEX code of what exempts it; null where it bears VAT. */
    vatExemption: z
      .string()
      .regex(/^VATEX-[A-Z0-9-]{2,40}$/)
      .nullable()
      .default(null),
    /** Days, both inclusive. */
    period: Span.nullable().default(null),
    /** The deposit invoice this line takes off, below zero; on a credit note, gives back. */
    depositId: Id.optional(),
  })
  .refine(
    (one) => one.discountBasisPoints === 0 || one.discountCents === 0,
    wrong('discount_twice', 'discountCents'),
  )
  .refine(
    (one) =>
      Math.abs(lineSums({ ...one, discountBasisPoints: 0, discountCents: 0 }).exclCents) <= lineCentsAtMost,
    { ...wrong('line_amount_too_large', 'quantity'), when: ({ issues }) => issues.length === 0 },
  )
export type DraftLine = z.infer<typeof DraftLine>

/** Off the whole document: one of both is 0. */
export const DraftDiscount = z
  .object({
    basisPoints: BasisPoints,
    cents: z.int().min(0).max(lineCentsAtMost),
    label: line(100),
  })
  .refine(({ basisPoints, cents }) => basisPoints === 0 || cents === 0, wrong('discount_twice', 'cents'))

/** What the editor saves, whole. */
export const draftFields = {
  /** The day it shall bear; null: the day it is finalised. */
  wantedOn: Day.nullable().default(null),
  /** Another day than that of issue on which what is invoiced was done. */
  suppliedOn: Day.nullable().default(null),
  period: Span.nullable().default(null),
  /** Null: as the client's profile, else the terms, say. */
  paymentDays: z.int().min(0).max(60).nullable().default(null),
  paymentMeans: z.enum(paymentMeans).nullable().default(null),
  discount: DraftDiscount.default({ basisPoints: 0, cents: 0, label: '' }),
  orderReference: line(100).default(''),
  /** Printed below the lines. */
  note: text(2_000).default(''),
  lines: z.array(DraftLine).max(linesAtMost).default([]),
}
export const DraftFields = z.object(draftFields)
export type DraftFields = z.infer<typeof DraftFields>

export const CitedDocument = z.object({ id: Id, number: z.string(), issuedOn: Day })

export const Draft = DraftFields.extend({
  id: Id,
  typeCode: DocumentType,
  client: z.object({ id: Id, firstName: z.string(), lastName: z.string(), email: z.string() }),
  /** What a credit note or a corrective invoice cites, or the deposit a final invoice takes into account. */
  original: CitedDocument.nullable(),
  /** Never printed; saved by itself. */
  internalNote: z.string(),
  origin: z.enum(['hand', 'renewal', 'quote', 'correction', 'import']),
  /** Waits until a person looked at it. */
  held: z.boolean(),
  revision: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
  updatedBy: z.string().nullable(),
})
export type Draft = z.infer<typeof Draft>

/** What a document comes to; as it is printed. */
export const DraftSums = z.object({
  lines: z.array(z.object({ discountCents: Cents, exclCents: Cents })),
  discounts: z.array(
    z.object({
      label: z.string(),
      vatCategory: z.enum(vatCategories),
      vatBasisPoints: z.int(),
      cents: Cents,
    }),
  ),
  vat: z.array(
    z.object({ category: z.enum(vatCategories), basisPoints: z.int(), baseCents: Cents, vatCents: Cents }),
  ),
  linesCents: Cents,
  discountCents: Cents,
  exclCents: Cents,
  vatCents: Cents,
  inclCents: Cents,
})
