/** Who sees what unmasked, where and until when; and that nothing of it stays anywhere. On the real server and databases. */
import * as sql from '#contract/sql-console'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { uuidv7 } from '#platform/server/ids.ts'
import { openLog } from '#platform/server/log.ts'
import { onDatabase } from '../../../../tests/harness/another-cluster.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { newCanary } from '../../../../tests/harness/canary.ts'
import { author, body, second, simulated } from '../../../../tests/harness/sql.ts'
import { tenancyServer } from '../../../../tests/harness/tenants.ts'
import { opened, opening, ticketFor, why } from '../../../../tests/harness/unmasking.ts'
import { keepingOf, reportPlace } from '../runs/keeping.ts'
import type { Parts } from '../parts.ts'
import { endWhatIsOver } from './ending.ts'
import { mayStillSee } from './window.ts'

let aheadMs = 0
const clock = { now: () => new Date(Date.now() + aheadMs) }
const server = await tenancyServer({ clock })
const parts = { ...server, clock, log: openLog('silent') } as unknown as Parts // of which ending needs no more
const practice = await server.openPractice('Anna Bernard')
const other = await server.openPractice('Boris Colin')

const admin = server.database.adminUrl
async function behind(url: string, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client.query(text).finally(() => client.end())
}

const identity = newCanary()
const bank = newCanary()
const clinical = newCanary()
await behind(
  admin,
  `INSERT INTO clients (kind, status, last_name, email, department) VALUES ('practitioner', 'prospect', '${identity}', 'canari@example.com', '54');
   INSERT INTO payments (client_id, received_on, amount_cents, method, reference)
     SELECT id, current_date, 100, 'transfer', '${bank}' FROM clients WHERE last_name = '${identity}'`,
)
for (const { databaseName } of [practice, other])
  await behind(
    onDatabase(admin, databaseName),
    `INSERT INTO patients (practitioner_id, first_name, last_name, remark)
       SELECT member_id, 'Zoé', '${identity}', '${clinical}' FROM profiles LIMIT 1`,
  )

type Staff = Awaited<ReturnType<typeof author>>
const clients = `SELECT id, last_name FROM clients WHERE email = 'canari@example.com'`
const patients = 'SELECT * FROM patients'
const read = (as: Staff, text: string, target = 'central') =>
  as.call(sql.readSql, { body: body(text, { target }) })
const seen = async (as: Staff, text: string, target?: string) => JSON.stringify(await read(as, text, target))

/** Technical administrators may not, unless somebody gives them the right. */
const giveThem = () =>
  behind(
    admin,
    `INSERT INTO role_permissions (role_id, permission) SELECT id, 'sql.unmask' FROM roles WHERE key = 'technical_administrator'`,
  )

/** Everybody as they were. */
afterEach(async () => {
  aheadMs = 0
  await behind(
    admin,
    `INSERT INTO role_permissions (role_id, permission) SELECT id, 'sql.unmask' FROM roles
       WHERE key = 'super_administrator' ON CONFLICT DO NOTHING;
     DELETE FROM role_permissions WHERE permission = 'sql.unmask'
       AND role_id = (SELECT id FROM roles WHERE key = 'technical_administrator');
     UPDATE sql_unmaskings SET ended_at = now(), ended_by = 'time' WHERE ended_at IS NULL`,
  )
})

