/** What makes the log one that others can check: its publication, its witnesses, its verification. */
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Jobs } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Mail } from '#platform/server/mail.ts'
import { openAlarms } from './alerting.ts'
import type { Audit } from './audit.ts'
import { serving } from './publishing/log.ts'
import { proving } from './publishing/proof.ts'
import { openPublished } from './publishing/published.ts'
import { logMeasures, standing } from './status.ts'
import { nightlyVerification, verificationHandlers, verificationWork } from './verification-job.ts'
import type { Verifier } from './verifying-apart.ts'
import { signingOf, type Place } from './witnessing/places.ts'
import { witnessing } from './witnessing/schedules.ts'

export function checkableLog(on: {
  db: CentralDb
  audit: Audit
  clock: Clock
  log: Logger
  mail: Mail
  jobs: () => Jobs
  backofficeUrl: URL
  dataDir: string
  witnesses: readonly Place[]
  verify: Verifier
}) {
  const published = openPublished(on.dataDir)
  const witnesses = signingOf(on.witnesses)
  const parts = { ...on, places: on.witnesses, alarm: openAlarms(on) }
  return {
    handlers: [
      ...serving(published, witnesses),
      proving(published, witnesses),
      standing(on.witnesses),
      ...verificationHandlers(on),
    ],
    works: [verificationWork(parts)],
    schedules: [nightlyVerification(parts), ...witnessing(parts)],
    measures: logMeasures(on.db),
    aliases: ['/audit/log'] as const,
  }
}
