/** Takes works one after the other and does their steps. One process holds one work, by a lock that falls with it. */
import type pg from 'pg'
import type { Clock } from '#platform/server/clock.ts'
import { isOutage, type CentralDb } from '#platform/server/db.ts'
import type { Errand, Schedule } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import { tell } from '#platform/server/news.ts'
import { holding } from './holding.ts'
import {
  endWork,
  leaveWork,
  nextWork,
  stepForward,
  takeWork,
  writeProgress,
  type TakenWork,
} from './work-queries.ts'
import { ClusterUnreachable, tenantWork, WorkTrouble, type StepContext, type WorkKind } from './works.ts'

/** `taken`: another process does it. `over`: it was done or given up before. `waiting`: it will be tried again. */
export type WorkOutcome = 'done' | 'failed' | 'waiting' | 'taken' | 'over'

export type Works = {
  run(id: string): Promise<WorkOutcome>
  /** Tries each work that nobody holds once: at the start of a process, each minute, and after each errand. */
  goOn(): Promise<void>
  errand: Errand
  schedule: Schedule
  /** Stops between two steps, or where a step heeds its signal; another process goes on. */
  close(): Promise<void>
}

/** Tries without a step forward, those that a dying process cut short among them. */
const tries = 3
const newsMs = 400
const needs = 'tenants.read'

