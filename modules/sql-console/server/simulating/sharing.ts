/** What is kept of results is kept of all statements together: each has its part of it, and what one leaves goes to those after it. */
import type { Statement } from '../statements/reading.ts'
import type { Bounds } from './bounds.ts'

/** However many there are, a few rows of each. */
const least = 20_000

export function sharing(bounds: Bounds, statements: readonly Pick<Statement, 'does' | 'text'>[]) {
  let left = bounds.bytes
  // What gives no rows needs no part; a word in a text that is none asks for one in vain, and leaves it.
  const gives = statements.map(({ does, text }) => does === 'reads' || /\breturning\b/i.test(text))
  let turns = gives.filter(Boolean).length
  return {
    /** For the statement at this place: they come in their order. */
    of(place: number): Bounds {
      const part = gives[place] ? Math.floor(Math.max(0, left) / Math.max(1, turns--)) : left
      return { ...bounds, bytes: Math.max(least, part) }
    },
    /** @param bytes that were kept of it */
    took(bytes: number): void {
      left -= bytes
    },
  }
}
