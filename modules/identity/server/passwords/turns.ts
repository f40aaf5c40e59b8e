/** Who is let in before whom: those the house knows something of, then everybody else. */
export type Turn = 'known' | 'stranger'

export type Turns = {
  <T>(work: () => Promise<T>, whose?: Turn): Promise<T>
  /** How many strangers wait. */
  strangersWaiting(): number
}

/**
 * Lets so many run at once; the others wait, the first come first, strangers behind all others.
 * @example const turns = inTurn(2); await turns(() => hash(password))
 */
export function inTurn(atOnce: number): Turns {
  let running = 0
  const waiting: Record<Turn, (() => void)[]> = { known: [], stranger: [] }
  async function take<T>(work: () => Promise<T>, whose: Turn = 'known'): Promise<T> {
    if (running >= atOnce) await new Promise<void>((turn) => waiting[whose].push(turn))
    else running++
    try {
      return await work()
    } finally {
      // The place goes to the next one directly: nobody who comes meanwhile can take it.
      const next = waiting.known.shift() ?? waiting.stranger.shift()
      if (next) next()
      else running--
    }
  }
  return Object.assign(take, { strangersWaiting: () => waiting.stranger.length })
}
