import { useEffect, useEffectEvent } from 'react'
import type { ChangeQueue } from './queue-filters.ts'

/**
 * Whoever begins the day in their own queue and has nothing there begins with what is open. Decided once, when the list has
 * come: who has resolved their last ticket stays where they are.
 *
 * @returns whether the list in sight is about to be another
 */
export function useLanding(
  landed: 'yes' | undefined,
  total: number | undefined,
  change: ChangeQueue,
): boolean {
  const decide = useEffectEvent((isEmpty: boolean) =>
    change({ landed: undefined, ...(isEmpty && { queue: 'open' }) }, { replace: true }),
  )
  const isEmpty = total === undefined ? undefined : total === 0
  useEffect(() => {
    if (landed && isEmpty !== undefined) decide(isEmpty)
  }, [landed, isEmpty])
  return landed !== undefined && isEmpty === true
}
