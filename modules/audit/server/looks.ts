/** What was written down a moment ago need not be written down again: the same look, the same refusal. */
const most = 10_000

/**
 * Tells whether something is new, and remembers it. Only memory of this process: after a restart, or in another one, a
 * line too many is written, never one too few.
 */
export function openRecently(milliseconds: number): (what: string, now: number) => boolean {
  const last = new Map<string, number>()
  return (what, now) => {
    const before = last.get(what)
    if (before !== undefined && now - before < milliseconds && now >= before) return false
    // Again at the end: the oldest stand first.
    last.delete(what)
    last.set(what, now)
    if (last.size > most) for (const oldest of last.keys()) return last.delete(oldest)
    return true
  }
}
