import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CamelCasePlugin, Kysely, PostgresDialect, sql, type PostgresPool } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getAuditEntry, listUnsettledOperations, nothingToErase } from '#contract/audit'
import { rootDir } from '#platform/server/config.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { refuse } from '#platform/server/requests.ts'
import { testDatabase } from '../../../../tests/harness/database.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import type { Intent, Tenants, TenantTransaction } from '../operations.ts'
import { lifeUntil, mortalPool, type Life } from './mortal-pool.ts'

const many = process.env['TEST_LONG'] ? 400 : 100

const server = await testServer()
const practice = await testDatabase({ empty: true })
const { operations } = server.audit
const auditor = await server.as('auditor')
const tenant = uuidv7()
const staffId = uuidv7()
const log = { warn() {} }
const role = 'practitioner'

/** The tenant's database over these connections; the only one that can be reached. */
function tenantsOver(pool: PostgresPool): Tenants {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] })
  return {
    async within(tenantId, _role, work) {
      if (tenantId !== tenant) throw new Error('connection refused')
      return db.transaction().execute(work)
    },
  }
}

const practicePool = openPool(practice.adminUrl, { max: 8 })
const tenants = tenantsOver(practicePool)
afterAll(() => practicePool.end())

beforeAll(async () => {
  await practicePool.query(readFileSync(join(rootDir, 'db/tenant/0001_audit_outbox.sql'), 'utf8'))
  await practicePool.query('create table patients (id uuid primary key, operation uuid not null)')
})

const intentFor = (patient: string, over: Partial<Intent> = {}): Intent => ({
  verb: 'patient.created',
  actor: { type: 'staff', id: staffId },
  object: { type: 'patient', id: patient },
  tenant,
  reason: 'Reprise de dossier',
  origin: { id: 'request-1', ip: '192.0.2.7', userAgent: 'A browser' },
  ...over,
})

/** A patient is written into the practice's database. */
const write = (patient: string) => async (db: TenantTransaction, operation: string) => {
  await sql`insert into patients (id, operation) values (${patient}, ${operation})`.execute(db)
  return { before: null, after: { lastName: 'Arnaud' }, result: patient }
}

const entriesOf = (patient: string) =>
  server.db
    .selectFrom('auditLog')
    .where('objectId', '=', patient)
    .orderBy('at')
    .orderBy('id')
    .select(['id', 'result', 'operationId', 'verb', 'reason', 'tenantId'])
    .execute()
const isWritten = async (patient: string) =>
  (await practicePool.query('select from patients where id = $1', [patient])).rowCount === 1

/** Until nobody's transaction holds anything back any more. */
async function reconcileAll(): Promise<void> {
  for (;;) {
    const { underWay, unreachable } = await operations.reconcile({
      db: server.db,
      tenants,
      olderThanSeconds: 0,
    })
    expect(unreachable).toEqual([])
    if (underWay === 0) return
  }
}

/** As if it had been settled yesterday, behind the database's back. */
async function aDayLater(operation: string): Promise<void> {
  const behind = openPool(server.database.adminUrl, { max: 1 })
  await behind.query(`begin; set local session_replication_role = replica;
    update audit_operations set settled_at = now() - interval '25 hours' where id = '${operation}'; commit`)
  await behind.end()
}

test('what is done is two entries of one operation: the intent, and the outcome with what stood before and after', async () => {
  const patient = uuidv7()
  const given = await operations.perform(
    { db: server.db, tenants, log, role },
    intentFor(patient),
    write(patient),
  )
  expect(given).toBe(patient)
  const [intent, outcome] = await entriesOf(patient)
  expect(intent).toMatchObject({ result: 'intended', verb: 'patient.created', tenantId: tenant })
  expect(outcome).toMatchObject({ ...intent, id: expect.any(String), result: 'done' })
  expect(await auditor.call(getAuditEntry, { params: { id: outcome!.id } })).toMatchObject({
    after: { lastName: 'Arnaud' },
    ip: '192.0.2.7',
    requestId: 'request-1',
    reason: 'Reprise de dossier',
  })
  const { rows } = await practicePool.query<{ payload: Buffer }>('select payload from audit_outbox')
  expect(rows[0]?.payload.toString('latin1')).not.toContain('Arnaud')
})

test('what is refused or fails is told at once, and nothing is done', async () => {
  const refused = uuidv7()
  const failed = uuidv7()
  await expect(
    operations.perform({ db: server.db, tenants, log, role }, intentFor(refused), async (db, operation) => {
      await write(refused)(db, operation)
      throw refuse(nothingToErase)
    }),
  ).rejects.toThrow('audit_nothing_to_erase')
  await expect(
    operations.perform({ db: server.db, tenants, log, role }, intentFor(failed), async (db, operation) => {
      await write(failed)(db, operation)
      return write(failed)(db, operation)
    }),
  ).rejects.toMatchObject({ code: '23505' })
  expect((await entriesOf(refused)).map(({ result }) => result)).toEqual(['intended', 'refused'])
  expect((await entriesOf(failed)).map(({ result }) => result)).toEqual(['intended', 'failed'])
  expect([await isWritten(refused), await isWritten(failed)]).toEqual([false, false])
})

