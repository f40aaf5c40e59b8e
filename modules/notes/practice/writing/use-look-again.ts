import { useEffect, useEffectEvent } from 'react'
import { getNote } from '#contract/notes'
import { call } from '#platform/ui/call.ts'
import type { Keeper } from './keeper.ts'

/**
 * Whoever comes back to a window wrote elsewhere meanwhile, perhaps: what stands by now is shown, unless something was
 * typed here that is not saved yet.
 */
export function useLookAgain(keeper: Keeper, id: string, onOutdated: () => void): void {
  const look = useEffectEvent(async () => {
    const { phase, saved } = keeper.now()
    if (document.visibilityState !== 'visible' || phase !== 'saved' || !saved) return
    const note = await call(getNote, { params: { id } }).catch(() => null)
    if (note && !keeper.meet(note)) onOutdated()
  })
  useEffect(() => {
    const listener = () => void look()
    document.addEventListener('visibilitychange', listener)
    return () => document.removeEventListener('visibilitychange', listener)
  }, [])
}
