/**
 * What this tab knows of the impersonation it works in, so that it never goes on as somebody else when that is over: not
 * after a reload, and not when another tab ended it. Kept for the tab alone; no key and no name is among it.
 */
import { useSyncExternalStore } from 'react'

type Known = { endsAt: string; isOver: boolean }

const place = 'impersonation'
const listeners = new Set<() => void>()
let isOver = false

function known(): Known | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(place) ?? 'null')
    return typeof kept === 'object' && kept !== null && 'endsAt' in kept && 'isOver' in kept
      ? (kept as Known) // written below
      : null
  } catch {
    return null
  }
}

const keep = (about: Known) => sessionStorage.setItem(place, JSON.stringify(about))

/** The tab works in one now. */
export function noteImpersonation(endsAt: string): void {
  const before = known()
  if (before?.endsAt !== endsAt || before.isOver) keep({ endsAt, isOver: false })
}

/** Whoever is served now is themself. @returns whether this tab worked in an impersonation until then, and may not go on */
export function noteOneself(): boolean {
  const before = known()
  if (before?.isOver === false) return true
  if (before) sessionStorage.removeItem(place)
  return false
}

/** This tab’s last answer came from within one, or from where it had just ended. */
export const wasImpersonating = (): boolean => known() !== null

/** From here on the tab shows that it is over, and nothing else. */
export function showOver(): void {
  keep({ endsAt: known()?.endsAt ?? '', isOver: true })
  isOver = true
  for (const listener of listeners) listener()
}

export function useIsOver(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isOver,
  )
}

/** Whether the time it was given had run out; null where that is not known any more. */
export function ranOut(now: number = Date.now()): boolean | null {
  const until = Date.parse(known()?.endsAt ?? '')
  return Number.isNaN(until) ? null : now >= until - 2_000
}