describe('what is shown', () => {
  test('nothing without a window; with one what it is for, told as such, and nothing else', async () => {
    const as = await author(server)
    expect(await seen(as, clients)).not.toContain(identity)
    await opened(as)
    const run = await read(as, `${clients}; SELECT reference FROM payments`)
    expect(run.unmasked).toEqual(['identity'])
    expect(run.report?.statements[0]?.columns).toMatchObject([
      { name: 'id', masked: null },
      { name: 'last_name', masked: null, unmasked: 'identity' },
    ])
    expect(run.report?.statements[0]?.rows[0]?.[1]).toBe(identity)
    expect(run.report?.statements[1]?.columns[0]?.masked).toBe('financial')
    expect(JSON.stringify(run)).not.toContain(bank)
  })

  test('both classes where both were asked for, worked out of each other too', async () => {
    const as = await author(server)
    await opened(as, { classes: ['financial', 'identity'] })
    const text = `SELECT c.last_name || p.reference FROM payments p JOIN clients c ON c.id = p.client_id WHERE c.last_name = '${identity}'`
    expect(await seen(as, text)).toContain(identity + bank)
  })

  test('what a change would do shows before and after', async () => {
    const as = await author(server)
    await opened(as)
    const run = await simulated(
      as,
      `UPDATE clients SET last_name = last_name || ' bis' WHERE email = 'canari@example.com'`,
    )
    const changed = run.report?.statements[0]?.changes.find(({ table }) => table === 'clients')
    expect(changed).toMatchObject({
      before: { last_name: identity },
      after: { last_name: `${identity} bis` },
      unmasked: { last_name: 'identity' },
    })
  })

  test.each([
    patients,
    'SELECT p, last_name FROM patients p',
    'SELECT row_to_json(p) FROM patients p',
    'SELECT last_name || remark FROM patients',
    'SELECT max(remark) FROM patients',
    'SELECT CASE WHEN remark LIKE last_name THEN remark END FROM patients',
    'WITH w (last_name) AS (SELECT remark FROM patients) SELECT last_name FROM w',
    'SELECT last_name FROM patients UNION ALL SELECT remark FROM patients',
    'UPDATE patients SET last_name = remark RETURNING last_name',
    'UPDATE patients SET remark = remark || last_name RETURNING remark, last_name',
    'UPDATE patients SET email = remark RETURNING email',
    'ALTER TABLE patients RENAME COLUMN remark TO surname; SELECT surname FROM patients',
    'ALTER TABLE patients RENAME COLUMN last_name TO x; ALTER TABLE patients RENAME COLUMN remark TO last_name; SELECT last_name FROM patients',
    'CREATE VIEW v AS SELECT remark AS last_name FROM patients; SELECT last_name FROM v',
    'CREATE TABLE v (last_name text); INSERT INTO v SELECT remark FROM patients; SELECT last_name FROM v',
    'ALTER TABLE patients ALTER COLUMN last_name TYPE text USING remark; SELECT last_name FROM patients',
    'ALTER TABLE patients DROP COLUMN last_name; ALTER TABLE patients ADD COLUMN last_name text; UPDATE patients SET last_name = remark; SELECT last_name FROM patients',
    'SELECT last_name::int FROM patients',
    'INSERT INTO patients SELECT * FROM patients',
  ])('clinical text never: %s', async (text) => {
    const as = await author(server)
    await opened(as, { target: practice.tenantId, classes: ['identity', 'financial'] })
    const run = await as.call(sql.simulateSqlSchema, { body: body(text, { target: practice.tenantId }) })
    expect(JSON.stringify(run)).not.toContain(clinical)
    if (text === patients) expect(JSON.stringify(run)).toContain(identity)
  })

  test('why something failed stays masked', async () => {
    const as = await author(server)
    await opened(as)
    const { report } = await read(as, `SELECT last_name::int FROM clients WHERE last_name LIKE 'Énigme%'`)
    expect(report?.failure?.message).toContain('•••')
    expect(JSON.stringify(report)).not.toContain(identity)
  })

  test('what would take identities elsewhere is shown, and still never executed', async () => {
    const as = await author(server)
    await opened(as)
    const run = await simulated(as, 'INSERT INTO support_tags (name) SELECT max(last_name) FROM clients')
    expect(run.report?.spreads).toBe('identity')
    const said = await as.refused(sql.askSqlExecution, {
      body: { runId: run.id, reason: why },
    })
    expect(said).toMatchObject({ code: 'sql_spreads_values' })
  })
})

