import { type Formats, MISSING } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { durationInWords } from '../promises/durations.ts'

/** Working seconds as people say them; to the minute, and a moment is one. */
export const timeInWords = (seconds: number | null, t: Translate): string =>
  seconds === null ? MISSING : durationInWords(Math.ceil(seconds / 60), t)

/** Null where there is nothing it would be a part of. */
export const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

/** Of fewer a share says nothing: of one ticket to four it would be three hundred per cent. */
const fewestForShares = 5

export type Change = { ratio: number | null; difference?: string }

/** Of counts: as a share of what it was before, or where that was next to nothing as so many more or less. */
export function changeOfCount(before: number, now: number, formats: Formats): Change {
  if (before >= fewestForShares) return { ratio: (now - before) / before }
  return { ratio: now - before, difference: formats.difference(now - before) }
}

type Timed = { measured: number; medianSeconds: number | null }

/** The same of times, which a share is told of where enough tickets took long enough. */
export function changeOfTime(before: Timed, now: Timed, t: Translate): Change {
  const [was, is] = [before.medianSeconds, now.medianSeconds]
  if (was === null || is === null) return { ratio: null }
  if (before.measured >= fewestForShares && was >= fewestForShares * 60) return { ratio: (is - was) / was }
  // As they stand on the card, whole minutes: what is told between them is what lies between them there.
  const minutes = Math.ceil(is / 60) - Math.ceil(was / 60)
  const sign = minutes > 0 ? '+' : minutes < 0 ? '-' : ''
  return { ratio: minutes, difference: `${sign}${durationInWords(Math.abs(minutes), t)}` }
}

export const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

/** Of scores counted from 1 on. */
export const meanScore = (byScore: readonly number[]): number | null => {
  const given = sumOf(byScore)
  return given === 0 ? null : sumOf(byScore.map((count, at) => count * (at + 1))) / given
}
