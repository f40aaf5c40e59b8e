import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Counters } from './counters.ts'
import { blockSeconds, neighbours, window } from './limits.ts'
import { addRefused, insertBlock } from './block-queries.ts'
import { networksFailing } from './queries.ts'

export type Blocks = {
  /** Blocks what failed too often from one address. @returns whether it is the first block of the hour; null when none was made */
  blockAddress(bucket: string): Promise<{ isFirstOfHour: boolean } | null>
  /** Blocks a /48 that failed too often, if several of its networks did. */
  blockSite(site: string): Promise<{ isFirstOfHour: boolean } | null>
  /** A try that a block answered. */
  countRefused(network: string): void
}

/** The counters hold a block; its row says why and until when, shows it to people, and makes the next one longer. */
export function openBlocks(on: { db: CentralDb; counters: Counters; clock: Clock; log: Logger }): Blocks {
  const { db, counters, clock, log } = on
  let refused = new Map<string, number>()
  let writing = false

  async function block(counter: 'address' | 'site', network: string, reason: Reason) {
    const made = await insertBlock(db, { network, reason, now: clock.now() }, blockSeconds).catch(
      (error: unknown) => {
        log.warn({ err: error }, 'a block could not be written down')
        return { seconds: window, isFirstOfHour: false }
      },
    )
    if (made) await counters.close([counter, network], made.seconds)
    return made
  }

  /** One statement at a time, each with all that came meanwhile: a flood costs the database little. */
  async function write(): Promise<void> {
    if (writing) return
    writing = true
    while (refused.size > 0) {
      const batch = refused
      refused = new Map()
      await addRefused(db, batch, clock.now()).catch((error: unknown) =>
        log.warn({ err: error }, 'refused tries could not be counted'),
      )
    }
    writing = false
  }

  return {
    blockAddress: (bucket) => block('address', bucket, 'too_many_failures'),
    async blockSite(site) {
      const since = new Date(clock.now().getTime() - window * 1000)
      if ((await networksFailing(db, site, since)) < neighbours) return null
      return block('site', site, 'neighbouring_failures')
    },
    countRefused(network) {
      refused.set(network, (refused.get(network) ?? 0) + 1)
      void write()
    },
  }
}

type Reason = 'too_many_failures' | 'neighbouring_failures'
