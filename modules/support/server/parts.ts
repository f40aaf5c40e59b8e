import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Files } from '#platform/server/files.ts'
import type { Jobs } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Mail } from '#platform/server/mail.ts'

/** What the help desk is made with. */
export type Parts = {
  db: CentralDb
  clock: Clock
  log: Logger
  mail: Mail
  files: Files
  jobs: () => Jobs
  dataDir: string
  /** What links in mails begin with. */
  practiceUrl: URL
}
