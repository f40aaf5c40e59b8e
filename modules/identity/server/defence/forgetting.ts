import type { Clock } from '#platform/server/clock.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import { forgetOld } from './queries.ts'

/** Days that tries, blocks that are over, and browsers nobody signs in from any more are kept. */
const days = { events: 90, blocks: 90, devices: 365 }

export function forgettingTries(clock: Clock): Schedule {
  return {
    name: 'old-tries',
    cron: '11 3 * * *',
    async run(db) {
      const ago = (count: number) => new Date(clock.now().getTime() - count * 24 * 3_600_000)
      await forgetOld(db, {
        events: ago(days.events),
        blocks: ago(days.blocks),
        devices: ago(days.devices),
        counters: clock.now(),
      })
    },
  }
}