test('who cannot say what they intend does nothing', async () => {
  const patient = uuidv7()
  const deaf = centralDb(openPool('postgres://nobody@127.0.0.1:1/none', { max: 1 }))
  await expect(
    operations.perform({ db: deaf, tenants, log, role }, intentFor(patient), write(patient)),
  ).rejects.toThrow()
  await expect(
    server.db.transaction().execute((db) => operations.intend(db, intentFor(patient))),
  ).rejects.toThrow('may be rolled back')
  expect(await isWritten(patient)).toBe(false)
  expect(await entriesOf(patient)).toEqual([])
  await deaf.destroy()
})

/** One operation, by a process whose connections may end: all of them when it dies, or the tenant's alone. */
async function live(life: Life, patient: string, ofCentral = life) {
  const centralPool = mortalPool(server.database.appUrl, ofCentral)
  const tenantPool = mortalPool(practice.adminUrl, life)
  const on = { db: centralDb(centralPool), tenants: tenantsOver(tenantPool), log, role } as const
  await operations.perform(on, intentFor(patient), write(patient)).catch(() => {})
  return () => Promise.all([centralPool.end(), tenantPool.end()])
}

/** The law: no change without an intent and its outcome, one outcome for each intent, and it tells the truth. */
async function holdsFor(patient: string) {
  const results = (await entriesOf(patient)).map(({ result }) => result)
  const written = await isWritten(patient)
  expect(results).toEqual(written ? ['intended', 'done'] : results.length === 0 ? [] : ['intended', 'failed'])
}

test('a process that dies at any statement, or before it hears the answer, leaves one truthful outcome', async () => {
  const whole = lifeUntil(Infinity)
  await (
    await live(whole, uuidv7())
  )()
  const patients: string[] = []
  for (let step = 0; step <= whole.steps; step++) {
    const patient = uuidv7()
    const end = await live(lifeUntil(step), patient)
    await reconcileAll()
    await holdsFor(patient)
    await end()
    patients.push(patient)
  }
  expect(whole.steps).toBeGreaterThan(20)
  const done = await Promise.all(patients.map(isWritten))
  // Some died too early, some after the deed.
  expect(new Set(done)).toEqual(new Set([true, false]))
}, 120_000)

test('a tenant’s database that is lost at any statement, its commit too, leaves one truthful outcome', async () => {
  const whole = lifeUntil(Infinity)
  await (
    await live(whole, uuidv7(), lifeUntil(Infinity))
  )()
  for (let step = 0; step <= whole.steps; step++) {
    const patient = uuidv7()
    const end = await live(lifeUntil(step), patient, lifeUntil(Infinity))
    await reconcileAll()
    await holdsFor(patient)
    await end()
  }
}, 120_000)

test('so do many that die at random while two reconcilers already ask', async () => {
  const steps = 28
  const patients = Array.from({ length: many }, () => uuidv7())
  let isOver = false
  const asking = [1, 2].map(async () => {
    while (!isOver) await operations.reconcile({ db: server.db, tenants, olderThanSeconds: 0 })
  })
  const queue = [...patients]
  await Promise.all(
    [1, 2, 3, 4].map(async () => {
      for (let patient = queue.pop(); patient; patient = queue.pop())
        await (
          await live(lifeUntil(Math.floor(Math.random() * steps)), patient)
        )()
    }),
  )
  isOver = true
  await Promise.all(asking)
  await reconcileAll()
  for (const patient of patients) await holdsFor(patient)
  expect((await auditor.call(listUnsettledOperations)).total).toBe(0)
}, 120_000)

test('an operation that was given up can commit no more, and one under way is waited for', async () => {
  const [late, slow] = [uuidv7(), uuidv7()]
  const lateOperation = await operations.intend(server.db, intentFor(late))
  await reconcileAll()
  expect((await entriesOf(late)).map(({ result }) => result)).toEqual(['intended', 'failed'])
  await expect(
    tenants.within(tenant, role, async (db) => {
      await write(late)(db, lateOperation)
      await operations.leave(db, lateOperation, {})
    }),
  ).rejects.toMatchObject({ code: '23505' })
  expect(await isWritten(late)).toBe(false)

  const slowOperation = await operations.intend(server.db, intentFor(slow))
  await tenants.within(tenant, role, async (db) => {
    await write(slow)(db, slowOperation)
    await operations.leave(db, slowOperation, {})
    expect(await operations.reconcile({ db: server.db, tenants, olderThanSeconds: 0 })).toMatchObject({
      underWay: 1,
      done: 0,
      failed: 0,
    })
  })
  await reconcileAll()
  await holdsFor(slow)
})