export function openWorks(on: {
  db: CentralDb
  /** For the lock each running work holds. */
  pool: pg.Pool
  clock: Clock
  log: Logger
  kinds: readonly WorkKind[]
}): Works {
  const { db, clock, log } = on
  const kinds = new Map<string, WorkKind>(on.kinds.map((kind) => [kind.kind, kind]))
  const firstSteps = Object.fromEntries(on.kinds.map(({ kind, steps }) => [kind, steps[0]?.name ?? '']))
  const leaving = new AbortController()
  const running = new Set<Promise<unknown>>()

  async function run(id: string): Promise<WorkOutcome> {
    if (leaving.signal.aborted) return 'waiting'
    const doing = holding(on.pool, `tenant work ${id}`, leaving.signal, (signal) => runHeld(id, signal))
    running.add(doing)
    try {
      return (await doing) ?? 'taken'
    } finally {
      running.delete(doing)
    }
  }

  async function runHeld(id: string, signal: AbortSignal): Promise<WorkOutcome> {
    const work = await takeWork(db, id, { firstSteps, now: clock.now() })
    if (!work) return 'over'
    const news = newsOf(db, work.tenantId, log)
    try {
      return await attempt(work, news, signal)
    } finally {
      await news.written()
    }
  }

  async function attempt(work: TakenWork, news: News, signal: AbortSignal): Promise<WorkOutcome> {
    const kind = kinds.get(work.kind)
    if (!kind) {
      // A process of another release may know it.
      await leaveWork(db, work.id, { counts: false })
      return 'waiting'
    }
    const context = contextOf(work, news, signal)
    try {
      if (work.attempts > tries)
        throw new WorkTrouble(work.errorCode ?? 'interrupted', work.errorDetail ?? '', { isFinal: true })
      await doSteps(kind, work, context, news)
      await endWork(db, work.id, { state: 'done' }, clock.now())
      return 'done'
    } catch (error) {
      return afterFailure(kind, work, context, error)
    }
  }

  async function doSteps(kind: WorkKind, work: TakenWork, context: StepContext, news: News): Promise<void> {
    const begun = kind.steps.findIndex(({ name }) => name === work.step)
    // A step this release does not know was begun by another one: all that are known look at what is there.
    for (const step of kind.steps.slice(Math.max(begun, 0))) {
      context.signal.throwIfAborted()
      if (step.name !== work.step) {
        await stepForward(db, work.id, { step: step.name })
        Object.assign(work, { step: step.name, attempts: 1 })
      }
      news.soon()
      await step.run(context)
      await news.written()
    }
  }

  async function afterFailure(
    kind: WorkKind,
    work: TakenWork,
    context: StepContext,
    error: unknown,
  ): Promise<WorkOutcome> {
    if (context.signal.aborted) {
      // Whoever lost its lock has nothing to say any more: the row may be another's.
      if (leaving.signal.aborted) await leaveWork(db, work.id, { counts: false })
      return 'waiting'
    }
    const trouble = troubleOf(error)
    const about = { err: error, tenant: work.tenantId, work: work.id, kind: work.kind, step: work.step }
    if (trouble instanceof ClusterUnreachable) {
      log.warn(about, 'a work on a tenant waits for its cluster')
      await leaveWork(db, work.id, { counts: false, trouble: said(trouble) })
      return 'waiting'
    }
    log.error(about, 'a work on a tenant failed')
    if (!trouble.isFinal && work.attempts < tries) {
      await leaveWork(db, work.id, { counts: true, trouble: said(trouble) })
      return 'waiting'
    }
    try {
      await kind.undo?.(context)
    } catch (undoing) {
      log.error({ ...about, err: undoing }, 'what a failed work left behind could not be undone yet')
      await leaveWork(db, work.id, { counts: true, trouble: said(trouble) })
      return 'waiting'
    }
    const { code, detail } = said(trouble)
    await endWork(db, work.id, { state: 'failed', errorCode: code, errorDetail: detail }, clock.now())
    return 'failed'
  }

  function contextOf(work: TakenWork, news: News, signal: AbortSignal): StepContext {
    return {
      db,
      workId: work.id,
      tenantId: work.tenantId,
      askedBy: work.askedBy,
      plan: work.plan,
      signal,
      async save(more) {
        Object.assign(work.plan, more)
        await stepForward(db, work.id, { plan: work.plan })
        work.attempts = 1
      },
      progress: (done, total) => news.soon(() => writeProgress(db, work.id, done, total)),
    }
  }

  async function goOn(): Promise<void> {
    for (let id = await nextWork(db, undefined); id !== undefined; id = await nextWork(db, id)) {
      if (leaving.signal.aborted) return
      await run(id).catch((error: unknown) => log.error({ err: error, work: id }, 'a work could not be run'))
    }
  }

  return {
    run,
    goOn,
    errand: {
      ...tenantWork,
      // What it did not end, the schedule goes on with.
      retries: 0,
      retryDelay: 60,
      secondsATry: 12 * 3600,
      async run(id) {
        await run(id)
        await goOn()
      },
    },
    schedule: { name: 'tenant-works', cron: '* * * * *', secondsATry: 12 * 3600, run: goOn },
    async close() {
      leaving.abort()
      await Promise.allSettled(running)
    },
  }
}

function troubleOf(error: unknown): WorkTrouble {
  if (error instanceof WorkTrouble) return error
  const detail = error instanceof Error ? error.message : String(error)
  return isOutage(error) ? new ClusterUnreachable(detail) : new WorkTrouble('internal', detail)
}

const said = ({ code, message }: WorkTrouble) => ({ code, detail: message.slice(0, 2_000) })

type News = {
  /** Tells, and writes what is told first, unless that was done a moment ago. */
  soon(write?: () => Promise<void>): void
  written(): Promise<void>
}

function newsOf(db: CentralDb, tenantId: string, log: Logger): News {
  let told = performance.now()
  let latest: (() => Promise<void>) | undefined
  let pending: Promise<unknown> = Promise.resolve()
  const warn = (error: unknown) => log.warn({ err: error, tenant: tenantId }, 'progress could not be written')
  const say = () => tell(db, { topic: 'tenants', id: tenantId, needs })
  const flush = () => {
    const write = latest
    latest = undefined
    if (write) pending = pending.then(write).catch(warn)
  }
  return {
    soon(write) {
      latest = write ?? latest
      if (performance.now() - told < newsMs) return
      told = performance.now()
      flush()
      pending = pending.then(say).catch(warn)
    },
    async written() {
      flush()
      await pending
    },
  }
}
