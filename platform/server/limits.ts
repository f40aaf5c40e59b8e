import type { Limit } from './requests.ts'

/**
 * Whether what was made within some limits may be handed to who is limited now: nothing of it can lie outside.
 * @param now undefined for everywhere
 * @param then undefined for everywhere
 */
export function stillWithin(now: readonly Limit[] | undefined, then: readonly Limit[] | undefined): boolean {
  if (now === undefined) return true
  if (then === undefined) return false
  return then.every(({ kind, values }) => {
    const held = now.filter((limit) => limit.kind === kind)
    const reach = new Set(held.flatMap((limit) => limit.values))
    return held.length > 0 && values.every((value) => reach.has(value))
  })
}
