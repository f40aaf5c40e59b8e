import type { Environment } from '#contract/identity'
import type { Audit } from '#server/audit'
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Jobs } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Mail } from '#platform/server/mail.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import type { Vault } from '#platform/server/vault.ts'
import type { Guard } from './defence/guard.ts'
import type { Breached } from './passwords/policy.ts'

/** What identity's handlers stand on: the process's shared parts, and the guard of everything that can be guessed. */
export type Parts = {
  db: CentralDb
  audit: Audit
  clock: Clock
  vault: Vault
  guard: Guard
  mail: Mail
  jobs: () => Jobs
  log: Logger
  sentences: Sentences
  /** Whether a new password is known from a leak. */
  breached: Breached
  environment: Environment['name']
  /** The back-office's origin: where mailed links lead, and what passkeys are bound to. */
  backofficeUrl: URL
}
