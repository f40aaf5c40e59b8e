/** How an amount is shared out among what it is for. Pure: what it is given was read under a lock. */
import type { DueRef } from '#contract/fees'
import type { Allocation } from './payment-queries.ts'

/**
 * Each line takes what is left of it, in their order, until nothing is left of the amount.
 * @param cents no more than all of them take together
 */
export function sharedOut(cents: number, lines: readonly (DueRef & { leftCents: number })[]): Allocation[] {
  let rest = cents
  return lines.flatMap(({ kind, id, leftCents }) => {
    const share = Math.min(rest, Math.max(0, leftCents))
    rest -= share
    return share > 0 ? [{ kind, id, cents: share }] : []
  })
}

type Refundable = DueRef & { leftCents: number; overCents: number }

/**
 * What goes back of a payment: first what is paid above what is owed by now, then the rest in the order given.
 * @returns allocations below zero
 */
export function takenBack(cents: number, lines: readonly Refundable[]): Allocation[] {
  const over = lines.map((line) => ({
    ...line,
    leftCents: Math.min(line.leftCents, Math.max(0, line.overCents)),
  }))
  const first = sharedOut(Math.min(cents, sum(over)), over)
  const taken = (ref: DueRef) => first.find(({ kind, id }) => kind === ref.kind && id === ref.id)?.cents ?? 0
  const rest = lines.map((line) => ({ ...line, leftCents: line.leftCents - taken(line) }))
  const then = sharedOut(cents - sum(first.map((one) => ({ leftCents: one.cents }))), rest)
  return lines.flatMap(({ kind, id }) => {
    const second = then.find((one) => one.kind === kind && one.id === id)?.cents ?? 0
    const share = taken({ kind, id }) + second
    return share > 0 ? [{ kind, id, cents: -share }] : []
  })
}

const sum = (lines: readonly { leftCents: number }[]) =>
  lines.reduce((all, { leftCents }) => all + leftCents, 0)