test('a tenant that cannot be reached is reported and tried later; the others are not held up', async () => {
  const elsewhere = uuidv7()
  const here = uuidv7()
  const away = await operations.intend(server.db, intentFor(uuidv7(), { tenant: elsewhere }))
  const near = await operations.intend(server.db, intentFor(here))
  const told = await operations.reconcile({ db: server.db, tenants, olderThanSeconds: 0 })
  expect(told).toMatchObject({
    failed: 1,
    unreachable: [{ tenantId: elsewhere, trouble: 'connection refused' }],
  })
  const { rows, total } = await auditor.call(listUnsettledOperations)
  expect(total).toBe(1)
  expect(rows).toEqual([
    expect.objectContaining({
      id: away,
      tenantId: elsewhere,
      verb: 'patient.created',
      trouble: 'connection refused',
      triedAt: expect.any(String),
    }),
  ])
  expect(await operations.settle(server.db, away, { outcome: 'failed' })).toEqual({
    outcome: 'failed',
    isNew: true,
  })
  expect(await operations.settle(server.db, near, { outcome: 'done' })).toEqual({
    outcome: 'failed',
    isNew: false,
  })
  await holdsFor(here)
})

test('what was under way in a database that is gone for good has failed, says so, and is cleared away too', async () => {
  const [elsewhere, patient] = [uuidv7(), uuidv7()]
  const lost = await operations.intend(server.db, intentFor(patient, { tenant: elsewhere }))
  const other = await operations.intend(server.db, intentFor(uuidv7()))
  const on = { db: server.db, tenants, olderThanSeconds: 0 }
  const isGone = async (tenantId: string) => tenantId === elsewhere
  expect(await operations.reconcile({ ...on, tenantId: tenant, isGone })).toMatchObject({ failed: 1 })
  expect((await auditor.call(listUnsettledOperations)).rows).toMatchObject([{ id: lost }])
  expect(await operations.settle(server.db, other, { outcome: 'done' })).toMatchObject({ isNew: false })

  expect(await operations.reconcile({ ...on, isGone })).toMatchObject({ failed: 1, unreachable: [] })
  const [, outcome] = await entriesOf(patient)
  expect(await auditor.call(getAuditEntry, { params: { id: outcome!.id } })).toMatchObject({
    result: 'failed',
    after: { trouble: 'database_gone' },
  })
  await aDayLater(lost)
  await operations.clear({ ...on, isGone })
  await expect(operations.settle(server.db, lost, { outcome: 'done' })).rejects.toThrow('nobody intended')
})

test('twenty who tell at once leave one outcome, and the log itself refuses a second', async () => {
  const patient = uuidv7()
  const operation = await operations.intend(server.db, intentFor(patient))
  const told = await Promise.all(
    Array.from({ length: 20 }, (_, place) =>
      operations.settle(server.db, operation, { outcome: place % 2 === 0 ? 'done' : 'failed' }),
    ),
  )
  expect(told.filter(({ isNew }) => isNew)).toHaveLength(1)
  expect(new Set(told.map(({ outcome }) => outcome)).size).toBe(1)
  expect(await entriesOf(patient)).toHaveLength(2)
  for (const result of ['intended', 'refused'] as const)
    await expect(
      server.audit.write(server.db, { ...intentFor(patient), operation, result }),
    ).rejects.toMatchObject({ code: '23505' })
  await expect(
    sql`update audit_operations set outcome = 'failed' where id = ${operation}`.execute(server.db),
  ).rejects.toMatchObject({ code: '23000' })
})

test('what was settled is cleared away a day later, and a process that slept for so long does nothing any more', async () => {
  const patient = uuidv7()
  const operation = await operations.intend(server.db, intentFor(patient))
  await reconcileAll()
  await operations.clear({ db: server.db, tenants })
  const outbox = async () =>
    (await practicePool.query('select from audit_outbox where operation_id = $1', [operation])).rowCount
  expect(await outbox()).toBe(1)

  await aDayLater(operation)
  await operations.clear({ db: server.db, tenants })
  expect(await outbox()).toBe(0)
  await expect(operations.settle(server.db, operation, { outcome: 'done' })).rejects.toThrow(
    'nobody intended',
  )
  expect((await entriesOf(patient)).map(({ result }) => result)).toEqual(['intended', 'failed'])

  const yesterday = uuidv7(Date.now() - 86_400_000)
  await expect(tenants.within(tenant, role, (db) => operations.leave(db, yesterday, {}))).rejects.toThrow(
    'more than an hour ago',
  )
})
