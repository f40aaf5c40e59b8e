/** Keys with Alt, heard in the text too: those without it are the editor's, those with Ctrl mostly the browser's. */
import { useEffect, useEffectEvent } from 'react'

/** By place on the keyboard, since on a Mac Alt writes another letter: these stand where they do in AZERTY and in QWERTY. */
export type AltKey = 'KeyN' | 'KeyX' | 'KeyC' | 'KeyS' | 'KeyR' | 'PageUp' | 'PageDown'

type Pressed = Pick<
  KeyboardEvent,
  'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'code' | 'defaultPrevented'
> & {
  getModifierState: (name: string) => boolean
}

/** AltGr writes signs such as { and |. */
export const isAlone = (event: Pressed): boolean =>
  event.altKey &&
  !event.ctrlKey &&
  !event.metaKey &&
  !event.shiftKey &&
  !event.defaultPrevented &&
  !event.getModifierState('AltGraph')

export function useAltKeys(keys: Record<AltKey, () => void>): void {
  const heard = useEffectEvent((event: KeyboardEvent) => {
    const run = isAlone(event) ? Object.entries(keys).find(([code]) => code === event.code)?.[1] : undefined
    // What is asked in a dialog is answered first.
    if (!run || document.querySelector('[role="dialog"]')) return
    event.preventDefault()
    event.stopPropagation()
    run()
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => heard(event)
    addEventListener('keydown', onKeyDown, { capture: true })
    return () => removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}

/** @returns the one so many places on, round about */
export function placeOn<One>(all: readonly One[], at: One, by: number): One {
  const place = all.indexOf(at)
  return all[(place + by + all.length) % all.length] ?? at
}
