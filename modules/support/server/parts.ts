import type pg from 'pg'
import type { Audit } from '#server/audit'
import type { Clock } from '#platform/server/clock.ts'
import type { ServerConfig } from '#platform/server/config.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Files } from '#platform/server/files.ts'
import type { Jobs } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Mail } from '#platform/server/mail.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import type { Vault } from '#platform/server/vault.ts'

/** What the help desk is made with. */
export type Parts = {
  db: CentralDb
  /** For the hot list, whose statements stay prepared. */
  pool: pg.Pool
  clock: Clock
  log: Logger
  /** For what happens without anybody's request: mail that comes in, promises that are late. */
  audit: Pick<Audit, 'writeDownAs'>
  mail: Mail
  /** For files that are taken along. */
  sentences: Sentences
  files: Files
  jobs: () => Jobs
  dataDir: string
  /** By which the files that are sent along are sealed. */
  vault: Vault
  /** What links in mails begin with. */
  practiceUrl: URL
  backofficeUrl: URL
  /** Where people write to support, and the mailbox in which it arrives. */
  post: Pick<
    ServerConfig,
    'appEnv' | 'mailFrom' | 'supportEmail' | 'imapUrl' | 'imapFolder' | 'imapAuthservId'
  >
}
