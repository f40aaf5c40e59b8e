import { CompiledQuery } from 'kysely'
import { PgBoss, type JobWithMetadata } from 'pg-boss'
import type pg from 'pg'
import { sql, type CentralDb } from './db.ts'
import { keep } from './kept-statements.ts'
import type { Logger } from './log.ts'
import { tell } from './news.ts'

/** Long work a person starts and can leave: what runs it, by its kind. */
export type BackgroundWork = {
  kind: string
  /**
   * It is begun anew, by itself, when the process that ran it died: what it did until then is of no consequence, or is
   * found again. Any other ends as `interrupted`, and the person begins it again.
   */
  outlives?: boolean
  /** It may take minutes: it waits for those of its like, and holds back no other. */
  apart?: boolean
  /** @returns what the person sees at the end: figures, the id of a file. @throws Refused for what they can mend */
  run(job: RunningJob): Promise<Record<string, unknown>>
}

export type RunningJob = {
  id: string
  staffId: string
  input: unknown
  db: CentralDb
  /** Rows, bytes or whatever the kind counts; written and told at most every 400 ms. */
  progress(done: number, total: number | null): void
}

/** Work nobody waits for at a screen: no tray shows it, and it is tried again until it succeeds. */
export type Errand = {
  name: string
  /** How often it is tried again, and the seconds before the first of these; each later wait is longer, up to an hour. */
  retries: number
  retryDelay: number
  /** How long one try may take; after that the process that took it counts as dead and the errand is tried again. */
  secondsATry: number
  /** May run twice for the same id: a process that dies at the end of its try has not told that it was done. */
  run(id: string, attempt: { isLast: boolean }): Promise<void>
}

/** Work by the clock. `cron` in Europe/Paris. */
export type Schedule = {
  name: string
  cron: string
  /** After how long it counts as dead and is begun again; a quarter of an hour unless told. */
  secondsATry?: number
  run(db: CentralDb): Promise<void>
}

export type Jobs = {
  /** Queues work in the caller's transaction: it begins after the commit, or never. */
  start(
    db: CentralDb,
    work: { kind: string; staffId: string; input: unknown; total?: number },
  ): Promise<string>
  /** Queues an errand in the caller's transaction, in the same way; `id` is all it is told. */
  send(db: CentralDb, errand: Pick<Errand, 'name'>, id: string): Promise<void>
  close(): Promise<void>
}

const queue = 'background'
const queueApart = 'background-apart'
const queues = [queue, queueApart]
/** What kills three processes is not begun a fourth time. */
const livesAJob = 3
const progressMs = 400

