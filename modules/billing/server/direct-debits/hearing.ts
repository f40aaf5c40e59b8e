/** What a bank statement says of direct debits: that a file was paid, that a collection came back. */
import { returnCodes } from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import type { Context } from '#platform/server/requests.ts'
import type { StatementLine } from '../bank/reading/statement.ts'
import { bookCollection, returnOne } from './booking.ts'
import { batchesNamed, collectionRows, explainLines, type CollectionRow } from './queries.ts'

/** @returns how many files were booked and how many collections came back */
export async function directDebitsIn(
  ctx: Pick<Context, 'db' | 'clock' | 'actor'>,
  importId: string,
  lines: readonly StatementLine[],
): Promise<{ booked: number; returned: number }> {
  const { db } = ctx
  const at = ctx.clock.now()
  const today = dayOf(at)
  const byStaffId = ctx.actor.staffId
  let booked = 0
  let returned = 0
  const came = lines.filter((line) => line.amountCents > 0 && line.reference !== '')
  // A block's name is the file's with its sequence after it.
  const nameOf = (line: StatementLine) => line.reference.replace(/-(FRST|RCUR)$/, '')
  const batches = await batchesNamed(db, [...new Set(came.map(nameOf))])
  for (const batch of batches) {
    const collections = await collectionRows(db, { batchId: batch.id })
    for (const line of came.filter((one) => nameOf(one) === batch.messageId)) {
      const sequence = /-(FRST|RCUR)$/.exec(line.reference)?.[1]
      const meant = collections.filter((one) => sequence === undefined || one.sequence === sequence)
      // Another sum than the file's is for a person to look at.
      if (meant.reduce((sum, one) => sum + one.amountCents, 0) !== line.amountCents) continue
      for (const one of meant)
        if (one.state === 'pending') await bookCollection(db, one, { on: line.bookedOn, today, byStaffId })
      await explainLines(db, importId, { ...line, why: 'direct_debit', paymentId: null, at })
      booked++
    }
  }
  const left = lines.filter((line) => line.amountCents < 0 && line.reference !== '')
  const back = await collectionRows(db, { endToEndIds: left.map((line) => line.reference) })
  for (const collection of back) {
    const line = left.find(
      (one) => one.reference === collection.endToEndId && -one.amountCents === collection.amountCents,
    )
    if (!line || collection.state === 'returned') continue
    const code = known(line.returnCode)
    const paymentId = await returnOne(db, collection, { code, on: line.bookedOn, today, byStaffId })
    await explainLines(db, importId, { ...line, why: 'return', paymentId, at })
    returned++
  }
  return { booked, returned }
}

/** MS03: the bank does not say why. */
export const known = (code: string | null): string =>
  (returnCodes as readonly string[]).includes(code ?? '') ? (code ?? 'MS03') : 'MS03'

/** Those that nobody decided about yet. */
export const isPending = ({ state }: CollectionRow): boolean => state === 'pending'
