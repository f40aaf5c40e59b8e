/** What is wrong with a text, or ended it, in the sentences that the console's screens have for it. */
import { sentencesOf, type Sentences } from '#platform/server/sentences.ts'
import { readMessages } from '../messages.ts'

let known: Sentences | undefined
const sentences = () => (known ??= sentencesOf(readMessages()))

function said(key: string, values: Record<string, string>): string | undefined {
  return sentences().has(key) ? sentences().say('en', key, values).replaceAll('\u00a0', ' ') : undefined
}

/** Why, and what may be done instead. Where nobody has a sentence for it, it is called what the engine calls it. */
export function problemInWords(problem: { reason: string; name: string; message: string | null }): string {
  const { reason, name, message } = problem
  const values = { name, message: message ?? '' }
  const called = [reason, name].filter(Boolean).join(': ')
  const why = said(`sql.reason.${reason}`, values) ?? `${called}${message ? ` (${message})` : ''}`
  const instead = said(`sql.instead.${reason}`, values)
  return instead ? `${why} ${instead}` : why
}

/** What PostgreSQL says says itself; what ended it from outside is only a code, and what the network said of that misleads. */
export function failureInWords({ code, message }: { code: string; message: string }): string {
  const isOurs = /[a-z]/.test(code)
  const why = isOurs ? said(`sql.failure.${code}`, {}) : undefined
  const help = said(`sql.failure.${code}.help`, {})
  return [why ?? message, help].filter(Boolean).join('. ').replaceAll('..', '.')
}
