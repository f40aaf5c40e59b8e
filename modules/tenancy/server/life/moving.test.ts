import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { expect, test } from 'vitest'
import { getPractice, updatePractice } from '#contract/cabinet'
import {
  backUpTenant,
  getTenant,
  moveTenant,
  switchTenant,
  updateCluster,
  type Tenant,
} from '#contract/tenancy'
import { forgetPractice } from '#server/support'
import { sql } from '#platform/server/db.ts'
import { systemClock } from '#platform/server/clock.ts'
import { openFiles } from '#platform/server/files.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { openLog } from '#platform/server/log.ts'
import { anotherCluster, onDatabase } from '../../../../tests/harness/another-cluster.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { tenancyServer } from '../../../../tests/harness/tenants.ts'
import { spareSchedule } from './dropping-spares.ts'
import { lifeParts } from './index.ts'
import { moveKind } from './moving.ts'

const server = await tenancyServer()
const other = await anotherCluster()
const { db, tenants } = server
const otherId = await tenants.clusters.ensure('other', other.provisionerUrl)
const chief = await server.as('super_administrator')
const practice = await server.openPractice('Claire Moreau')
const { tenantId, holder } = practice
const params = { id: tenantId }
const mainId = (await chief.call(getTenant, { params })).clusterId

const parts = lifeParts({
  forgetPractice,
  ...tenants,
  db,
  vault: server.vault,
  clock: systemClock,
  log: openLog('silent'),
  audit: server.audit,
  dataDir: server.dataDir,
  files: openFiles(server.dataDir),
})

async function settled(): Promise<Tenant> {
  for (;;) {
    const tenant = await chief.call(getTenant, { params })
    if (tenant.work === null) return tenant
    await pause(40)
  }
}

test('a tenant moves while people write: some are refused for a moment, and nothing that was acknowledged is lost', async () => {
  const acknowledged: string[] = []
  const refusals = new Set<string>()
  const isOver = new AbortController()
  const { memberId } = holder
  const before = await holder.call(getPractice)
  let revision = before.revision

  /** In another process than the one that moves it, and in that one. */
  const writers = [1, 2].map(async () => {
    while (!isOver.signal.aborted) {
      const id = uuidv7()
      await tenants.databases
        .within(tenantId, 'practitioner', (notes) =>
          sql`insert into notes (id, author_id, kind, body_sealed) values (${id}, ${memberId}, 'record', 'x')`.execute(
            notes,
          ),
        )
        .then(
          () => acknowledged.push(id),
          (error: unknown) => refusals.add((error as { code: string }).code),
        )
      await pause(1)
    }
  })
  const ofMember = (async () => {
    while (!isOver.signal.aborted) {
      const answer = await holder.ask(updatePractice, { body: { revision, name: `Cabinet ${revision}` } })
      if (answer.status === 200) revision++
      else refusals.add((JSON.parse(answer.text) as { error: { code: string } }).error.code)
      // Who reads goes on reading: at most they are asked to try again.
      const read = await holder.ask(getPractice)
      if (read.status !== 200) refusals.add((JSON.parse(read.text) as { error: { code: string } }).error.code)
    }
  })()

  await pause(200)
  await chief.call(moveTenant, { params, body: { clusterId: otherId } })
  const moved = await settled()
  const seen = acknowledged.length
  while (acknowledged.length < seen + 10) await pause(10)
  isOver.abort()
  await Promise.all([...writers, ofMember])

  expect(moved.works[0]).toMatchObject({ kind: 'move', state: 'done', errorDetail: null })
  expect(moved).toMatchObject({ state: 'active', cluster: 'other', clusterId: otherId })
  expect(moved.spares).toMatchObject([
    { origin: 'moved', databaseName: practice.databaseName, cluster: 'main' },
  ])
  expect(await inside(other.adminUrl, moved.databaseName, 'select id from notes')).toEqual(
    new Set(acknowledged),
  )
  expect((await holder.call(getPractice)).revision).toBe(revision)
  expect(seen).toBeGreaterThan(10)
  // Whatever they were told, it was that they may try again.
  expect(
    [...refusals].filter((code) => !['tenant_read_only', 'tenant_unreachable', 'unavailable'].includes(code)),
  ).toEqual([])
  expect(await entriesOf(server, { verb: 'tenant.moved', object: tenantId })).toMatchObject([
    { result: 'done', before: { clusterId: mainId }, after: { clusterId: otherId } },
  ])
})

