import type { NewsDesk } from '#platform/server/news.ts'
import type { RequestFacts } from '#platform/server/requests.ts'
import { hashOf } from '#platform/server/random.ts'

const cacheMs = 1_000
const cacheSize = 10_000

/** Asked passively, by a page that only listens, a session is not used. */
export type Asks<Who> = (facts: RequestFacts, how?: { passive: boolean }) => Promise<Who | null>

/**
 * Who asks, by the session cookie. An answer is kept for a second at most, and all are dropped at once when any process
 * tells news of one of these topics. Asked passively it does not count as use: a screen left alone ends its session
 * after an hour.
 * @param read asks the database; `usedFrom` is the address the session is used from, null when nobody uses it now
 */
export function openSessionCache<Who>(
  desk: Pick<NewsDesk, 'subscribe'>,
  topics: readonly string[],
  read: (token: string, usedFrom: string | null) => Promise<Who | null>,
  cookie: 'session' | 'impersonation' = 'session',
): Asks<Who> {
  const known = new Map<string, { who: Promise<Who | null>; until: number }>()
  desk.subscribe((whisper) => {
    if (whisper === null || topics.includes(whisper.topic)) known.clear()
  })
  return (facts, { passive } = { passive: false }) => {
    const token = facts.cookies[cookie]
    if (!token) return Promise.resolve(null)
    const key = hashOf(token).toString('base64')
    const now = performance.now()
    const cached = known.get(key)
    if (cached && cached.until > now) return cached.who
    if (known.size >= cacheSize) known.clear()
    const who = read(token, passive ? null : facts.ip)
    known.set(key, { who, until: now + cacheMs })
    // An outage is not an answer worth keeping.
    who.catch(() => known.delete(key))
    return who
  }
}