describe('to whom', () => {
  test('to nobody else, with the right to it or without', async () => {
    await opened(await author(server))
    expect(await seen(await second(server), clients)).not.toContain(identity)
    await giveThem()
    expect(await seen(await second(server), clients)).not.toContain(identity)
  })

  test('to the same person nowhere but in the session it was opened in', async () => {
    const [as, elsewhere] = [await author(server), await author(server)]
    const { id } = await opened(as)
    expect(await seen(elsewhere, clients)).not.toContain(identity)
    expect((await elsewhere.call(sql.getSqlUnmasking)).open).toBeNull()
    expect((await as.call(sql.getSqlUnmasking)).open).toMatchObject({ id, isOpen: true })
  })

  test('of that database and no other', async () => {
    const as = await author(server)
    await opened(as, { target: practice.tenantId })
    expect(await seen(as, patients, practice.tenantId)).toContain(identity)
    expect(await seen(as, patients, other.tenantId)).not.toContain(identity)
    expect(await seen(as, clients)).not.toContain(identity)
  })

  test('who may not is refused, and so is a ticket that there is not', async () => {
    const by = await second(server)
    expect(await by.refused(sql.openSqlUnmasking, { body: await opening(by, { ticket: 1 }) })).toMatchObject({
      code: 'forbidden',
    })
    const as = await author(server)
    expect(
      await as.refused(sql.openSqlUnmasking, { body: await opening(as, { ticket: 2_000_000_000 }) }),
    ).toMatchObject({ code: 'input_invalid', fields: [{ code: 'sql_ticket_unknown' }] })
  })

  test('one at a time', async () => {
    const as = await author(server)
    const { id } = await opened(as)
    expect(
      await as.refused(sql.openSqlUnmasking, { body: await opening(as, { target: practice.tenantId }) }),
    ).toMatchObject({ code: 'sql_unmasking_open', details: { id } })
  })
})

describe('until when', () => {
  test('by the clock, whatever the clock says afterwards', async () => {
    const as = await author(server)
    const { id } = await opened(as, { minutes: 4 })
    aheadMs = 4 * 60_000 - 2_000
    expect(await seen(as, clients)).toContain(identity)
    aheadMs = 4 * 60_000
    expect(await seen(as, clients)).not.toContain(identity)
    expect((await as.call(sql.getSqlUnmasking)).open).toBeNull()
    await endWhatIsOver(parts)
    aheadMs = 0
    expect(await seen(as, clients)).not.toContain(identity)
    const [line] = (await as.call(sql.listSqlUnmaskings, { query: {} })).rows
    expect(line).toMatchObject({ id, endedBy: 'time', isOpen: false, runs: 1 })
    expect(line?.endedAt).toBe(line?.endsAt)
  })

  test('a clock that was turned back opens nothing', async () => {
    const as = await author(server)
    await opened(as, { minutes: 4 })
    aheadMs = 60_000
    expect(await seen(as, clients)).toContain(identity)
    aheadMs = 0
    expect(await seen(as, clients)).not.toContain(identity)
  })

  test('ended by its owner, or by whoever approves, and by nobody else', async () => {
    const as = await author(server)
    const first = await opened(as)
    await as.call(sql.endSqlUnmasking, { params: { id: first.id } })
    expect(await seen(as, clients)).not.toContain(identity)
    expect(await as.refused(sql.endSqlUnmasking, { params: { id: first.id } })).toMatchObject({
      code: 'sql_unmasking_over',
    })
    const next = await opened(as)
    const by = await second(server)
    await behind(admin, `DELETE FROM role_permissions WHERE permission = 'sql.approve'`)
    try {
      expect(await by.refused(sql.endSqlUnmasking, { params: { id: next.id } })).toMatchObject({
        code: 'not_found',
      })
      expect((await by.call(sql.listSqlUnmaskings, { query: {} })).rows).toEqual([])
    } finally {
      await behind(
        admin,
        `INSERT INTO role_permissions (role_id, permission) SELECT id, 'sql.approve' FROM roles
           WHERE key IN ('super_administrator', 'technical_administrator')`,
      )
    }
    const ended = await by.call(sql.endSqlUnmasking, { params: { id: next.id } })
    expect(ended).toMatchObject({ endedBy: 'other', ender: { id: by.staffId }, isOpen: false })
    expect(await seen(as, clients)).not.toContain(identity)
  })

  test('with the right to it, even while something ran', async () => {
    const as = await author(server)
    const { id } = await opened(as)
    const run = await read(as, 'SELECT 1')
    const window = { id, classes: new Set(['identity' as const]) }
    const now = () => ({ staffId: as.staffId, runId: run.id, now: clock.now() })
    expect(await mayStillSee(server.db, window, now())).toBe(true)
    await behind(admin, `DELETE FROM role_permissions WHERE permission = 'sql.unmask'`)
    expect(await mayStillSee(server.db, window, now())).toBe(false)
    expect(await seen(as, clients)).not.toContain(identity)
    await endWhatIsOver(parts)
    await behind(
      admin,
      `INSERT INTO role_permissions (role_id, permission) SELECT id, 'sql.unmask' FROM roles WHERE key = 'super_administrator'`,
    )
    // Whoever gets it back opens another.
    expect(await seen(as, clients)).not.toContain(identity)
    expect((await as.call(sql.listSqlUnmaskings, { query: {} })).rows[0]).toMatchObject({
      id,
      endedBy: 'right',
    })
  })

  test.each([
    ['session', (as: Staff) => `UPDATE staff_sessions SET ended_at = now() WHERE id = '${as.sessionId}'`],
    ['person', (as: Staff) => `UPDATE staff_members SET suspended_at = now() WHERE id = '${as.staffId}'`],
  ])('with the %s it belongs to', async (_what, ending) => {
    await giveThem()
    const as = await second(server)
    const { id } = await opened(as)
    const run = await read(as, 'SELECT 1')
    await behind(admin, ending(as))
    const now = { staffId: as.staffId, runId: run.id, now: clock.now() }
    expect(await mayStillSee(server.db, { id, classes: new Set(['identity']) }, now)).toBe(false)
    await endWhatIsOver(parts)
    await behind(admin, 'UPDATE staff_members SET suspended_at = NULL')
    const { rows } = await behind(admin, `SELECT ended_by FROM sql_unmaskings WHERE id = '${id}'`)
    expect(rows).toEqual([{ ended_by: 'session' }])
  })
})

