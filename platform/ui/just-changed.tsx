import { useEffect, useState } from 'react'
import { cx } from './cx.ts'

const SHOWN_FOR = 4000

/** True for a moment after a value changed under the reader's eyes, not when it first appears. */
export function useJustChanged(value: unknown): boolean {
  const [before, setBefore] = useState(value)
  const [marked, setMarked] = useState(0)
  if (before !== value) {
    setBefore(value)
    setMarked(marked + 1)
  }
  useEffect(() => {
    if (marked === 0) return
    const timer = setTimeout(() => setMarked(0), SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [marked])
  return marked > 0
}

/** A figure that marks itself when news change it: by its ground, without moving. */
export function LiveFigure({ value }: { value: string }) {
  const changed = useJustChanged(value)
  return (
    <span
      data-changed={changed || undefined}
      className={cx(
        'rounded-small transition-colors duration-500',
        changed && 'bg-accent-soft shadow-[0_0_0_3px_var(--accent-soft)]',
      )}
    >
      {value}
    </span>
  )
}
