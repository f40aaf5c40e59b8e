/** What is about to be paid: which lines, how much, and whether that can be. */
import type { Due, DueRef } from '#contract/fees'
import { centsIn, typedOf } from '../amounts.ts'

/** Lines in their order of time; those that were asked for, or all that is to be collected of one practitioner. */
export function firstChosen(rows: readonly Due[], asked: readonly DueRef[] | undefined): ReadonlySet<string> {
  if (asked) return new Set(asked.map(({ id }) => id))
  const owed = rows.filter(({ daysLate }) => daysLate !== null)
  return new Set(owed.filter((due) => due.practitioner.id === owed[0]?.practitioner.id).map(({ id }) => id))
}

export type PayProblem = 'none-chosen' | 'practitioners' | 'amount.wrong' | 'amount.over'

export type Sum = {
  lines: readonly Due[]
  leftCents: number
  amount: string
  cents: number | null
  problem: PayProblem | null
}

/** @param typed what stands in the field; null: whatever is left of the lines */
export function sumOf(rows: readonly Due[], chosen: ReadonlySet<string>, typed: string | null): Sum {
  const lines = rows.filter(({ id }) => chosen.has(id))
  const leftCents = lines.reduce((sum, due) => sum + due.leftCents, 0)
  const amount = typed ?? typedOf(leftCents)
  const cents = centsIn(amount)
  return { lines, leftCents, amount, cents, problem: problemOf(lines, leftCents, cents) }
}

function problemOf(lines: readonly Due[], leftCents: number, cents: number | null): PayProblem | null {
  if (lines.length === 0) return 'none-chosen'
  if (new Set(lines.map(({ practitioner }) => practitioner.id)).size > 1) return 'practitioners'
  if (cents === null || cents === 0) return 'amount.wrong'
  return cents > leftCents ? 'amount.over' : null
}