export async function openJobs(on: {
  databaseUrl: string
  db: CentralDb
  /** For the lock each running job holds: it falls with the process, and so tells that the job died. */
  pool: pg.Pool
  log: Logger
  works: readonly BackgroundWork[]
  errands?: readonly Errand[]
  schedules: readonly Schedule[]
  /** False in a process that only serves the web: it queues and runs nothing. */
  runs: boolean
}): Promise<Jobs> {
  const { db, log } = on
  const boss = new PgBoss({
    connectionString: on.databaseUrl,
    application_name: 'magestionpsy jobs',
    max: 3,
    migrate: false,
    createSchema: false,
    reindex: false,
    persistQueueStats: false,
    supervise: on.runs,
    schedule: on.runs,
  })
  boss.on('error', (error) => log.warn({ err: error }, 'the job queue lost the database'))
  await boss.start()
  for (const name of queues) await boss.createQueue(name, { retryLimit: 0, expireInSeconds: 6 * 3600 })
  const apart = new Set(on.works.filter((work) => work.apart).map(({ kind }) => kind))
  const queueOf = (kind: string) => (apart.has(kind) ? queueApart : queue)
  const errands = on.errands ?? []
  for (const { name, retries, retryDelay, secondsATry } of errands)
    await boss.createQueue(name, {
      retryLimit: retries,
      retryDelay,
      retryBackoff: true,
      retryDelayMax: 3600,
      expireInSeconds: secondsATry,
    })

  if (on.runs) {
    const byKind = new Map(on.works.map((work) => [work.kind, work]))
    for (const name of queues)
      await boss.work<{ id: string }>(name, { pollingIntervalSeconds: 0.5, batchSize: 1 }, async ([job]) => {
        if (job) await runOne(job.data.id, byKind)
      })
    for (const { name, run } of errands)
      await boss.work(
        name,
        { pollingIntervalSeconds: 0.5, batchSize: 1, localConcurrency: 2, includeMetadata: true },
        async ([job]: JobWithMetadata<{ id: string }>[]) => {
          if (job) await run(job.data.id, { isLast: job.retryCount >= job.retryLimit })
        },
      )
    const schedules: Schedule[] = [
      ...on.schedules,
      { name: 'interrupted-jobs', cron: '* * * * *', run: takeUpInterrupted },
    ]
    for (const { name, cron, run, secondsATry = 900 } of schedules) {
      await boss.createQueue(name, { retryLimit: 2, retryDelay: 30, expireInSeconds: secondsATry })
      await boss.schedule(name, cron, null, { tz: 'Europe/Paris' })
      await boss.work(name, { pollingIntervalSeconds: 20 }, async () => {
        await run(db).catch((error: unknown) => {
          log.error({ err: error, schedule: name }, 'scheduled work failed')
          throw error
        })
      })
    }
    await takeUpInterrupted(db)
  }

  async function runOne(id: string, byKind: Map<string, BackgroundWork>): Promise<void> {
    const client = await on.pool.connect()
    try {
      await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [id])
      const row = await db
        .updateTable('backgroundJobs')
        .set({ state: 'running', startedAt: sql<Date>`now()` })
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .returning(['kind', 'staffId', 'input'])
        .executeTakeFirst()
      if (!row) return
      const outcome = await perform(id, row, byKind.get(row.kind))
      await db
        .updateTable('backgroundJobs')
        .set({ ...outcome, endedAt: sql<Date>`now()` })
        .where('id', '=', id)
        .execute()
      await tell(db, { topic: 'jobs', id, only: row.staffId })
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [id]).catch(() => {})
      client.release()
    }
  }

  async function perform(
    id: string,
    row: { kind: string; staffId: string; input: unknown },
    work: BackgroundWork | undefined,
  ) {
    let written = 0
    let pending: Promise<unknown> = Promise.resolve()
    const write = (done: number, total: number | null) => {
      pending = pending
        .then(() =>
          db
            .updateTable('backgroundJobs')
            .set({ done, ...(total === null ? {} : { total }) })
            .where('id', '=', id)
            .execute(),
        )
        .then(() => tell(db, { topic: 'jobs', id, only: row.staffId }))
        .catch((error: unknown) => log.warn({ err: error }, 'progress could not be written'))
    }
    let last: [number, number | null] | undefined
    try {
      if (!work) throw new Error(`no work of kind ${row.kind}`)
      const result = await work.run({
        id,
        staffId: row.staffId,
        input: row.input,
        db,
        progress(done, total) {
          last = [done, total]
          if (performance.now() - written < progressMs) return
          written = performance.now()
          write(done, total)
        },
      })
      if (last) write(...last)
      await pending
      return { state: 'done', result: JSON.stringify(result) }
    } catch (error) {
      await pending
      const refused =
        error instanceof Error && 'refusal' in error ? (error.refusal as { code: string }).code : undefined
      if (!refused) log.error({ err: error, kind: row.kind, job: id }, 'background work failed')
      return { state: 'failed', errorCode: refused ?? 'internal' }
    }
  }

  /**
   * A job that says it runs while nobody holds its lock was running in a process that died; one that says it waits
   * while the queue gave it away a minute ago, or has lost it, was taken by such a process.
   */
  async function takeUpInterrupted(handle: CentralDb): Promise<void> {
    const outliving = on.works.filter(({ outlives }) => outlives).map(({ kind }) => kind)
    await handle.transaction().execute(async (transaction: CentralDb) => {
      const dead = await sql<{ id: string; kind: string; staffId: string; state: string }>`
        with suspects as materialized (
          select id from background_jobs
          where state = 'running' or state = 'waiting' and created_at < now() - interval '1 minute' and not exists (
            select from pgboss.job queued
            where queued.name = any(${queues}) and queued.data ->> 'id' = background_jobs.id::text
              and (queued.state < 'active' or queued.state = 'active' and queued.started_on > now() - interval '1 minute'))),
        found as materialized (
          select id, kind = any(${outliving}) and ${livesAJob} > (
            select count(*) from pgboss.job queued where queued.name = any(${queues}) and queued.data ->> 'id' = jobs.id::text
          ) as again from background_jobs jobs where id in (select id from suspects))
        update background_jobs jobs set
          state = case when again then 'waiting' else 'failed' end,
          error_code = case when again then null else 'interrupted' end,
          started_at = case when again then null else started_at end,
          ended_at = case when again then null else now() end,
          done = case when again then 0 else done end
        from found
        where jobs.id = found.id and state in ('running', 'waiting')
          and pg_try_advisory_xact_lock(hashtextextended(jobs.id::text, 0))
        returning jobs.id, jobs.kind, staff_id, state`.execute(transaction)
      for (const { id, kind, staffId, state } of dead.rows) {
        if (state === 'waiting') await sendWithin(transaction, queueOf(kind), id)
        await tell(transaction, { topic: 'jobs', id, only: staffId })
      }
    })
  }

  async function sendWithin(transaction: CentralDb, name: string, id: string): Promise<void> {
    const plain = transaction.withoutPlugins()
    await boss.send(
      name,
      { id },
      {
        db: {
          executeSql: async (text, values) => {
            // Long, and one text a queue: taken apart anew it costs more than a short transaction's own statements.
            keep(text)
            const { rows } = await plain.executeQuery(CompiledQuery.raw(text, values))
            return { rows }
          },
        },
      },
    )
  }

  return {
    async start(transaction, { kind, staffId, input, total }) {
      const { id } = await transaction
        .insertInto('backgroundJobs')
        .values({ kind, staffId, input: JSON.stringify(input), total: total ?? null })
        .returning('id')
        .executeTakeFirstOrThrow()
      await sendWithin(transaction, queueOf(kind), id)
      await tell(transaction, { topic: 'jobs', id, only: staffId })
      return id
    },
    send: (transaction, { name }, id) => sendWithin(transaction, name, id),
    close: () => boss.stop({ graceful: true, timeout: 10_000 }),
  }
}
