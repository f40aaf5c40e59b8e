import type { Audit } from '#server/audit'
import type { Members } from '#server/identity'
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Mail } from '#platform/server/mail.ts'
import type { NewsDesk } from '#platform/server/news.ts'
import type { Actor } from '#platform/server/requests.ts'
import type { TenantDatabases } from '#platform/server/tenant-db.ts'

/** What all of it stands on. */
export type Parts = {
  db: CentralDb
  audit: Audit
  clock: Clock
  log: Logger
  mail: Mail
  desk: Pick<NewsDesk, 'subscribe'>
  databases: Pick<TenantDatabases, 'reading'>
  practiceUrl: URL
  backofficeUrl: URL
  /** Identity’s: whose living session it is. */
  actorOf(sessionId: string, usedFrom: string | null): Promise<Actor | null>
  members: Pick<Members, 'asking' | 'impersonatedMe'>
}
