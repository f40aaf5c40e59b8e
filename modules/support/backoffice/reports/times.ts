import { MISSING } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { durationInWords } from '../promises/durations.ts'

/** Working seconds as people say them; to the minute, and a moment is one. */
export const timeInWords = (seconds: number | null, t: Translate): string =>
  seconds === null ? MISSING : durationInWords(Math.ceil(seconds / 60), t)

/** Null where there is nothing it would be a part of. */
export const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

/** More or less than before; null where there is nothing to compare with. */
export const changeSince = (before: number | null, now: number | null): number | null =>
  before === null || now === null || before === 0 ? null : (now - before) / before

export const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

/** Of scores counted from 1 on. */
export const meanScore = (byScore: readonly number[]): number | null => {
  const given = sumOf(byScore)
  return given === 0 ? null : sumOf(byScore.map((count, at) => count * (at + 1))) / given
}
