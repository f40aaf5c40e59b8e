import type { TenantHandler } from '#platform/server/requests.ts'
import type { Errand, Schedule } from '#platform/server/jobs.ts'
import { openCarriers, type Leaving } from './carriers.ts'
import { journal } from './journal.ts'
import type { Parts } from './parts.ts'
import { settings } from './settings.ts'
import { sendingNow, sweeping } from './sweeping.ts'
import { writing } from './writing.ts'

/** What a process does about messages to patients: it answers members, and sends what is due. */
export function remindersParts(
  on: Omit<Parts, 'carriers' | 'databases'> & {
    tenants: Pick<Parts, 'databases'>
    leaving: Leaving
  },
): { handlers: readonly TenantHandler[]; errands: readonly Errand[]; schedules: readonly Schedule[] } {
  const { databases } = on.tenants
  const parts: Parts = { ...on, databases, carriers: openCarriers(on.leaving) }
  return {
    handlers: [...settings(parts), ...journal(parts), ...writing(parts)],
    errands: [sendingNow(parts)],
    schedules: [sweeping(parts)],
  }
}
