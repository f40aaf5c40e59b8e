import { createHash } from 'node:crypto'
import type { Logger } from '#platform/server/log.ts'
import type { Breached } from './policy.ts'

const timeoutMs = 2_000
/** About a thousand lines of forty characters, padding included; more is no answer of such a service. */
const longestAnswer = 500_000

/**
 * Asks a service in the manner of Pwned Passwords whether a password was in a leak. It learns five of the forty
 * characters of a SHA-1, by which hundreds of passwords begin, and the padding hides from the network how many. Nobody
 * there to ask: the password passes, and the log says so.
 * @param url of its range endpoint, such as `https://api.pwnedpasswords.com/range/`; undefined asks nobody
 */
export function breachedBy(url: string | undefined, log: Logger): Breached {
  if (url === undefined) return async () => false
  return async (password) => {
    const hash = createHash('sha1').update(password).digest('hex').toUpperCase()
    try {
      const answer = await fetch(new URL(hash.slice(0, 5), url), {
        headers: { 'add-padding': 'true' },
        signal: AbortSignal.timeout(timeoutMs),
        redirect: 'error',
      })
      if (!answer.ok) throw new Error(`it answered ${answer.status}`)
      const text = await answer.text()
      if (text.length > longestAnswer) throw new Error('its answer was too long')
      // Padding is lines that were found zero times.
      return text.split(/\r?\n/).some((line) => {
        const [rest, times] = line.split(':')
        return rest === hash.slice(5) && Number(times) > 0
      })
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'passwords could not be held against those that leaked')
      return false
    }
  }
}
