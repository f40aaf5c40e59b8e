/** What was written down a moment ago need not be written down again: the same look, the same refusal. */
const most = 10_000

/**
 * Does something, unless the same was done within so many milliseconds. Who comes while it is under way waits for it and
 * fails with it: nobody goes on as if it had been done. Only memory of this process: after a restart, or in another one,
 * it is done once too often, never once too few.
 */
export function openRecently(
  milliseconds: number,
): (what: string, now: number, work: () => Promise<void>) => Promise<void> {
  const last = new Map<string, { at: number; done: Promise<void> }>()
  return async (what, now, work) => {
    const before = last.get(what)
    if (before && now - before.at < milliseconds && now >= before.at) return before.done
    const done = work()
    // Again at the end: the oldest stand first.
    last.delete(what)
    last.set(what, { at: now, done })
    for (const oldest of last.keys()) {
      if (last.size <= most) break
      last.delete(oldest)
    }
    try {
      await done
    } catch (error) {
      if (last.get(what)?.done === done) last.delete(what)
      throw error
    }
  }
}
