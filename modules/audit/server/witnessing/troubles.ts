/** How a trouble is kept in the database, and when a witness that had one is asked again. */
import { witnessTroubles, type WitnessTroubleCode } from '#contract/audit'
import type { WitnessTrouble } from './witness.ts'

/** `code detail`, one column. */
export const written = ({ code, detail }: Pick<WitnessTrouble, 'code' | 'detail'>): string =>
  `${code} ${detail}`

export function readTrouble(error: string): { code: WitnessTroubleCode; detail: string } {
  const [word = '', ...rest] = error.split(' ')
  const code = witnessTroubles.find((known) => known === word)
  return code ? { code, detail: rest.join(' ') } : { code: 'failed', detail: error }
}

const minuteMs = 60_000
const longestWait = 60

/** One minute after the first failure, two after the next, and so on to an hour. */
export const isDue = ({ tries, lastAt }: { tries: number; lastAt: Date }, now: Date): boolean =>
  // The clock that calls strikes once a minute, give or take.
  now.getTime() - lastAt.getTime() >= Math.min(2 ** (tries - 1), longestWait) * minuteMs - 5_000
