import { useEffect, useEffectEvent, useState } from 'react'

const PAUSE = 200

/**
 * A search as it is typed, told once the typing pauses. When the value changes without having been
 * told (Back, a filter removed), the text follows it.
 *
 * @example const [text, setText] = useSettledText(filters.q ?? '', (q) => setFilters({ q }, { replace: true }))
 */
export function useSettledText(
  value: string,
  settle: (text: string) => void,
): [string, (text: string) => void] {
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
  const tell = useEffectEvent(() => {
    const now = text.trim()
    if (now === told) return
    setTold(now)
    settle(now)
  })
  useEffect(() => {
    const timer = setTimeout(tell, PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  return [text, setText]
}
