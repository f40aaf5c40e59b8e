import { sentenceOf } from './errors.ts'
import type { useMessages } from './messages.tsx'
import { PasskeyError, type PasskeyProblem } from './passkeys.ts'

/** What an app tells of each problem. */
export type PasskeyWords = { problems: Readonly<Record<Exclude<PasskeyProblem, 'cancelled'>, string>> }

/** What to tell of a passkey that did not come about; null when the person called it off. */
export function sentenceOfPasskey(
  error: Error | null,
  { problems }: PasskeyWords,
  t: ReturnType<typeof useMessages>,
): string | null {
  if (!error) return null
  if (!(error instanceof PasskeyError)) return sentenceOf(error, t)
  return error.problem === 'cancelled' ? null : problems[error.problem]
}
