import type { Environment } from '#contract/identity'
import type { Audit } from '#server/audit'
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Errand, Jobs, Schedule } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Mail } from '#platform/server/mail.ts'
import type { NewsDesk } from '#platform/server/news.ts'
import type { Actor, Handler, RequestFacts } from '#platform/server/requests.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import type { Vault } from '#platform/server/vault.ts'
import type pg from 'pg'
import { authenticators } from './account/authenticator.ts'
import { passkeys } from './account/passkeys.ts'
import { recoveryCodes } from './account/recovery-codes.ts'
import { showingAccount } from './account/showing.ts'
import { openGuard } from './defence/guard.ts'
import { forgettingTries } from './defence/forgetting.ts'
import { watching } from './defence/watching.ts'
import { demonstrating } from './demonstrating.ts'
import { ownSessions } from './devices/own-sessions.ts'
import { forgetOldChallenges } from './factors/kept-queries.ts'
import { membersOf, type Members, type Practices } from './members/index.ts'
import type { Parts } from './parts.ts'
import { breachedBy } from './passwords/breached.ts'
import { people } from './people.ts'
import { forgetOldSignIns } from './queries.ts'
import { actorOf, rotate, sessionReader, sessions } from './sessions.ts'
import { signingInByPasskey } from './signing-in-by-passkey.ts'
import { signingIn } from './signing-in.ts'
import { steppingUp } from './stepping-up.ts'

export type { Invitation, Invited, KnownPractice, Members, Practices } from './members/index.ts'
export { everybodyLeaves } from './members/closing.ts'
export { inviteMember } from './members/inviting.ts'
export { seedDemonstrationMember, type DemonstrationMember } from './members/index.ts'
export { opensItsSecrets } from './sealed.ts'
export { createStaff } from './creating-staff.ts'
export { demonstrationPassword, seedDemonstrationStaff, seedPastSession } from './demonstrating.ts'
export { hasDemonstrationStaff, putToSleep, wakeSession } from './queries.ts'
export { openSessionCache, type Asks } from './session-cache.ts'

export function identity(on: {
  db: CentralDb
  audit: Audit
  /** For the counters of tries alone: a try is counted while its transaction already holds a connection of `db`. */
  counters: pg.Pool
  clock: Clock
  vault: Vault
  desk: NewsDesk
  mail: Mail
  jobs: () => Jobs
  log: Logger
  sentences: Sentences
  environment: Environment['name']
  backofficeUrl: URL
  breachedPasswordsUrl: string | undefined
}): {
  whoAsks(facts: RequestFacts, how?: { passive: boolean }): Promise<Actor | null>
  rotate(actor: Actor, facts: RequestFacts): ReturnType<typeof rotate>
  /**
   * Whose living session it is, for whoever stands in for a member out of it: its use is a use of it.
   * @param usedFrom the address; null when nobody uses it now
   */
  actorOf(sessionId: string, usedFrom: string | null): Promise<Actor | null>
  handlers: Handler[]
  errands: readonly Errand[]
  schedules: readonly Schedule[]
  /** The members' side, once it is known what practices there are. */
  members(practices: Practices): Members
} {
  const shared = { ...on, breached: breachedBy(on.breachedPasswordsUrl, on.log) }
  const guard = openGuard(shared)
  const parts: Parts = { ...shared, guard }
  const ofPeople = people(parts)
  return {
    whoAsks: sessionReader(on.db, on.clock, on.desk),
    rotate: (actor, facts) => rotate(on.db, actor, facts),
    actorOf: (id, usedFrom) => actorOf(on.db, on.clock.now(), { id }, usedFrom),
    handlers: [
      ...signingIn(parts),
      ...signingInByPasskey(parts),
      ...steppingUp(parts),
      ...sessions,
      ...ownSessions,
      ...watching(parts),
      ...showingAccount,
      ...authenticators(parts),
      ...passkeys(parts),
      ...recoveryCodes(parts),
      ...ofPeople.handlers,
      ...demonstrating(on.environment, on.vault),
    ],
    members: (practices) => membersOf({ ...parts, desk: on.desk }, practices),
    errands: ofPeople.errands,
    schedules: [
      ...ofPeople.schedules,
      forgettingTries(on.clock),
      {
        name: 'expired-sign-ins',
        cron: '41 * * * *',
        async run(db) {
          const now = on.clock.now()
          await forgetOldSignIns(db, now)
          await forgetOldChallenges(db, now)
        },
      },
    ],
  }
}
