import type { Schedule } from '#platform/server/jobs.ts'
import { endByItself, tellUntold } from './ending.ts'
import type { Parts } from './parts.ts'
import { allRunning, overdue } from './queries.ts'
import { isPermitted } from './reading.ts'

/**
 * Each minute: whose time is over is said to be over, though nobody comes by any more to find out; whoever lost what it
 * takes, or whose member left, is out; and the log is told what it could not be told before. None of them could do
 * anything meanwhile: each request asks the same.
 */
export const closing = (parts: Parts): Schedule => ({
  name: 'impersonation-ends',
  cron: '* * * * *',
  async run() {
    const now = parts.clock.now()
    for (const { id, startedAt, endsAt, lapsesAt } of await overdue(parts.db, now))
      await endByItself(
        parts,
        id,
        startedAt && endsAt ? { by: 'time', at: endsAt } : { by: 'lapsed', at: lapsesAt },
      )
    for (const one of await allRunning(parts.db)) {
      const [actor, member] = await Promise.all([
        parts.actorOf(one.staffSessionId, null),
        parts.members.asking(one.memberId),
      ])
      if (!actor || actor.asleepFor !== one.id || !isPermitted(actor, one) || !member)
        await endByItself(parts, one.id, { by: 'rights' })
    }
    await tellUntold(parts)
  },
})