describe('what is kept', () => {
  test('of an answer that went out unmasked nothing is: looked at again, asked for again, or opened in the database', async () => {
    const as = await author(server)
    const window = await opened(as)
    const once = body(clients)
    expect(JSON.stringify(await as.call(sql.readSql, { body: once }))).toContain(identity)
    const again = await as.call(sql.readSql, { body: once })
    const later = await as.call(sql.getSqlRun, { params: { id: once.id } })
    for (const run of [again, later]) {
      expect(run).toMatchObject({ unmasked: [], unmasking: window.id })
      expect(JSON.stringify(run)).not.toContain(identity)
    }
    const { reportSealed } = await server.db
      .selectFrom('sqlRuns')
      .where('id', '=', once.id)
      .select('reportSealed')
      .executeTakeFirstOrThrow()
    const kept = (await keepingOf(parts, null)).open(reportSealed, reportPlace(once.id))
    expect(JSON.stringify(kept)).toContain('•••')
    expect(JSON.stringify(kept)).not.toContain(identity)
  })

  test('who approves sees it masked, and so does who asks', async () => {
    const as = await author(server)
    await opened(as)
    const run = await simulated(
      as,
      `UPDATE clients SET last_name = last_name || ' bis' WHERE email = 'canari@example.com'`,
    )
    const request = await as.call(sql.askSqlExecution, { body: { runId: run.id, reason: why } })
    const by = await second(server)
    for (const who of [as, by])
      expect(JSON.stringify(await who.call(sql.getSqlRequest, { params: { id: request.id } }))).not.toContain(
        identity,
      )
    expect(await by.call(sql.getSqlRun, { params: { id: run.id } })).toMatchObject({ unmasked: [] })
    await by.call(sql.approveSqlExecution, {
      params: { id: request.id },
      body: { receipt: request.receipt },
    })
    const done = await as.call(sql.executeSql, { params: { id: request.id }, body: { runId: run.id } })
    expect(done.run.status).toBe('executed')
    expect(JSON.stringify(done)).not.toContain(identity)
    const undo = await as.call(sql.simulateSqlUndo, {
      params: { id: request.id },
      body: { id: uuidv7() },
    })
    expect(undo.status).toBe('simulated')
    expect(JSON.stringify(undo)).not.toContain(identity)
    await behind(admin, `UPDATE clients SET last_name = '${identity}' WHERE email = 'canari@example.com'`)
  })

  test('many practices at once stay masked', async () => {
    const as = await author(server)
    await opened(as, { target: practice.tenantId })
    const { id } = await as.call(sql.readSqlFleet, {
      body: { id: uuidv7(), practices: { search: '' }, text: patients },
    })
    let fleet = await as.call(sql.getSqlFleet, { params: { id } })
    while (fleet.state !== 'done') {
      await new Promise((resolve) => setTimeout(resolve, 100))
      fleet = await as.call(sql.getSqlFleet, { params: { id } })
    }
    const one = await as.call(sql.getSqlFleetPractice, { params: { id, tenantId: practice.tenantId } })
    expect(JSON.stringify(one)).toContain('•••')
    expect(JSON.stringify(one)).not.toContain(identity)
  })

  test('the log says it before it holds, of each run, and at its end; and no value', async () => {
    const as = await author(server)
    const ticket = await ticketFor(as)
    const window = await opened(as, { target: practice.tenantId, ticket })
    const run = await read(as, patients, practice.tenantId)
    await as.call(sql.endSqlUnmasking, { params: { id: window.id } })
    const [start, end] = await entriesOf(server, { object: window.id })
    expect(start).toMatchObject({
      verb: 'sql_unmasking.opened',
      reason: why,
      after: { target: practice.tenantId, classes: ['identity'], minutes: 15 },
    })
    expect(JSON.stringify(start?.leaf)).toContain(`#${ticket}`)
    expect(end).toMatchObject({ verb: 'sql_unmasking.ended', after: { by: 'owner', runs: 1 } })
    const lines = await entriesOf(server, { object: run.id })
    expect(lines.map(({ result }) => result)).toEqual(['intended', 'done'])
    for (const { after } of lines)
      expect(after).toMatchObject({ unmasking: window.id, unmasked: ['identity'] })
    expect(JSON.stringify([start, end, lines])).not.toContain(identity)
  })

  test('and a run that was answered masked does not say otherwise', async () => {
    const as = await author(server)
    const run = await read(as, clients)
    expect(run).toMatchObject({ unmasked: [], unmasking: null })
    const [, done] = await entriesOf(server, { object: run.id })
    expect(done?.after).not.toHaveProperty('unmasking')
  })
})

