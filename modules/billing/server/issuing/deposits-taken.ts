/** What a document takes of deposit invoices by lines that name them, and what a credit note gives back of it. */
import type { InvoiceContent } from '#contract/billing'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { askKept } from '#platform/server/kept-statements.ts'
import {
  depositsHeldBy,
  depositsOfClient,
  leftOf,
  type DocumentRow,
  type LineRow,
} from '../drafts/draft-queries.ts'
import { leftAt, rateOf, type Left } from '../drafts/rates-left.ts'

type Movement = { depositId: string; vatCategory: string; vatBasisPoints: number; exclCents: number }

/** Of one deposit and rate; above zero: it is taken off. */
export type Taking = Movement & {
  /** The first of its lines, from 0. */
  line: number
  /** Null: no deposit of this client that could be taken off here. */
  deposit: { number: string; issuedOn: string } | null
  /** What there is to take, or, below zero, to give back. */
  leftCents: number
}

/** In the order of the deposits' days, those that cannot be taken last. */
export async function takingsOf(
  db: CentralDb,
  { typeCode, clientId, originalId }: Pick<DocumentRow, 'typeCode' | 'clientId' | 'originalId'>,
  companyId: string,
  lines: readonly LineRow[],
): Promise<Taking[]> {
  const moved = movedBy(lines)
  if (moved.length === 0) return []
  const deposits = await depositsOfClient(db, clientId, [...new Set(moved.map(({ depositId }) => depositId))])
  const held = typeCode === 381 && originalId !== null ? await depositsHeldBy(db, originalId) : []
  const left = new Map<string, Left>()
  if (typeCode !== 381) for (const { id } of deposits) left.set(id, await leftOf(db, id))
  const place = (id: string) => deposits.findIndex((one) => one.id === id)
  return moved
    .map((one): Taking => {
      const deposit = deposits.find(
        ({ id, companyId: own }) => id === one.depositId && (own ?? companyId) === companyId,
      )
      const rate = rateOf(left.get(one.depositId) ?? { rates: [] }, {
        category: one.vatCategory,
        basisPoints: one.vatBasisPoints,
      })
      const toGiveBack = held.find((other) => isSame(one, other))?.exclCents ?? 0
      return {
        ...one,
        deposit: deposit ? { number: deposit.number, issuedOn: deposit.issuedOn } : null,
        leftCents: typeCode === 381 ? 0 - toGiveBack : rate ? leftAt(rate) : 0,
      }
    })
    .toSorted((one, other) => (place(one.depositId) >>> 0) - (place(other.depositId) >>> 0))
}

function movedBy(lines: readonly LineRow[]): (Movement & { line: number })[] {
  const moved: (Movement & { line: number })[] = []
  for (const [line, { depositId, vatCategory, vatBasisPoints, exclCents }] of lines.entries()) {
    if (depositId === null) continue
    const one = { depositId, vatCategory, vatBasisPoints }
    const known = moved.find((other) => isSame(one, other))
    if (known) known.exclCents -= exclCents
    else moved.push({ ...one, line, exclCents: 0 - exclCents })
  }
  return moved
}

type Rate = Omit<Movement, 'exclCents'>
const isSame = (one: Rate, other: Rate) =>
  one.depositId === other.depositId &&
  one.vatCategory === other.vatCategory &&
  one.vatBasisPoints === other.vatBasisPoints

/**
 * Writes down what is taken and given back. Whoever credits the last of a final invoice gives back all it took, whatever the lines
 * of the credit notes say.
 * @param cited what is left of the document that a credit note cites, without this one
 */
export async function moveDeposits(
  db: CentralDb,
  { id, originalId }: Pick<DocumentRow, 'id' | 'originalId'>,
  { content, takings, cited }: { content: InvoiceContent; takings: readonly Taking[]; cited: Left | null },
): Promise<void> {
  const isLast = originalId !== null && cited !== null && content.typeCode === 381 && isRest(cited, content)
  const moved: readonly Movement[] = isLast
    ? (await depositsHeldBy(db, originalId)).map((one) => ({ ...one, exclCents: 0 - one.exclCents }))
    : takings
  for (const { depositId, vatCategory, vatBasisPoints, exclCents } of moved)
    if (exclCents !== 0)
      await db
        .insertInto('depositsTaken')
        .values({ documentId: id, depositId, vatCategory, vatBasisPoints, exclCents })
        .execute()
}

const isRest = ({ rates }: Left, { vat, totals }: InvoiceContent) =>
  rates.every(({ category, basisPoints, askedCents, creditedCents }) => {
    const now =
      category === null
        ? totals.exclCents
        : (vat.find((one) => one.category === category && one.basisPoints === basisPoints)?.baseCents ?? 0)
    return askedCents === creditedCents + now
  })

/**
 * What a document cites, and the deposits it takes or gives back, do not change under the hands of who finalises it: two at once
 * take turns, in the order of the ids.
 */
export async function holdCited(
  db: CentralDb,
  { id, originalId }: Pick<DocumentRow, 'id' | 'originalId'>,
): Promise<void> {
  await askKept(
    db,
    sql`select id from invoices where id in (
      select ${originalId}::uuid
      union select deposit_id from invoice_lines where invoice_id = ${id}::uuid and deposit_id is not null
      union select deposit_id from deposits_taken where document_id = ${originalId}::uuid)
    order by id for no key update`,
  )
}
