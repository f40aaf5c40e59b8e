import { useEffect, useEffectEvent, useState } from 'react'

const PAUSE = 200

/**
 * A search as it is typed, told once the typing pauses. When the value changes without having been
 * told (Back, a filter removed), the text follows it.
 *
 * @param pause how long the typing rests; longer where each search told leaves a trace
 * @returns also how to tell it at once, for Enter
 * @example const [text, setText] = useSettledText(filters.q ?? '', (q) => setFilters({ q }, { replace: true }))
 */
export function useSettledText(
  value: string,
  settle: (text: string) => void,
  pause = PAUSE,
): [text: string, setText: (text: string) => void, tellNow: () => void] {
  const [text, setText] = useState(value)
  const [told, setTold] = useState(value)
  const [known, setKnown] = useState(value)
  if (known !== value) {
    setKnown(value)
    if (value !== told) {
      setText(value)
      setTold(value)
    }
  }
  const tellNow = () => {
    const now = text.trim()
    if (now === told) return
    setTold(now)
    settle(now)
  }
  const rest = useEffectEvent(tellNow)
  useEffect(() => {
    const timer = setTimeout(rest, pause)
    return () => clearTimeout(timer)
  }, [text, pause])
  return [text, setText, tellNow]
}
