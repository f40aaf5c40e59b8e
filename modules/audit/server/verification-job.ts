/** Verifying the whole log: when somebody asks, and every night. What is wrong is said loudly, and written down. */
import {
  listAuditVerifications,
  startAuditVerification,
  type AuditFinding,
  type AuditVerificationOutcome,
} from '#contract/audit'
import type { Clock } from '#platform/server/clock.ts'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { BackgroundWork, Jobs, Schedule } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import { tell } from '#platform/server/news.ts'
import { handle, type Handler } from '#platform/server/requests.ts'
import { z } from 'zod'
import type { openAlarms } from './alerting.ts'
import type { Audit } from './audit.ts'
import { insertVerification, latestVerifications } from './verification-queries.ts'
import type { Verifier } from './verifying-apart.ts'
import type { Finding } from './verifying/findings.ts'
import { keptBy } from './witnessing/folder.ts'
import type { Place } from './witnessing/places.ts'

const kind = 'audit_verification'

const Cursor = z.strictObject({ at: z.iso.datetime({ precision: 3 }).regex(/^(19|20|21)/), id: z.uuid() })

export const verificationHandlers = ({ jobs }: { jobs: () => Jobs }): Handler[] => [
  handle(listAuditVerifications, async (ctx, { query: { after, limit } }) => {
    const before = readCursor(Cursor, after)
    const rows = await latestVerifications(ctx.db, { limit: limit + 1, before })
    const shown = rows.slice(0, limit)
    const last = rows.length > shown.length ? shown.at(-1) : undefined
    return { rows: shown, next: last ? cursorOf({ at: last.endedAt, id: last.id }) : null }
  }),

  handle(startAuditVerification, async (ctx) => {
    const jobId = await jobs().start(ctx.db, { kind, staffId: ctx.actor.staffId, input: {} })
    ctx.record({ object: 'audit_log', after: { jobId } })
    return { jobId }
  }),
]

export type Verifying = {
  db: CentralDb
  clock: Clock
  log: Logger
  audit: Audit
  verify: Verifier
  places: readonly Place[]
  alarm: ReturnType<typeof openAlarms>
}

export const verificationWork = (on: Verifying): BackgroundWork => ({
  kind,
  run: ({ staffId, progress }) => verifyAndTell(on, { askedBy: staffId, progress }),
})

export const nightlyVerification = (on: Verifying): Schedule => ({
  name: 'audit-verification',
  cron: '20 3 * * *',
  secondsATry: 6 * 3600,
  run: async () => void (await verifyAndTell(on, { askedBy: null, progress() {} })),
})

async function verifyAndTell(
  on: Verifying,
  run: { askedBy: string | null; progress(done: number, total: number): void },
): Promise<AuditVerificationOutcome> {
  const { db, clock, log, audit, places, alarm } = on
  const { askedBy, progress } = run
  const startedAt = clock.now()
  const { sound, size, entries, payloadsOpened, payloadsErased, findings } = await on.verify({
    witnesses: places.flatMap((place) => (place.kind === 'http' ? place.vkey.text : [])),
    checkpoints: await keptElsewhere(places, log),
    progress,
  })
  const counted = { sound, size, entries, payloadsOpened, payloadsErased }
  const verificationId = await db.transaction().execute(async (tx) => {
    const id = await insertVerification(tx, {
      ...counted,
      startedAt,
      endedAt: clock.now(),
      askedBy,
      findings: findings.map(asFinding),
    })
    await audit.writeDownAs(tx, {
      verb: 'audit_log.verified',
      label: 'system',
      staffId: askedBy ?? undefined,
      object: 'audit_log',
      id,
      after: { ...counted, findings: findings.length },
    })
    await tell(tx, { topic: 'audit', needs: 'audit.read' })
    return id
  })
  const [first] = findings
  if (first) {
    const about = {
      verification: verificationId,
      findings: findings.length,
      kind: first.kind,
      index: first.index,
    }
    log.error(about, 'the audit log does not verify')
    await alarm({ about: 'unsound', values: { count: findings.length, first: first.what } })
  }
  return { verificationId, sound, entries, findings: findings.length }
}

/** What folders of others hold of our past: a log that was rewritten as a whole contradicts those alone. */
async function keptElsewhere(places: readonly Place[], log: Logger) {
  const kept = await Promise.all(
    places.map(async (place) => {
      if (place.kind !== 'folder') return []
      return keptBy(place).catch((error: unknown) => {
        log.warn({ err: error, witness: place.name }, 'the checkpoints of a witness could not be read')
        return []
      })
    }),
  )
  return kept.flat()
}

const asFinding = ({ kind: sort, index, entryId, values, what }: Finding): AuditFinding => ({
  kind: sort,
  index: index ?? null,
  entry: entryId ?? null,
  values,
  what,
})
