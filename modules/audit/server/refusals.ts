/** How many refusals of one session are entries each: whoever asks for thousands of things must not fill the log. */

/** Different refusals written down in one minute. */
export const refusalsAMinute = 30

const minuteMs = 60_000
/** So many sessions are remembered, those that asked last. */
const mostSessions = 10_000

type Minute = { since: number; kinds: Set<string>; told: number; untold: number; announced: boolean }

/** What to write of a refusal: itself, nothing, or once a minute that there are too many to write each. */
export type Verdict = { write: 'refusal' } | { write: 'nothing' } | { write: 'many'; untoldBefore: number }

/**
 * @returns says what to do with one more refusal. The first of a kind (endpoint and code) is always written, so that no
 * flood hides that something else was tried. Only memory of this process, and bounded.
 */
export function openRefusals(): (session: string, kind: string, now: number) => Verdict {
  const minutes = new Map<string, Minute>()
  return (session, kind, now) => {
    const before = minutes.get(session)
    const isOver = !before || now < before.since || now - before.since >= minuteMs
    const minute = isOver
      ? { since: now, kinds: new Set<string>(), told: 0, untold: before?.untold ?? 0, announced: false }
      : before
    minutes.delete(session)
    minutes.set(session, minute)
    for (const oldest of minutes.keys()) {
      if (minutes.size <= mostSessions) break
      minutes.delete(oldest)
    }
    const isNew = !minute.kinds.has(kind)
    minute.kinds.add(kind)
    if (isNew || minute.told < refusalsAMinute) {
      minute.told++
      return { write: 'refusal' }
    }
    if (minute.announced) {
      minute.untold++
      return { write: 'nothing' }
    }
    // The one that is announced is itself not written.
    const untoldBefore = minute.untold
    minute.announced = true
    minute.untold = 1
    return { write: 'many', untoldBefore }
  }
}
