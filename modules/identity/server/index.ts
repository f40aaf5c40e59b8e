import type { Environment } from '#contract/identity'
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Errand, Jobs, Schedule } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Mail } from '#platform/server/mail.ts'
import type { NewsDesk } from '#platform/server/news.ts'
import type { Actor, Handler, RequestFacts } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import type pg from 'pg'
import { openAttempts } from './attempts.ts'
import { openGuard } from './defence/guard.ts'
import { demonstrating } from './demonstrating.ts'
import type { Parts } from './parts.ts'
import { rotate, sessionReader, sessions } from './sessions.ts'
import { signingIn } from './signing-in.ts'

export { opensItsSecrets } from './sealed.ts'
export { createStaff } from './creating-staff.ts'
export { demonstrationPassword, seedDemonstrationStaff } from './demonstrating.ts'
export { hasDemonstrationStaff } from './queries.ts'

export function identity(on: {
  db: CentralDb
  /** For the counters of tries alone: a try is counted while its transaction already holds a connection of `db`. */
  counters: pg.Pool
  clock: Clock
  vault: Vault
  desk: NewsDesk
  mail: Mail
  jobs: () => Jobs
  log: Logger
  environment: Environment['name']
  backofficeUrl: URL
}): {
  whoAsks(facts: RequestFacts): Promise<Actor | null>
  rotate(actor: Actor, facts: RequestFacts): ReturnType<typeof rotate>
  handlers: Handler[]
  errands: readonly Errand[]
  schedules: readonly Schedule[]
} {
  const guard = openGuard(openAttempts(on.counters))
  const parts: Parts = { ...on, guard }
  return {
    whoAsks: sessionReader(on.db, on.clock, on.desk),
    rotate: (actor, facts) => rotate(on.db, actor, facts),
    handlers: [...signingIn(parts), ...sessions, ...demonstrating(on.environment, on.vault)],
    errands: [],
    schedules: [],
  }
}
