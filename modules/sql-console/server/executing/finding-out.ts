/**
 * Each minute: an execution that began and never ended, its process having died, is asked after in the database itself; its number
 * was written down before COMMIT was sent. One without a number never came so far, and nothing of it remained.
 */
import type { Schedule } from '#platform/server/jobs.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { sql } from '#platform/server/db.ts'
import type { Parts } from '../parts.ts'
import { forgetOld, loseOld } from '../runs/queries.ts'
import { NotFound } from '#platform/server/requests.ts'
import { askStatus, whereIs } from './performing.ts'
import { begunAndNotEnded, endRequest, forgetUndos, type RequestRow } from './queries.ts'

/** Longer than any execution takes. */
const patienceMs = 60_000
const keptMs = 90 * 24 * 3_600_000

export const findingOut = (parts: Parts): Schedule => ({
  name: 'sql-console',
  cron: '* * * * *',
  async run() {
    const { db, clock, log } = parts
    const now = clock.now()
    await loseOld(db, new Date(now.getTime() - 2 * patienceMs))
    for (const request of await begunAndNotEnded(db, new Date(now.getTime() - patienceMs)))
      await findOut(parts, request).catch((error: unknown) =>
        log.warn({ err: error, request: request.id }, 'what became of an execution is not known yet'),
      )
    await forgetUndos(db, now)
    await forgetOld(db, new Date(now.getTime() - keptMs))
  },
})

export async function findOut(
  parts: Parts,
  { id, xid, tenantId, executionId, ...request }: RequestRow,
): Promise<void> {
  const status = xid === null ? 'aborted' : await statusIn(parts, tenantId, xid)
  if (status !== 'committed' && status !== 'aborted') return
  const outcome = status === 'committed' ? 'executed' : 'failed'
  const now = parts.clock.now()
  await parts.db.transaction().execute(async (transaction: CentralDb) => {
    await endRequest(transaction, id, outcome, now)
    await sql`update sql_runs set status = ${outcome}, ended_at = coalesce(ended_at, ${now}), code = 'lost'
      where id = ${executionId} and status in ('running', 'lost', 'failed')`.execute(transaction)
    await parts.audit.writeDownAs(transaction, {
      verb: 'sql_execution.found_out',
      label: 'sql-console',
      object: 'sql_request',
      id,
      tenant: tenantId ?? undefined,
      reason: request.reason,
      after: { run: executionId, status: outcome, approvedBy: request.decidedBy, by: request.staffId },
    })
  })
}

/** @param place of the transaction: its number, and in which database; of another nothing is said */
async function statusIn(parts: Parts, tenantId: string | null, place: string): Promise<string | undefined> {
  const [xid = ''] = place.split(' ')
  const ways = await parts.doorsOf(tenantId ?? 'central', 'console').catch((error: unknown) => {
    // Of a practice that was purged nothing remained.
    if (error instanceof NotFound) return undefined
    throw error
  })
  if (!ways) return 'aborted'
  const client = await ways.beside()
  try {
    return whereIs(ways, xid) === place ? await askStatus(client, xid) : undefined
  } finally {
    await client.end().catch(() => {})
  }
}
