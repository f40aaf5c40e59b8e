import { expect, test } from 'vitest'
import { sql } from './db.ts'
import { openJobs } from './jobs.ts'
import { openLog } from './log.ts'
import { testServer } from '../../tests/harness/server.ts'

// It only serves the web: what is queued stays where it is.
const server = await testServer({ env: { ROLE: 'web' } })
const { db, pool, database } = server

async function openOver(runs: boolean) {
  return openJobs({
    databaseUrl: database.appUrl,
    db,
    pool,
    log: openLog('silent'),
    works: [
      { kind: 'test', run: async () => ({}) },
      { kind: 'outliving', outlives: true, run: async () => ({}) },
      { kind: 'apart', outlives: true, apart: true, run: async () => ({}) },
    ],
    schedules: [],
    runs,
  })
}

async function queued(kind = 'test'): Promise<string> {
  const { id: staffId } = await db.selectFrom('staffMembers').select('id').executeTakeFirstOrThrow()
  const jobs = await openOver(false)
  const id = await jobs.start(db, { kind, staffId, input: {} })
  await jobs.close()
  return id
}

const stateOf = async (id: string) =>
  db.selectFrom('backgroundJobs').where('id', '=', id).select(['state', 'errorCode']).executeTakeFirst()

test('a job whose process died between taking and beginning it does not wait for ever', async () => {
  const taken = await queued()
  const vanished = await queued()
  const waiting = await queued()
  await sql`update background_jobs set created_at = now() - interval '5 minutes'`.execute(db)
  await sql`update pgboss.job set state = 'active', started_on = now() - interval '4 minutes'
    where data ->> 'id' = ${taken}`.execute(db)
  await sql`delete from pgboss.job where data ->> 'id' = ${vanished}`.execute(db)

  const jobs = await openOver(true)
  expect(await stateOf(taken)).toEqual({ state: 'failed', errorCode: 'interrupted' })
  expect(await stateOf(vanished)).toEqual({ state: 'failed', errorCode: 'interrupted' })
  await expect.poll(() => stateOf(waiting), { timeout: 10_000 }).toEqual({ state: 'done', errorCode: null })
  await jobs.close()
})

test('what is slow runs apart: nobody waits for it, and of its like one runs at a time', async () => {
  const begun: string[] = []
  const over = Promise.withResolvers<void>()
  const jobs = await openJobs({
    databaseUrl: database.appUrl,
    db,
    pool,
    log: openLog('silent'),
    works: [
      { kind: 'quick', run: async () => ({}) },
      {
        kind: 'slow',
        apart: true,
        async run({ id }) {
          begun.push(id)
          await over.promise
          return {}
        },
      },
    ],
    schedules: [],
    runs: true,
  })
  const { id: staffId } = await db.selectFrom('staffMembers').select('id').executeTakeFirstOrThrow()
  const start = (kind: string) => jobs.start(db, { kind, staffId, input: {} })
  const slow = await start('slow')
  await expect.poll(() => stateOf(slow), { timeout: 10_000 }).toMatchObject({ state: 'running' })
  const [second, quick] = [await start('slow'), await start('quick')]
  await expect.poll(() => stateOf(quick), { timeout: 10_000 }).toMatchObject({ state: 'done' })
  expect(await stateOf(second)).toMatchObject({ state: 'waiting' })
  expect(begun).toEqual([slow])
  over.resolve()
  await expect.poll(() => stateOf(second), { timeout: 10_000 }).toMatchObject({ state: 'done' })
  await jobs.close()
})

test('one of them whose process died is taken up as any other is', async () => {
  const id = await queued('apart')
  await sql`update background_jobs set state = 'running', started_at = now() where id = ${id}`.execute(db)
  await sql`update pgboss.job set state = 'active', started_on = now() where data ->> 'id' = ${id}`.execute(
    db,
  )
  const jobs = await openOver(true)
  await expect.poll(() => stateOf(id), { timeout: 10_000 }).toEqual({ state: 'done', errorCode: null })
  const { rows } =
    await sql`select from pgboss.job where name = 'background-apart' and data ->> 'id' = ${id}`.execute(db)
  expect(rows).toHaveLength(2)
  await jobs.close()
})

test('a job that outlives its process is begun anew, and not for ever', async () => {
  const [begun, mortal, deadly] = [await queued('outliving'), await queued(), await queued('outliving')]
  await sql`update background_jobs set state = 'running', started_at = now(), done = 7
    where id in (${begun}, ${mortal}, ${deadly})`.execute(db)
  await sql`update pgboss.job set state = 'active', started_on = now()
    where data ->> 'id' in (${begun}, ${mortal}, ${deadly})`.execute(db)
  await sql`insert into pgboss.job (name, data, state, started_on)
    select name, data, 'active', now() from pgboss.job, generate_series(1, 2) where data ->> 'id' = ${deadly}`.execute(
    db,
  )

  const jobs = await openOver(true)
  expect(await stateOf(mortal)).toEqual({ state: 'failed', errorCode: 'interrupted' })
  expect(await stateOf(deadly)).toEqual({ state: 'failed', errorCode: 'interrupted' })
  await expect.poll(() => stateOf(begun), { timeout: 10_000 }).toEqual({ state: 'done', errorCode: null })
  await jobs.close()
})
