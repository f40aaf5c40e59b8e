import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../tests/harness/database.ts'
import { newClient } from '../../../tests/harness/tenancy-process.ts'
import { systemClock } from '#platform/server/clock.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { openLog } from '#platform/server/log.ts'
import { openNewsDesk, type Whisper } from '#platform/server/news.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { openClusters } from './clusters.ts'
import { opaqueName } from './logins.ts'
import { insertTenant } from './place-queries.ts'
import { openWorks, type Works } from './running-works.ts'
import { beginWork, ClusterUnreachable, WorkTrouble, type Step, type WorkKind } from './works.ts'

const database = await testDatabase()
const pool = openPool(database.appUrl, { max: 8 })
const db = centralDb(pool)
const log = openLog('silent')
const clusters = openClusters({ db, vault: vaultOf(randomBytes(32)), clock: systemClock, log })
const clusterId = await clusters.ensure('main', database.provisionerUrl)
const opened: Works[] = []

afterAll(async () => {
  await Promise.all(opened.map((works) => works.close()))
  await clusters.close()
  await pool.end()
})

let tenantId: string
beforeEach(async () => {
  tenantId = uuidv7()
  await insertTenant(db, {
    id: tenantId,
    clientId: await newClient(db),
    name: 'Cabinet de Claire Moreau',
    kind: 'practitioner',
    clusterId,
    databaseName: opaqueName(),
    loginRole: opaqueName(),
    loginSecretSealed: randomBytes(32),
    keySealed: randomBytes(32),
    createdAt: new Date(),
    stateSince: new Date(),
    createdBy: null,
  })
})

/** A process that knows one kind of work, of these steps. */
function process(steps: Record<string, Step['run']>, undo?: WorkKind['undo']): Works {
  const kind: WorkKind = {
    kind: 'backup',
    steps: Object.entries(steps).map(([name, run]) => ({ name, run })),
    ...(undo ? { undo } : {}),
  }
  const works = openWorks({ db, pool, clock: systemClock, log, kinds: [kind] })
  opened.push(works)
  return works
}

async function begun(plan = {}): Promise<string> {
  const id = await beginWork(db, { tenantId, kind: 'backup', plan, askedBy: null }, undefined)
  if (id === undefined) throw new Error('nothing is being done to it yet')
  return id
}

const row = (id: string) =>
  db.selectFrom('tenantWorks').where('id', '=', id).selectAll().executeTakeFirstOrThrow()

const nothing = async () => {}

