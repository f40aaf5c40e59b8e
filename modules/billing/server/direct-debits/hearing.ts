/** What a bank statement says of direct debits: that a file was paid, that a collection came back. */
import { returnCodes } from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import type { Context } from '#platform/server/requests.ts'
import type { StatementLine } from '../bank/reading/statement.ts'
import { weighDebts } from '../subscriptions/debts.ts'
import { bookCollection, returnOne } from './booking.ts'
import { heldCollections } from './holding.ts'
import { batchesNamed, explainLines, type CollectionRow } from './queries.ts'

/** @returns how many files were booked and how many collections came back */
export async function directDebitsIn(
  ctx: Pick<Context, 'db' | 'clock' | 'actor'>,
  importId: string,
  lines: readonly StatementLine[],
): Promise<{ booked: number; returned: number }> {
  const { db } = ctx
  const at = ctx.clock.now()
  const today = dayOf(at)
  const toldBy = { today, byStaffId: ctx.actor.staffId, toWeigh: new Set<string>() }
  const came = lines.filter((line) => line.amountCents > 0 && line.reference !== '')
  const left = lines.filter((line) => line.amountCents < 0 && line.reference !== '')
  const batches = await batchesNamed(db, [...new Set(came.map(nameOf))])
  // All of them at once: whoever is named twice in a statement is not waited for twice.
  const held = await heldCollections(db, {
    batchIds: batches.map((batch) => batch.id),
    endToEndIds: left.map((line) => line.reference),
  })
  const states = new Map(held.map((one) => [one.id, one.state]))
  let booked = 0
  let returned = 0
  for (const batch of batches)
    for (const line of came.filter((one) => nameOf(one) === batch.messageId)) {
      const sequence = /-(FRST|RCUR)$/.exec(line.reference)?.[1]
      const meant = held.filter(
        (one) => one.batchId === batch.id && (sequence === undefined || one.sequence === sequence),
      )
      const stayed = meant.filter((one) => states.get(one.id) !== 'returned')
      // A bank pays all and takes back what was rejected, or pays the rest: another sum is for a person to look at.
      if (sum(meant) !== line.amountCents && sum(stayed) !== line.amountCents) continue
      for (const one of stayed)
        if (states.get(one.id) === 'pending') {
          const paymentId = await bookCollection(db, one, { on: line.bookedOn, ...toldBy })
          one.paymentId = paymentId
          states.set(one.id, 'collected')
        }
      await explainLines(db, importId, { ...line, why: 'direct_debit', paymentId: null, at })
      booked++
    }
  for (const collection of held) {
    const line = left.find(
      (one) => one.reference === collection.endToEndId && -one.amountCents === collection.amountCents,
    )
    if (!line || states.get(collection.id) === 'returned') continue
    const code = known(line.returnCode)
    const paymentId = await returnOne(db, collection, { code, on: line.bookedOn, ...toldBy })
    await explainLines(db, importId, { ...line, why: 'return', paymentId, at })
    returned++
  }
  await weighDebts(db, today, [...toldBy.toWeigh])
  return { booked, returned }
}

/** A block's name is the file's with its sequence after it. */
const nameOf = (line: StatementLine) => line.reference.replace(/-(FRST|RCUR)$/, '')
const sum = (collections: readonly CollectionRow[]) =>
  collections.reduce((total, one) => total + one.amountCents, 0)

/** MS03: the bank does not say why. */
export const known = (code: string | null): string =>
  (returnCodes as readonly string[]).includes(code ?? '') ? (code ?? 'MS03') : 'MS03'

/** Those that nobody decided about yet. */
export const isPending = ({ state }: CollectionRow): boolean => state === 'pending'
