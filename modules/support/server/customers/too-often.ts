/** How often a member may ask, answer and send files: far more than anybody has to, and less than fills a disk or a queue. */
import { tooOften } from '#contract/support'
import { openRates } from '#platform/server/rates.ts'
import { refuse, type Before } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'

const hour = 3_600

export const rates = {
  'help-asking': { most: 60, seconds: hour },
  'help-answering': { most: 240, seconds: hour },
  'help-files': { most: 300, seconds: hour },
} as const

/** Before a transaction: what is refused was tried all the same. @throws Refused */
export function refusingTooOften({ pool, log }: Pick<Parts, 'pool' | 'log'>) {
  const counted = openRates(pool, log, rates)
  return async ({ member }: Pick<Before, 'member'>, kind: keyof typeof rates): Promise<void> => {
    const seconds = await counted.spend(kind, member.memberId)
    if (seconds > 0) throw refuse(tooOften, { values: { minutes: Math.ceil(seconds / 60) } })
  }
}
