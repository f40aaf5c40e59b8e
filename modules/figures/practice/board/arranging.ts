import { boardCards, type Arrangement, type BoardCard } from '#contract/figures'

/** The order in which cards stand that somebody may see; what a later release adds stands at its own place. */
export function ordered(arrangement: Arrangement | null, offered: readonly BoardCard[]): BoardCard[] {
  const said = arrangement?.order.filter((card) => offered.includes(card)) ?? []
  const order = [...said]
  for (const card of boardCards) {
    if (!offered.includes(card) || order.includes(card)) continue
    // Behind the one it follows by itself.
    const before = boardCards.slice(0, boardCards.indexOf(card)).findLast((other) => order.includes(other))
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, card)
  }
  return order
}

/** One step towards the beginning or the end. */
export function shifted(order: readonly BoardCard[], card: BoardCard, by: -1 | 1): BoardCard[] {
  const other = order[order.indexOf(card) + by]
  return other === undefined ? [...order] : placedAt(order, card, other)
}

/** Where another one stands; that one makes room. */
export function placedAt(order: readonly BoardCard[], card: BoardCard, target: BoardCard): BoardCard[] {
  const at = order.indexOf(target)
  const without = order.filter((one) => one !== card)
  return without.toSpliced(at, 0, card)
}