describe('what stands in the database', () => {
  const change = (id: string, set: string) =>
    behind(admin, `UPDATE sql_unmaskings SET ${set} WHERE id = '${id}'`)

  test.each([
    ['longer', `minutes = 60, ends_at = opened_at + interval '60 minutes'`],
    ['begun later', `opened_at = opened_at + interval '2 s', ends_at = ends_at + interval '2 s'`],
    ['for more', `classes = '{financial,identity}'`],
    ['of another database', `tenant_id = '${practice.tenantId}'`],
    ['for another ticket', `ticket_id = (SELECT id FROM tickets WHERE id <> ticket_id LIMIT 1)`],
    ['under a seal of its own', `mac = sha256(mac)`],
  ])('one that was made %s opens nothing', async (_what, set) => {
    const as = await author(server)
    await ticketFor(as)
    const { id } = await opened(as)
    expect(await seen(as, clients)).toContain(identity)
    await change(id, set)
    expect(await seen(as, clients)).not.toContain(identity)
    expect(await seen(as, patients, practice.tenantId)).not.toContain(identity)
    expect((await as.call(sql.getSqlUnmasking)).open).toBeNull()
  })

  test('nor does one that was given to another session or person', async () => {
    const [as, elsewhere] = [await author(server), await author(server)]
    const { id } = await opened(as)
    await change(id, `staff_session_id = '${elsewhere.sessionId}'`)
    expect(await seen(elsewhere, clients)).not.toContain(identity)
    expect(await seen(as, clients)).not.toContain(identity)
  })

  test('more than an hour, other classes, and a second life are nothing a row can say', async () => {
    const as = await author(server)
    const { id } = await opened(as)
    for (const set of [
      `minutes = 61, ends_at = opened_at + interval '61 minutes'`,
      `ends_at = ends_at + interval '1 hour'`,
      `classes = '{clinical}'`,
      `classes = '{}'`,
    ])
      await expect(change(id, set)).rejects.toThrow(/check constraint/)
    await as.call(sql.endSqlUnmasking, { params: { id } })
    await expect(change(id, 'ended_at = NULL, ended_by = NULL, ended_by_staff = NULL')).rejects.toThrow(
      'has ended',
    )
  })

  test('the server itself may only use one and end it', async () => {
    const as = await author(server)
    const { id } = await opened(as)
    const update = server.db.updateTable('sqlUnmaskings').where('id', '=', id)
    await expect(update.set({ endsAt: new Date() }).execute()).rejects.toThrow('permission denied')
    await expect(server.db.deleteFrom('sqlUnmaskings').where('id', '=', id).execute()).rejects.toThrow(
      'permission denied',
    )
  })
})

test('the console cannot read who saw what', async () => {
  const as = await author(server)
  expect(await read(as, 'SELECT * FROM sql_unmaskings')).toMatchObject({
    status: expect.stringMatching(/refused|failed/),
  })
})