describe('a work on a tenant', () => {
  test('does its steps in order, keeps its plan between them, and is over', async () => {
    const seen: unknown[] = []
    const works = process({
      first: async ({ save }) => save({ rows: 3 }),
      second: async ({ plan }) => void seen.push(plan),
    })
    const id = await begun({ asked: true })
    expect(await works.run(id)).toBe('done')
    expect(seen).toEqual([{ asked: true, rows: 3 }])
    expect(await row(id)).toMatchObject({ state: 'done', step: 'second', plan: { asked: true, rows: 3 } })
    expect(await works.run(id)).toBe('over')
  })

  test('is the only one on its tenant while it lasts', async () => {
    const id = await begun()
    expect(await beginWork(db, { tenantId, kind: 'purge', askedBy: null }, undefined)).toBeUndefined()
    await process({ only: nothing }).run(id)
    expect(await beginWork(db, { tenantId, kind: 'backup', askedBy: null }, undefined)).toBeDefined()
  })

  test('is begun only if what asked for it commits', async () => {
    await db
      .transaction()
      .execute(async (transaction) => {
        await beginWork(transaction, { tenantId, kind: 'backup', askedBy: null }, undefined)
        throw new Error('changed their mind')
      })
      .catch(() => {})
    await begun()
  })

  test('is done by one process; another goes on from the step at which the first lost the database', async () => {
    const steps: string[] = []
    const broken = Promise.withResolvers<void>()
    const id = await begun()
    const first = process({
      first: async () => void steps.push('first'),
      second: async ({ signal }) => {
        steps.push('second, cut short')
        const told = new Promise((resolve) => signal.addEventListener('abort', resolve))
        await endConnections()
        await told
        broken.resolve()
        signal.throwIfAborted()
      },
      third: async () => void steps.push('never by the first'),
    })
    const second = process({
      first: async () => void steps.push('never again'),
      second: async () => void steps.push('second'),
      third: async () => void steps.push('third'),
    })
    const cut = first.run(id)
    await broken.promise
    expect(await second.run(id)).toBe('done')
    expect(await cut).toBe('waiting')
    expect(steps).toEqual(['first', 'second, cut short', 'second', 'third'])
    expect(await row(id)).toMatchObject({ state: 'done' })
  })

  test('is tried three times, is undone, and says what was wrong', async () => {
    let tries = 0
    let undone = 0
    const works = process(
      { only: async () => Promise.reject(new WorkTrouble('archive_damaged', `try ${++tries}`)) },
      async () => void undone++,
    )
    const id = await begun()
    expect(await works.run(id)).toBe('waiting')
    expect(await row(id)).toMatchObject({ state: 'waiting', errorCode: 'archive_damaged', attempts: 1 })
    expect(await works.run(id)).toBe('waiting')
    expect(undone).toBe(0)
    expect(await works.run(id)).toBe('failed')
    expect([tries, undone]).toEqual([3, 1])
    expect(await row(id)).toMatchObject({ state: 'failed', errorDetail: 'try 3' })
  })

  test('is not tried again where that changes nothing', async () => {
    const id = await begun()
    const final = new WorkTrouble('archive_foreign', 'of another tenant', { isFinal: true })
    expect(await process({ only: () => Promise.reject(final) }).run(id)).toBe('failed')
  })

  test('may fail again and again as long as it gets further each time', async () => {
    let rows = 0
    const works = process({
      copying: async ({ save }) => {
        await save({ rows: ++rows })
        if (rows < 6) throw new Error('the line broke')
      },
    })
    const id = await begun()
    for (let run = 1; run < 6; run++) expect(await works.run(id)).toBe('waiting')
    expect(await works.run(id)).toBe('done')
  })

  test('that its process died of three times is given up, and undone by the next', async () => {
    const id = await begun()
    // What three killed processes leave behind.
    await db.updateTable('tenantWorks').set({ state: 'running', attempts: 3 }).where('id', '=', id).execute()
    let undone = false
    const works = process({ only: nothing }, async () => void (undone = true))
    expect(await works.run(id)).toBe('failed')
    expect(undone).toBe(true)
    expect(await row(id)).toMatchObject({ errorCode: 'interrupted' })
  })

  test('whose undoing fails is not over: the next one undoes it', async () => {
    const id = await begun()
    const wrong = () => Promise.reject(new WorkTrouble('rows_differ', 'one', { isFinal: true }))
    expect(await process({ only: wrong }, () => Promise.reject(new Error('not yet'))).run(id)).toBe('waiting')
    await db.updateTable('tenantWorks').set({ attempts: 3 }).where('id', '=', id).execute()
    expect(await process({ only: nothing }, nothing).run(id)).toBe('failed')
    expect(await row(id)).toMatchObject({ errorCode: 'rows_differ' })
  })

  test('waits for a cluster that is down, however often it was looked at', async () => {
    let isDown = true
    const works = process({
      only: async () => {
        if (isDown) throw new ClusterUnreachable('connect ECONNREFUSED')
      },
    })
    const id = await begun()
    for (let looks = 0; looks < 5; looks++) expect(await works.run(id)).toBe('waiting')
    expect(await row(id)).toMatchObject({ errorCode: 'cluster_unreachable', attempts: 0 })
    isDown = false
    expect(await works.run(id)).toBe('done')
    expect(await row(id)).toMatchObject({ errorCode: 'cluster_unreachable', state: 'done' })
  })

  test('is left between two steps by a process that ends, for another one', async () => {
    const id = await begun()
    const leaving: Works = process({
      first: async () => void leaving.close(),
      second: () => Promise.reject(new Error('it was to leave')),
    })
    expect(await leaving.run(id)).toBe('waiting')
    expect(await row(id)).toMatchObject({ state: 'waiting', attempts: 0, step: 'first' })
    expect(await process({ first: nothing, second: nothing }).run(id)).toBe('done')
  })

  test('of a kind that this release does not know is left alone', async () => {
    const id = await begun()
    const works = openWorks({ db, pool, clock: systemClock, log, kinds: [] })
    opened.push(works)
    expect(await works.run(id)).toBe('waiting')
    expect(await process({ only: nothing }).run(id)).toBe('done')
  })

  test('counts on its row, and tells those who may see tenants', async () => {
    const heard: (Whisper | null)[] = []
    const desk = openNewsDesk(database.appUrl, log)
    desk.subscribe((whisper) => heard.push(whisper))
    await new Promise((resolve) => setTimeout(resolve, 100))
    const id = await begun()
    await process({ only: async ({ progress }) => progress(40, 120) }).run(id)
    expect(await row(id)).toMatchObject({ done: 40, total: 120 })
    await expect.poll(() => heard).toContainEqual({ topic: 'tenants', id: tenantId, needs: 'tenants.read' })
    await desk.close()
  })

  test('that nobody holds is gone on with at each start, each once', async () => {
    const ids = [await begun()]
    tenantId = uuidv7()
    const done: string[] = []
    const works = process({ only: async ({ workId }) => void done.push(workId) })
    await works.goOn()
    expect(done.filter((id) => ids.includes(id))).toEqual(ids)
    expect(await row(ids[0] ?? '')).toMatchObject({ state: 'done' })
  })
})

/** As when PostgreSQL restarts: every connection of ours that is in nobody's hands or holds a lock. */
async function endConnections(): Promise<void> {
  const admin = new pg.Client(database.adminUrl)
  await admin.connect()
  await admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  )
  await admin.end()
}
