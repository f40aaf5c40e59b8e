/** Two clusters side by side: one fails as machines do, and comes back. The other's practices notice nothing. */
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { addFile, getPractice, listFiles, updatePractice } from '#contract/cabinet'
import { listTenants } from '#contract/tenancy'
import { anotherCluster, onDatabase } from '../harness/another-cluster.ts'
import { entriesOf } from '../harness/audit.ts'
import { tenancyServer, type TestMember } from '../harness/tenants.ts'

const cluster = await anotherCluster()
const server = await tenancyServer()
const { clusters } = server.tenants
const main = await clusters.ensure('main', server.database.provisionerUrl)
const beside = await clusters.ensure('beside', cluster.provisionerUrl)
const here = await server.openPractice('Claire Moreau', 'practitioner', main)
const there = await server.openPractice('Hugo Lefèvre', 'practitioner', beside)
// Its databases are dropped over there, before that cluster ends.
afterAll(() => cluster.startAgain())

const file = {
  query: { name: 'bail.pdf' },
  file: new Blob(['%PDF-1.4\n%%EOF\n'], { type: 'application/pdf' }),
}

/** Writes one file after the other until told to stop. */
function writing(member: TestMember) {
  const acknowledged: string[] = []
  const refused: { status: number; code: string; message: string }[] = []
  let isOver = false
  const done = (async () => {
    while (!isOver) {
      const reply = await member.ask(addFile, file)
      const body = JSON.parse(reply.text) as { id: string; error: { code: string; message: string } }
      if (reply.status === 201) acknowledged.push(body.id)
      else {
        refused.push({ status: reply.status, code: body.error.code, message: body.error.message })
        await pause(50)
      }
    }
  })()
  const stop = () => {
    isOver = true
    return done
  }
  onTestFinished(stop)
  return { acknowledged, refused, stop }
}

/** Whoever writes there reaches their COMMIT and no further, while somebody holds this. */
const held = 4711
async function holdCommits() {
  const admin = new pg.Client(onDatabase(cluster.adminUrl, there.databaseName))
  admin.on('error', () => {})
  await admin.connect()
  await admin.query(`
    create function wait_at_commit() returns trigger language plpgsql as $$
      begin perform pg_advisory_xact_lock_shared(${held}); return null; end $$;
    create constraint trigger wait_at_commit after insert on audit_outbox deferrable initially deferred
      for each row execute function wait_at_commit();
    select pg_advisory_lock(${held})`)
  const isWaited = async () =>
    (
      await admin.query("select from pg_locks where locktype = 'advisory' and objid = $1 and not granted", [
        held,
      ])
    ).rowCount
  return { isWaited }
}

test('a cluster goes down in the middle of writes and comes back: nothing acknowledged is lost, nobody elsewhere waits', async () => {
  const [writerHere, writerThere] = [writing(here.holder), writing(there.holder)]
  await expect.poll(() => writerThere.acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(5)
  await expect.poll(() => writerHere.acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(5)

  // One write more than is acknowledged stands at its COMMIT when the machine fails.
  const { isWaited } = await holdCommits()
  await expect.poll(isWaited, { timeout: 20_000 }).toBe(1)
  await cluster.crash()

  await expect.poll(() => writerThere.refused.length, { timeout: 20_000 }).toBeGreaterThan(3)
  for (const { status, code, message } of writerThere.refused) {
    expect([status, code]).toEqual([503, 'tenant_unreachable'])
    expect(message).toMatch(/momentanément/)
  }
  expect(await there.holder.refused(getPractice)).toMatchObject({ status: 503, code: 'tenant_unreachable' })

  // Meanwhile: every request here is answered, and the team sees which practices are away.
  const before = writerHere.acknowledged.length
  await expect.poll(() => writerHere.acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(before + 10)
  expect(await here.holder.call(getPractice)).toMatchObject({ name: here.name })
  const operator = await server.as('technical_administrator')
  const away = async () => {
    const { rows } = await operator.call(listTenants, { query: { alert: 'cluster_unreachable' } })
    return rows.map(({ id }) => id)
  }
  await expect.poll(away, { timeout: 20_000 }).toEqual([there.tenantId])

  await cluster.startAgain()
  const admin = new pg.Client(onDatabase(cluster.adminUrl, there.databaseName))
  await admin.connect()
  await admin.query('drop function wait_at_commit cascade')
  await admin.end()
  const known = writerThere.acknowledged.length
  await expect.poll(() => writerThere.acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(known + 3)
  await Promise.all([writerHere.stop(), writerThere.stop()])
  await expect.poll(away, { timeout: 20_000 }).toEqual([])

  expect(writerHere.refused).toEqual([])
  for (const { holder, written } of [
    { holder: here.holder, written: writerHere.acknowledged },
    { holder: there.holder, written: writerThere.acknowledged },
  ]) {
    const rows = new Set((await holder.call(listFiles)).rows.map(({ id }) => id))
    expect(written.filter((id) => !rows.has(id))).toEqual([])
  }
}, 120_000)

test('the reconciler then tells what came of the operations that were cut in the middle', async () => {
  const { db } = server
  const open = () => db.selectFrom('auditOperations').where('settledAt', 'is', null).select('id').execute()
  const cut = (await open()).map(({ id }) => id)
  expect(cut.length).toBeGreaterThan(0)
  const { databases } = server.tenants
  await server.audit.operations.reconcile({ db, tenants: databases, olderThanSeconds: 0 })
  expect(await open()).toEqual([])
  const rows = new Set((await there.holder.call(listFiles)).rows.map(({ id }) => id))
  for (const operation of cut) {
    const entries = (await entriesOf(server)).filter(({ leaf }) => leaf.includes(operation))
    const [intent, outcome] = entries
    expect(entries.map(({ result }) => result)).toEqual(['intended', outcome?.result])
    // Done where the change is there, failed where it is not.
    expect(outcome?.result).toBe(rows.has(intent?.objectId ?? '') ? 'done' : 'failed')
  }
  // And life goes on over there.
  const { revision } = await there.holder.call(getPractice)
  await there.holder.call(updatePractice, { body: { revision, timeZone: 'Indian/Reunion' } })
})