test('a move that fails after the practice lives elsewhere takes nothing of it back', async () => {
  const { id: workId, plan } = await db
    .selectFrom('tenantWorks')
    .where('tenantId', '=', tenantId)
    .where('kind', '=', 'move')
    .select(['id', 'plan'])
    .executeTakeFirstOrThrow()
  await moveKind(parts).undo?.({
    db,
    workId,
    tenantId,
    askedBy: null,
    plan: plan as Record<string, unknown>, // always an object

    save: async () => {},
    progress() {},
    signal: new AbortController().signal,
  })
  const { databaseName } = await chief.call(getTenant, { params })
  expect(
    (await inside(other.adminUrl, databaseName, 'select tenant_id as id from practice')).has(tenantId),
  ).toBe(true)
  expect(await holder.call(getPractice)).toMatchObject({ me: { memberId: holder.memberId } })
})

test('where it moved away from nobody writes any more, whoever remembers the way', async () => {
  const rows = await inside(server.database.adminUrl, practice.databaseName, 'select id from notes')
  expect(rows.size).toBeGreaterThan(10)
  const client = new pg.Client(onDatabase(server.database.adminUrl, practice.databaseName))
  await client.connect()
  await expect(client.query('delete from notes')).rejects.toMatchObject({ code: '25006' })
  await client.end()
})

test('it does not move to where it is, to a cluster that takes nobody, or to none', async () => {
  const move = (clusterId: string) => chief.refused(moveTenant, { params, body: { clusterId } })
  expect(await move(otherId)).toMatchObject({ status: 422, code: 'cluster_unfit' })
  expect(await move(uuidv7())).toMatchObject({ code: 'cluster_unfit' })
  await chief.call(updateCluster, { params: { id: mainId }, body: { state: 'closed' } })
  expect(await move(mainId)).toMatchObject({ code: 'cluster_unfit' })
  await chief.call(updateCluster, { params: { id: mainId }, body: { state: 'open' } })
})

test('what it moved away from can take its place again, on the cluster it came from', async () => {
  const { databaseName } = practice
  await chief.call(switchTenant, {
    params,
    body: { databaseName, reason: 'La nouvelle grappe est trop lente' },
  })
  expect(await settled()).toMatchObject({ state: 'active', clusterId: mainId, databaseName })
  const { revision } = await holder.call(getPractice)
  expect((await holder.call(updatePractice, { body: { revision, name: 'De retour' } })).name).toBe(
    'De retour',
  )
})

test('the cluster it moves to goes down while rows are copied: the practice is as it was, and what was begun over there is dropped', async () => {
  // As long as somebody holds a table, the copy stays in the middle.
  const holding = new pg.Client(onDatabase(server.database.adminUrl, practice.databaseName))
  await holding.connect()
  await holding.query('begin; lock table notes in access exclusive mode')
  await chief.call(moveTenant, { params, body: { clusterId: otherId } })
  const waiting = `select from pg_locks where not granted and relation = 'notes'::regclass`
  while ((await holding.query(waiting)).rowCount === 0) await pause(20)
  expect(await chief.call(getTenant, { params })).toMatchObject({ state: 'moving' })
  const { revision } = await holder.call(getPractice)
  const refused = await holder.refused(updatePractice, { body: { revision, name: 'Pendant ce temps' } })
  expect(refused).toMatchObject({ status: 503, code: 'tenant_read_only' })
  expect((await chief.ask(backUpTenant, { params })).status).toBe(409)
  await other.crash()
  await holding.end()

  const after = await settled()
  expect(after.works[0]).toMatchObject({ kind: 'move', state: 'failed' })
  expect(after).toMatchObject({
    state: 'active',
    clusterId: mainId,
    databaseName: practice.databaseName,
    spares: [{ origin: 'replaced' }],
  })
  await holder.call(updatePractice, { body: { revision, name: 'Toujours là' } })

  await other.startAgain()
  const begun = () =>
    db
      .selectFrom('tenantSpares')
      .where('tenantId', '=', tenantId)
      .where('origin', '=', 'restored')
      .select(['databaseName', 'droppedAt', 'loginSecretSealed'])
      .executeTakeFirstOrThrow()
  const { databaseName, droppedAt } = await begun()
  expect(droppedAt).not.toBeNull()
  await spareSchedule(parts).run(db)
  expect((await begun()).loginSecretSealed).toBeNull()
  const there = `select datname as id from pg_database where datname = '${databaseName}'`
  expect((await inside(other.adminUrl, 'postgres', there)).size).toBe(0)
})

async function inside(adminUrl: string, databaseName: string, question: string): Promise<Set<string>> {
  const client = new pg.Client(onDatabase(adminUrl, databaseName))
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>(question)
    return new Set(rows.map(({ id }) => id))
  } finally {
    await client.end()
  }
}
