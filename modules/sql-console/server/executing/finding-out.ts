/**
 * Each minute: an execution that began and never ended, its process having died, is asked after in the database itself; its number
 * was written down before COMMIT was sent. One without a number never came so far, and nothing of it remained. Where the database
 * stands somewhere else by now, no number says anything: the rows are asked, and where they say nothing, nobody will ever know.
 */
import type { ClientBase } from 'pg'
import type { Schedule } from '#platform/server/jobs.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { sql } from '#platform/server/db.ts'
import type { Parts } from '../parts.ts'
import { keepingOf, undoPlace } from '../runs/keeping.ts'
import { loseOld } from '../runs/queries.ts'
import { NotFound } from '#platform/server/requests.ts'
import { standing } from './changed-since.ts'
import type { KeptRow } from './images.ts'
import { askStatus, whereIs } from './performing.ts'
import { begunAndNotEnded, endRequest, forgetUndos, type RequestRow } from './queries.ts'

/** Longer than any execution takes. */
const patienceMs = 60_000
/** A database that cannot be asked for so long is not waited for any longer. */
const givenUpAfterMs = 7 * 24 * 3_600_000

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
  },
})

export async function findOut(
  parts: Parts,
  { id, xid, tenantId, executionId, ...request }: RequestRow,
): Promise<void> {
  const now = parts.clock.now()
  const isOver = request.begunAt !== null && now.getTime() - request.begunAt.getTime() > givenUpAfterMs
  const outcome =
    xid === null
      ? 'failed'
      : await outcomeIn(parts, { id, tenantId, undoSealed: request.undoSealed }, xid).catch(
          (error: unknown) => {
            if (!isOver) throw error
            return 'unknown' as const
          },
        )
  // It is still at it.
  if (outcome === undefined) return
  await parts.db.transaction().execute(async (transaction: CentralDb) => {
    await endRequest(transaction, id, outcome, now)
    await sql`update sql_runs set status = ${outcome === 'unknown' ? 'lost' : outcome}, ended_at = coalesce(ended_at, ${now}),
        code = ${outcome === 'unknown' ? 'unknown' : 'lost'}
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

type Outcome = 'executed' | 'failed' | 'unknown'
type Asked = Pick<RequestRow, 'id' | 'tenantId' | 'undoSealed'>

/**
 * @param place of the transaction: its number, and in which database
 * @returns undefined while it may still be at work
 */
async function outcomeIn(parts: Parts, asked: Asked, place: string): Promise<Outcome | undefined> {
  const [xid = ''] = place.split(' ')
  const ways = await parts.doorsOf(asked.tenantId ?? 'central', 'console').catch((error: unknown) => {
    // Of a practice that was purged nobody can be asked.
    if (error instanceof NotFound) return undefined
    throw error
  })
  if (!ways) return 'unknown'
  const client = await ways.beside()
  try {
    // Of another database the number is somebody else's; and of one long ago nobody remembers it.
    const status = whereIs(ways, xid) === place ? await askStatus(client, xid) : undefined
    if (status === 'in progress') return undefined
    if (status !== undefined) return status === 'committed' ? 'executed' : 'failed'
    const keeping = await keepingOf(parts, asked.tenantId)
    return await saidByRows(client, keeping.open<KeptRow[]>(asked.undoSealed, undoPlace(asked.id)) ?? [])
  } finally {
    await client.end().catch(() => {})
  }
}

/** All of it was done or nothing: one row that reads as it would be after is enough, where none reads as before. */
async function saidByRows(client: ClientBase, kept: readonly KeptRow[]): Promise<Outcome> {
  const left = await standing(client, kept)
  const theOtherWay = kept.map((row) => ({ ...row, before: row.after, after: row.before }))
  const asBefore = await standing(client, theOtherWay)
  const isDone = kept.some(({ after }, at) => left[at] === (after ?? undefined))
  const isNot = kept.some(({ before }, at) => asBefore[at] === (before ?? undefined))
  return isDone === isNot ? 'unknown' : isDone ? 'executed' : 'failed'
}
