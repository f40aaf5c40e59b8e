/** Accounts of the team, their passwords, the links that are mailed to them, and the reset of lost factors. */
import type { Errand, Schedule } from '#platform/server/jobs.ts'
import type { Handler } from '#platform/server/requests.ts'
import { approving } from './factor-resets/approving.ts'
import { asking } from './factor-resets/asking.ts'
import { carryingOut } from './factor-resets/carrying-out.ts'
import { listing as listingResets } from './factor-resets/showing.ts'
import { stopping } from './factor-resets/stopping.ts'
import { askingReset } from './links/asking-reset.ts'
import { choosingPassword } from './links/choosing-password.ts'
import { opening } from './links/opening.ts'
import { forgetPasswordRequests } from './links/queries.ts'
import { forgetOldLinks } from './links/tokens.ts'
import type { Parts } from './parts.ts'
import { changing } from './passwords/changing.ts'
import { changingRoles } from './staff/changing-roles.ts'
import { endingSessions } from './staff/ending-sessions.ts'
import { inviting } from './staff/inviting.ts'
import { listing, reading } from './staff/listing.ts'
import { offeringReset } from './staff/offering-reset.ts'
import { suspending } from './staff/suspending.ts'
import { updating } from './staff/updating.ts'

export function people(parts: Parts): {
  handlers: readonly Handler[]
  errands: readonly Errand[]
  schedules: readonly Schedule[]
} {
  const passwordLinks = askingReset(parts)
  return {
    handlers: [
      listing,
      reading,
      ...inviting(parts),
      updating(parts),
      ...suspending(parts),
      ...changingRoles,
      ...endingSessions,
      offeringReset(parts),
      changing(parts),
      passwordLinks.handler,
      opening,
      choosingPassword(parts),
      listingResets,
      ...approving(parts),
      ...stopping(parts),
      asking(parts),
    ],
    errands: [passwordLinks.errand],
    schedules: [
      carryingOut(parts),
      {
        name: 'old-links',
        cron: '47 4 * * *',
        async run(db) {
          const now = parts.clock.now()
          await forgetOldLinks(db, now)
          await forgetPasswordRequests(db, new Date(now.getTime() - 24 * 3_600_000))
        },
      },
    ],
  }
}
