/**
 * An execution in many practices: one at a time, one first, then waves, and no further than the first in which it would do something
 * else. How far it came stands in each practice's line. Whoever takes it up after a process that died first finds out what became of the
 * practice in which that one was.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { holding } from '#server/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import type { Errand, Schedule } from '#platform/server/jobs.ts'
import { tell } from '#platform/server/news.ts'
import { findOut } from '../executing/finding-out.ts'
import { requestById } from '../executing/queries.ts'
import type { Parts } from '../parts.ts'
import type { Running } from '../runs/running.ts'
import { readApart } from '../statements/reading-apart.ts'
import { fleetNews } from './book.ts'
import { executeOne, haltExecution, type Executing } from './executing-one.ts'
import {
  begunPractices,
  endExecution,
  endPractice,
  executionState,
  executionsUnderWay,
  nextPractice,
  nextWave,
  setWave,
} from './execution-queries.ts'
import { typedIn } from './keeping.ts'
import { fleetById, practicesOf } from './queries.ts'

/** Who stops does not wait for a second. */
const askedEveryMs = 300
const turnsAtMost = 5
/** What a dying process has sent is over by then. */
const tries = { count: 10, everyMs: 300 }

export type FleetExecutor = ReturnType<typeof fleetExecutor>

export function fleetExecutor(parts: Parts & { pool: pg.Pool }) {
  const { db, clock, log } = parts
  const leaving = new AbortController()
  const doing = new Set<Promise<unknown>>()
  const running: Running = new Map()

  /** Goes on with it; back at once when another process is at it, or where it stands still. */
  async function run(id: string): Promise<void> {
    if (leaving.signal.aborted) return
    const work = again(id)
    doing.add(work)
    await work.finally(() => doing.delete(work))
  }

  async function again(id: string): Promise<void> {
    for (let turn = 0; turn < turnsAtMost; turn++) {
      const held = await holding(parts.pool, `sql fleet execution ${id}`, leaving.signal, async (signal) => {
        await through(id, signal)
        return true
      })
      // Stopped and begun again while this was still at it: nobody else comes for a minute.
      if (!held || leaving.signal.aborted || (await executionState(db, id)) !== 'running') return
    }
  }

  async function through(id: string, leaves: AbortSignal): Promise<void> {
    const fleet = await fleetById(db, id)
    if (fleet?.execution !== 'running') return
    if (!(await found(id))) return
    const typed = await typedIn(parts, fleet)
    const read = await readApart(typed.text)
    // It was judged before it was written down: another release may judge otherwise.
    if (!('statements' in read) || read.statements.some(({ refusals }) => refusals.length))
      return halt(id, { why: 'refused', at: clock.now() })
    const on: Executing = {
      fleet,
      typed,
      script: { statements: read.statements, parameters: typed.parameters },
      who: { clock, actor: { staffId: fleet.staffId, name: fleet.staffName } },
    }
    const stopped = new AbortController()
    const watching = setInterval(() => {
      executionState(db, id)
        .then((state) => state === 'running' || stopped.abort())
        .catch(() => {})
    }, askedEveryMs)
    try {
      await waves(on, AbortSignal.any([leaves, stopped.signal]))
    } finally {
      clearInterval(watching)
      await tell(db, fleetNews(id))
    }
  }

  async function waves(on: Executing, signal: AbortSignal): Promise<void> {
    const { id, automatic } = on.fleet
    let { wave } = on.fleet
    while (!signal.aborted) {
      const next = await nextWave(db, id)
      if (next === undefined) return end(id)
      if (next > wave) {
        const state = automatic ? 'running' : 'paused'
        const isSet = await setWave(db, id, next, state)
        if (!isSet || state === 'paused') return
      }
      wave = next
      const practice = await nextPractice(db, id, wave)
      if (!practice || !(await executeOne(parts, running, on, practice, signal))) return
      await tell(db, fleetNews(id))
    }
  }

  /** @returns whether it is known of each practice what became of it */
  async function found(id: string): Promise<boolean> {
    for (const { tenantId, requestId } of await begunPractices(db, id)) {
      const outcome = await outcomeOf(requestId)
      const place = { fleetId: id, tenantId }
      // What rolled back did nothing, and comes again.
      if (outcome === 'executed') await endPractice(db, place, { execution: 'executed' }, clock.now())
      else if (outcome === 'failed') await endPractice(db, place, { execution: 'waiting' }, clock.now())
      else {
        await endPractice(db, place, { execution: 'unknown' }, clock.now())
        await halt(id, { why: 'unknown', at: clock.now(), tenantId })
        return false
      }
    }
    return true
  }

  async function outcomeOf(requestId: string) {
    for (let left = tries.count; ; left--) {
      const request = await requestById(db, requestId)
      if (request?.outcome !== null || left === 0) return request?.outcome
      if (left < tries.count) await pause(tries.everyMs)
      await findOut(parts, request).catch((error: unknown) =>
        log.warn({ err: error, request: requestId }, 'what became of an execution is not known yet'),
      )
    }
  }

  async function halt(id: string, stop: Parameters<typeof haltExecution>[3]): Promise<void> {
    await db.transaction().execute(async (transaction: CentralDb) => {
      await haltExecution(parts, transaction, id, stop)
      await tell(transaction, fleetNews(id))
    })
  }

  async function end(id: string): Promise<void> {
    await db.transaction().execute(async (transaction: CentralDb) => {
      if (!(await endExecution(transaction, id, clock.now()))) return
      const [row, practices] = [await fleetById(transaction, id), await practicesOf(transaction, id)]
      const count = (state: string) => practices.filter(({ execution }) => execution === state).length
      await parts.audit.writeDownAs(transaction, {
        verb: 'sql_fleet_execution.ended',
        label: 'sql-console',
        staffId: row?.staffId,
        object: 'sql_fleet',
        id,
        reason: row?.reason,
        after: {
          receipt: row?.receipt?.toString('hex'),
          approvedBy: row?.decidedBy,
          executed: count('executed'),
          leftOut: count('left_out'),
        },
      })
    })
  }

  return {
    run,
    /** Each minute: what a process left that died. */
    async goOn(): Promise<void> {
      for (const id of await executionsUnderWay(db))
        await run(id).catch((error: unknown) =>
          log.warn({ err: error, fleet: id }, 'an execution could not be gone on with'),
        )
    },
    /** What is being committed is; no further practice is begun, and another process goes on. */
    async close(): Promise<void> {
      leaving.abort()
      await Promise.allSettled(doing)
    },
  }
}

/** Its id is the fleet's. */
export const fleetExecutionErrand = (executor: Pick<FleetExecutor, 'run'>): Errand => ({
  name: 'sql-fleet-execution',
  retries: 3,
  retryDelay: 5,
  secondsATry: 6 * 3600,
  run: (id) => executor.run(id),
})

export const fleetExecutionSchedule = (executor: Pick<FleetExecutor, 'goOn'>): Schedule => ({
  name: 'sql-fleet-executions',
  cron: '* * * * *',
  secondsATry: 6 * 3600,
  run: () => executor.goOn(),
})
