// What documents ask for, line by line.
import { sql, type CentralDb } from '#platform/server/db.ts'
import { partsOfDiscount } from '../drafts/credit-lines.ts'
import type { LineRow } from '../drafts/draft-queries.ts'
import { typedLines } from '../drafts/rows.ts'
import type { Rate } from './rates.ts'

export type AskedLine = Rate & {
  documentId: string
  /** The document that this one is a credit note of. */
  creditedId: string | null
  position: number
  periodFrom: string | null
  /** Less its part of its document's discount; below zero what a credit note takes back. */
  cents: number
}

/** Of these documents and of their credit notes, drafts too. */
export async function askedBy(db: CentralDb, ids: readonly string[]): Promise<AskedLine[]> {
  const { rows } = await sql<Row>`
    select document.id as document_id, case type_code when 381 then original_id end as credited_id, type_code,
      document.discount_basis_points as percent_off, document.discount_cents as cents_off, line.*
    from invoices document join invoice_lines line on line.invoice_id = document.id
    where document.id = any(${ids}::uuid[]) or original_id = any(${ids}::uuid[]) and type_code = 381
    order by document.id, position`.execute(db)
  return [...Map.groupBy(rows, ({ documentId }) => documentId).values()].flatMap(lessDiscount)
}

type Row = Pick<AskedLine, 'documentId' | 'creditedId'> &
  LineRow & { typeCode: number; percentOff: number; centsOff: number }

function lessDiscount(rows: readonly Row[]): AskedLine[] {
  const [{ typeCode, percentOff, centsOff }] = rows as [Row, ...Row[]] // a group has one at least
  const discount = { basisPoints: percentOff, cents: centsOff, label: '' }
  const { parts } = partsOfDiscount({ lines: typedLines(typeCode, rows), discount })
  return rows.map(({ documentId, creditedId, position, periodFrom, exclCents, ...rate }, at) => ({
    documentId,
    creditedId,
    position,
    periodFrom,
    cents: exclCents - (typeCode === 381 ? -1 : 1) * (parts[at] ?? 0),
    vatCategory: rate.vatCategory as Rate['vatCategory'], // the column's CHECK holds the same
    vatBasisPoints: rate.vatBasisPoints,
    vatExemption: rate.vatExemption,
  }))
}
