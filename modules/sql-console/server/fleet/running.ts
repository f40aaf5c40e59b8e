/**
 * One text through many practices, eight at a time. Who is done stands in its line, and what a dying process did not write down yet
 * had changed nothing: whoever takes it up begins those anew that have no outcome.
 */
import type pg from 'pg'
import { holding } from '#server/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import type { Errand, Schedule } from '#platform/server/jobs.ts'
import { tell } from '#platform/server/news.ts'
import type { Parts } from '../parts.ts'
import { typedIn } from './keeping.ts'
import { readApart } from '../statements/reading-apart.ts'
import { fleetNews, openBook } from './book.ts'
import { lookIntoOne } from './one-practice.ts'
import {
  beginFleet,
  cancelFleet,
  endFleet,
  fleetById,
  fleetsUnderWay,
  forgetFleets,
  waitingPractices,
} from './queries.ts'
import { sharedColumns } from './shared-columns.ts'

/** What PostgreSQL does at once without being slower for those who work in it. */
export const atOnce = 8
const keptMs = 90 * 24 * 3_600_000

export type FleetRunner = ReturnType<typeof fleetRunner>

export function fleetRunner(parts: Parts & { pool: pg.Pool }) {
  const { db, clock, log } = parts
  const leaving = new AbortController()
  const running = new Set<Promise<unknown>>()
  const columnsOf = sharedColumns()

  /** Does it or goes on with it; back at once when another process is at it, or when it is over. */
  async function run(id: string): Promise<void> {
    if (leaving.signal.aborted) return
    const doing = holding(parts.pool, `sql fleet ${id}`, leaving.signal, (signal) => through(id, signal))
    running.add(doing)
    await doing.finally(() => running.delete(doing))
  }

  async function through(id: string, stopped: AbortSignal): Promise<void> {
    if (!(await beginFleet(db, id, clock.now()))) return
    const fleet = await fleetById(db, id)
    if (!fleet) return
    const typed = await typedIn(parts, fleet)
    const read = await readApart(typed.text)
    // It was judged before it was written down: another release may judge otherwise.
    if (!('statements' in read) || read.statements.some(({ refusals }) => refusals.length)) return giveUp(id)
    const { statements } = read
    const text = {
      fleetId: id,
      mode: fleet.mode,
      typed,
      script: { statements, parameters: typed.parameters },
    }
    const cancelled = new AbortController()
    const signal = AbortSignal.any([stopped, cancelled.signal])
    const book = openBook({ db, clock }, id, () => cancelled.abort())
    try {
      const practices = await waitingPractices(db, id)
      await eachOf(practices, async ({ tenantId }) => {
        if (signal.aborted) return
        const outcome = await lookIntoOne({ parts, columnsOf }, text, tenantId, signal)
        if (outcome) book.note(outcome)
      })
    } finally {
      await book.close()
    }
    if (!signal.aborted) await end(id)
  }

  async function giveUp(id: string): Promise<void> {
    await db.transaction().execute(async (transaction: CentralDb) => {
      await cancelFleet(transaction, id, clock.now())
      await tell(transaction, fleetNews(id))
    })
  }

  async function end(id: string): Promise<void> {
    await db.transaction().execute(async (transaction: CentralDb) => {
      if (!(await endFleet(transaction, id, clock.now()))) return
      const row = await fleetById(transaction, id)
      await parts.audit.writeDownAs(transaction, {
        verb: 'sql_fleet.ended',
        label: 'sql-console',
        staffId: row?.staffId,
        object: 'sql_fleet',
        id,
        after: { mode: row?.mode, digest: row?.digest.toString('hex'), total: row?.total, ...row?.counts },
      })
      await tell(transaction, fleetNews(id))
    })
  }

  /** Each minute: what a process left that died. */
  async function goOn(): Promise<void> {
    for (const id of await fleetsUnderWay(db))
      await run(id).catch((error: unknown) =>
        log.warn({ err: error, fleet: id }, 'practices could not be gone on with'),
      )
    await forgetFleets(db, new Date(clock.now().getTime() - keptMs))
  }

  return {
    run,
    goOn,
    /** Begins no further practice; another process goes on. */
    async close() {
      leaving.abort()
      await Promise.allSettled(running)
    },
  }
}

async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = [...items]
  await Promise.all(
    Array.from({ length: Math.min(atOnce, queue.length) }, async () => {
      for (let item = queue.shift(); item; item = queue.shift()) await work(item)
    }),
  )
}

/** Its id is the fleet's. One that dies is gone on with a minute later, and the tries are for a lost database. */
export const fleetErrand = (runner: Pick<FleetRunner, 'run'>): Errand => ({
  name: 'sql-fleet',
  retries: 3,
  retryDelay: 5,
  secondsATry: 6 * 3600,
  run: (id) => runner.run(id),
})

export const fleetSchedule = (runner: Pick<FleetRunner, 'goOn'>): Schedule => ({
  name: 'sql-fleets',
  cron: '* * * * *',
  secondsATry: 6 * 3600,
  run: () => runner.goOn(),
})
