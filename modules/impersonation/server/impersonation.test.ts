import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { getPractice, updatePractice } from '#contract/cabinet'
import { listClients } from '#contract/clients'
import { getMemberSession, getSession } from '#contract/identity'
import {
  agreeToAccess,
  approveImpersonation,
  askImpersonation,
  chooseOwnPolicy,
  endAccess,
  endOwnImpersonation,
  enterImpersonation,
  getAccess,
  getAccessProof,
  getImpersonation,
  leaveImpersonation,
  listAccesses,
  listImpersonations,
  makeImpersonationKey,
  refuseAccess,
  reviewImpersonation,
  revokeImpersonation,
  withdrawImpersonation,
} from '#contract/impersonation'
import { openBrowserless } from '../../../tests/harness/browserless.ts'
import {
  ask,
  enter,
  freshStaff,
  standIn,
  withHalf,
  type TestStaff,
} from '../../../tests/harness/impersonation.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../tests/harness/tenants.ts'
import { tellUntold } from './ending.ts'

/** `a=1; b=2` as a browser has them. */
const cookiesOf = (header: string) =>
  Object.fromEntries(header.split('; ').map((pair) => pair.split('=') as [string, string]))

let shift = 0
const clock = { now: () => new Date(Date.now() + shift) }
const server = await tenancyServer({ clock })
let practice: TestPractice
let claire: TestMember
beforeAll(async () => {
  practice = await server.openPractice('Claire Moreau')
  claire = practice.holder
}, 60_000)

/** Somebody of the team; administrators may write. */
const staff = (role = 'administrator'): Promise<TestStaff> => freshStaff(server, role, clock.now())
/** News of what ended goes round by the database. */
const soon = () => new Promise((resolve) => setTimeout(resolve, 150))
const entries = async (id: string) =>
  server.db
    .selectFrom('auditLog')
    .where('impersonationId', '=', id)
    .orderBy('at')
    .orderBy('id')
    .selectAll()
    .execute()

test('who stands in sees what the member sees, and the staff session sleeps until they are back', async () => {
  const lucas = await staff()
  const { one, inside } = await standIn(server, lucas, claire)
  const me = await inside.call(getMemberSession)
  const own = await claire.call(getMemberSession)
  expect(me.permissions).toEqual(own.permissions)
  expect(me).toMatchObject({ memberId: claire.memberId, impersonation: { id: one.id, mayWrite: false } })
  expect((await inside.call(getPractice)).name).toBe((await claire.call(getPractice)).name)

  expect(await lucas.refused(listClients, { query: {} })).toMatchObject({
    code: 'session_asleep',
    details: { impersonation: one.id },
  })
  expect((await lucas.call(getSession)).asleepFor).toBe(one.id)
  const before = lucas.cookie()
  const { backTo } = await inside.call(leaveImpersonation)
  expect(backTo).toBe(`http://localhost:3000/impersonations/${one.id}`)
  await soon()
  expect((await lucas.call(getSession)).asleepFor).toBeNull()
  expect(lucas.cookie()).not.toBe(before)
  await lucas.call(listClients, { query: {} })
})

test('everything in it is written down under both names, and the practice reads it', async () => {
  const lucas = await staff()
  const { one, inside } = await standIn(server, lucas, claire, { reference: '#33' })
  await inside.send('GET', '/api/v1/practice/practice', { headers: { 'x-page': '/settings' } })
  await inside.call(leaveImpersonation)
  const lines = await entries(one.id)
  expect(lines.map(({ verb, result }) => `${verb} ${result}`)).toEqual([
    'impersonation.started done',
    'impersonation.seen seen',
    'impersonation.signed_out done',
  ])
  for (const line of lines)
    expect(line).toMatchObject({
      actorType: 'staff',
      actorId: lucas.staffId,
      subjectId: claire.memberId,
      sessionId: lucas.sessionId,
    })
  const access = await claire.call(getAccess, { params: { id: one.id } })
  expect(access).toMatchObject({ state: 'ended', endedBy: 'actor', reference: '#33', acts: 3 })
  expect(access.lines[1]).toMatchObject({ page: '/settings', objectId: 'GET /practice' })
  const proof = await claire.ask(getAccessProof, { params: { id: one.id } })
  expect(proof.status).toBe(200)
  expect(proof.bytes.subarray(0, 2).toString()).toBe('PK')
})

test('who only looks changes nothing: the database refuses, and the log says so', async () => {
  const lucas = await staff()
  const { one, inside } = await standIn(server, lucas, claire)
  const { revision, name } = await claire.call(getPractice)
  expect(await inside.refused(updatePractice, { body: { revision, name: 'Autre' } })).toMatchObject({
    code: 'impersonation_read_only',
  })
  expect((await claire.call(getPractice)).name).toBe(name)
  expect((await entries(one.id)).map(({ verb, result }) => `${verb} ${result}`)).toContain(
    'practice.updated refused',
  )
})

test('with the right to write what is changed bears both names', async () => {
  const lucas = await staff()
  const { one, inside } = await standIn(server, lucas, claire, { mayWrite: true })
  const { revision } = await claire.call(getPractice)
  await inside.call(updatePractice, { body: { revision, phone: '01 23 45 67 89' } })
  expect((await claire.call(getPractice)).phone).toBe('01 23 45 67 89')
  const written = (await entries(one.id)).filter(({ verb }) => verb === 'practice.updated')
  expect(written.map(({ result }) => result)).toEqual(['intended', 'done'])
  for (const line of written)
    expect(line).toMatchObject({ actorId: lucas.staffId, subjectId: claire.memberId })
})

test('support may look and not write', async () => {
  const sofia = await staff('support')
  const body = {
    memberId: claire.memberId,
    purpose: 'trouble',
    reason: 'Pour voir la page',
    mayWrite: true,
  } as const
  expect(await sofia.refused(askImpersonation, { body })).toMatchObject({
    code: 'impersonation_writing_not_yours',
  })
})

describe('the key', () => {
  test('of twenty who use it at once one comes in', async () => {
    const lucas = await staff()
    const { id } = await ask(lucas, claire)
    const { browser, half } = await withHalf(server, id)
    const { key } = await lucas.call(makeImpersonationKey, { params: { id }, body: { browser: half } })
    const all = await Promise.all(
      Array.from({ length: 20 }, () =>
        openBrowserless(server.app, 'app.localhost:3000', '127.0.0.1', cookiesOf(browser.cookie())).ask(
          enterImpersonation,
          { body: { key } },
        ),
      ),
    )
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(all.filter(({ status }) => status === 403)).toHaveLength(19)
    await lucas.call(endOwnImpersonation)
  })

  const arranged = async () => {
    const lucas = await staff()
    const { id } = await ask(lucas, claire)
    const { browser, half } = await withHalf(server, id)
    const { key } = await lucas.call(makeImpersonationKey, { params: { id }, body: { browser: half } })
    return { lucas, id, browser, key }
  }
  const isRefused = async (browser: ReturnType<typeof openBrowserless>, key: string) =>
    expect(await browser.refused(enterImpersonation, { body: { key } })).toMatchObject({
      code: 'impersonation_key_refused',
      status: 403,
    })

  test('is refused in another browser, cut short, and used again', async () => {
    const { lucas, id, browser, key } = await arranged()
    const { browser: another } = await withHalf(server, id)
    await isRefused(another, key)
    await isRefused(openBrowserless(server.app, 'app.localhost:3000'), key)
    await isRefused(browser, key.slice(0, -1))
    await browser.call(enterImpersonation, { body: { key } })
    await lucas.call(endOwnImpersonation)
    await soon()
    await isRefused(browser, key)
  })

  test('is refused after a minute', async () => {
    const { browser, key } = await arranged()
    shift += 61_000
    await isRefused(browser, key)
  })

  test('is made for nobody but who asked, and only when it may begin', async () => {
    const { id } = await arranged()
    const { half } = await withHalf(server, id)
    const another = await staff('super_administrator')
    const input = { params: { id }, body: { browser: half } }
    expect(await another.refused(makeImpersonationKey, input)).toMatchObject({ status: 404 })
    const lucas = await staff()
    await lucas.call(withdrawImpersonation, { params: { id } })
    expect(await lucas.refused(makeImpersonationKey, input)).toMatchObject({ code: 'impersonation_not_now' })
  })

  test('is worth nothing once the member left, the practice is suspended, or the session that made it ended', async () => {
    const left = await arranged()
    const gone = { leftAt: clock.now() }
    await server.db.updateTable('members').set(gone).where('id', '=', claire.memberId).execute()
    await isRefused(left.browser, left.key)
    await server.db.updateTable('members').set({ leftAt: null }).where('id', '=', claire.memberId).execute()

    const suspended = await arranged()
    const state = (to: string) =>
      server.db.updateTable('tenants').set({ state: to }).where('id', '=', practice.tenantId).execute()
    await state('suspended')
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    await isRefused(suspended.browser, suspended.key)
    await state('active')
    await new Promise((resolve) => setTimeout(resolve, 1_100))

    const over = await arranged()
    await server.db
      .updateTable('staffSessions')
      .set({ endedAt: clock.now(), endedReason: 'revoked' })
      .where('id', '=', over.lucas.sessionId)
      .execute()
    await isRefused(over.browser, over.key)
  })

  test('opens a practice that began to move meanwhile: reading goes on while it moves', async () => {
    const { browser, key, lucas } = await arranged()
    const state = (to: object) =>
      server.db.updateTable('tenants').set(to).where('id', '=', practice.tenantId).execute()
    await state({ state: 'moving', stateBefore: 'active' })
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    await browser.call(enterImpersonation, { body: { key } })
    expect((await browser.call(getPractice)).name).toBe((await claire.call(getPractice)).name)
    await state({ state: 'active', stateBefore: null })
    await lucas.call(endOwnImpersonation)
    await soon()
  })

  test('is posted from the back-office alone, and stands in the page that answers', async () => {
    const post = (origin: string) =>
      server.anybody.send('POST', '/assistance', {
        headers: { host: 'app.localhost:3000', origin, 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'key=abc',
      })
    expect((await post('https://evil.example')).status).toBe(403)
    expect((await post('http://app.localhost:3000')).status).toBe(403)
  })
})

describe('it ends', () => {
  const isOver = async (inside: ReturnType<typeof openBrowserless>) => {
    await soon()
    expect(await inside.refused(getPractice)).toMatchObject({ status: 401, code: 'impersonation_over' })
  }
  const endedBy = async (id: string) =>
    (await (await staff('auditor')).call(getImpersonation, { params: { id } })).endedBy

  test('when its time is over, and not before', async () => {
    const { one, inside } = await standIn(server, await staff(), claire, { minutes: 5 })
    shift += 4 * 60_000
    await inside.call(getPractice)
    shift += 61_000
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    await isOver(inside)
    expect(await endedBy(one.id)).toBe('time')
  })

  test('when the practice, or anybody of the team who may, says so', async () => {
    const first = await standIn(server, await staff(), claire)
    await claire.call(endAccess, { params: { id: first.one.id } })
    await isOver(first.inside)
    expect(await endedBy(first.one.id)).toBe('practice')
    const second = await standIn(server, await staff(), claire)
    await (await staff('direction')).call(revokeImpersonation, { params: { id: second.one.id } })
    await isOver(second.inside)
    expect(await endedBy(second.one.id)).toBe('vendor')
  })

  test('when the actor is suspended, signs out, or lost the permission', async () => {
    const marc = await staff()
    const first = await standIn(server, marc, claire)
    await server.db
      .updateTable('staffSessions')
      .set({ endedAt: clock.now(), endedReason: 'factor_reset' })
      .where('id', '=', marc.sessionId)
      .execute()
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    await isOver(first.inside)
    expect(await endedBy(first.one.id)).toBe('rights')
  })

  test('when the clock was turned back by more than two servers’ clocks may differ', async () => {
    const { inside } = await standIn(server, await staff(), claire)
    shift -= 10 * 60_000
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    await isOver(inside)
    shift += 10 * 60_000
  })
})

/** As an administrator of PostgreSQL. */
async function behind(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: server.database.adminUrl })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

test('while the log cannot be written nobody comes in, and who is in sees nothing and is out; the key is not spent by it', async () => {
  const { one, inside } = await standIn(server, await staff(), claire)
  const lucas = await staff()
  const { id } = await ask(lucas, claire)
  const { browser, half } = await withHalf(server, id)
  const { key } = await lucas.call(makeImpersonationKey, { params: { id }, body: { browser: half } })
  const columns = '(leaf, object_ids)'
  await behind(`revoke insert ${columns} on audit_entries from mgp_app`)
  try {
    expect((await browser.ask(enterImpersonation, { body: { key } })).status).toBe(500)
    const reply = await inside.ask(getPractice)
    expect(reply.status).toBe(500)
    expect(reply.text).not.toContain(practice.name)
  } finally {
    await behind(`grant insert ${columns} on audit_entries to mgp_app`)
  }
  expect(await inside.refused(getPractice)).toMatchObject({ status: 401, code: 'impersonation_over' })
  await browser.call(enterImpersonation, { body: { key } })
  await browser.call(leaveImpersonation)
  expect((await entries(one.id)).filter(({ verb }) => verb === 'impersonation.seen')).toEqual([])
  // Of the end the log is told as soon as it can be, once.
  const told = () => server.db.selectFrom('auditLog').where('objectId', '=', one.id).select('verb').execute()
  await tellUntold({ ...server, clock })
  await tellUntold({ ...server, clock })
  expect((await told()).filter(({ verb }) => verb === 'impersonation.ended')).toHaveLength(1)
  const { endedBy } = await (await staff('auditor')).call(getImpersonation, { params: { id: one.id } })
  expect(endedBy).toBe('unwritable')
})

test('a practice whose database does not answer spends no key, and is gone on with when it does', async () => {
  const { inside } = await standIn(server, await staff(), claire)
  const lucas = await staff()
  const { id } = await ask(lucas, claire)
  const { browser, half } = await withHalf(server, id)
  const { key } = await lucas.call(makeImpersonationKey, { params: { id }, body: { browser: half } })
  const name = practice.databaseName
  await behind(
    `alter database ${name} allow_connections false`,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
  )
  try {
    expect((await browser.ask(enterImpersonation, { body: { key } })).status).toBe(503)
    expect((await inside.ask(getPractice)).status).toBe(503)
  } finally {
    await behind(`alter database ${name} allow_connections true`)
  }
  // A cluster that did not answer is left alone for a moment.
  await expect.poll(async () => (await inside.ask(getPractice)).status, { timeout: 10_000 }).toBe(200)
  await browser.call(enterImpersonation, { body: { key } })
  await browser.call(leaveImpersonation)
  await inside.call(leaveImpersonation)
})

test('nobody is two people at once, nor asks from within, nor is a member of the team stood in for', async () => {
  const lucas = await staff()
  const { id } = await ask(lucas, claire)
  const { half, browser } = await withHalf(server, id)
  const { key } = await lucas.call(makeImpersonationKey, { params: { id }, body: { browser: half } })
  const other = await standIn(server, lucas, claire)
  expect(await browser.refused(enterImpersonation, { body: { key } })).toMatchObject({ status: 403 })
  expect(await other.inside.refused(enterImpersonation, { body: { key } })).toMatchObject({
    code: 'impersonation_limited',
  })
  expect(
    (
      await lucas.refused(askImpersonation, {
        body: { memberId: lucas.staffId, purpose: 'other', reason: 'Pour voir son écran' },
      })
    ).code,
  ).toBe('session_asleep')
  await lucas.call(endOwnImpersonation)
  await soon()
  const body = { memberId: lucas.staffId, purpose: 'other', reason: 'Pour voir son écran' } as const
  expect(await lucas.refused(askImpersonation, { body })).toMatchObject({
    code: 'impersonation_nobody_there',
  })
})

test('two of the team stand in for one member, each under their own name', async () => {
  const [one, two] = [
    await standIn(server, await staff(), claire),
    await standIn(server, await staff('support'), claire),
  ]
  await one.inside.call(getPractice)
  await two.inside.call(getPractice)
  await one.inside.call(leaveImpersonation)
  await soon()
  await two.inside.call(getPractice)
  await two.inside.call(leaveImpersonation)
})

describe('a practice that wants to be asked', () => {
  beforeAll(async () => {
    // Clocks were turned: what she showed when she signed in is long ago.
    claire = await server.asMember(claire.memberId)
    await claire.call(chooseOwnPolicy, { body: { policy: 'consent' } })
  })

  test('is asked, agrees, and only then somebody comes in', async () => {
    const lucas = await staff()
    const one = await ask(lucas, claire)
    expect(one.state).toBe('waiting')
    const { half } = await withHalf(server, one.id)
    const input = { params: { id: one.id }, body: { browser: half } }
    expect(await lucas.refused(makeImpersonationKey, input)).toMatchObject({ code: 'impersonation_not_now' })
    const { rows } = await claire.call(listAccesses, { query: {} })
    expect(rows[0]).toMatchObject({ id: one.id, state: 'waiting', can: { answer: true } })
    await claire.call(agreeToAccess, { params: { id: one.id }, body: {} })
    const inside = await enter(server, lucas, one.id)
    await inside.call(getPractice)
    await inside.call(leaveImpersonation)
  })

  test('says no, and nobody comes', async () => {
    const lucas = await staff()
    const { id } = await ask(lucas, claire)
    await claire.call(refuseAccess, { params: { id } })
    const { half } = await withHalf(server, id)
    const input = { params: { id }, body: { browser: half } }
    expect(await lucas.refused(makeImpersonationKey, input)).toMatchObject({ details: { state: 'refused' } })
  })

  test('is entered without its word by two of the team alone, which is reviewed by another afterwards', async () => {
    const lucas = await staff()
    const { id } = await ask(lucas, claire, { breakGlass: true })
    expect(await lucas.refused(approveImpersonation, { params: { id } })).toMatchObject({
      code: 'impersonation_not_your_own',
    })
    const direction = await staff('direction')
    await direction.call(approveImpersonation, { params: { id } })
    const inside = await enter(server, lucas, id)
    const toReview = async () => {
      const { rows } = await direction.call(listImpersonations, { query: { toReview: 'true' } })
      return rows.map((one) => one.id)
    }
    // Nobody can look back on what still goes on.
    expect(await toReview()).not.toContain(id)
    await inside.call(leaveImpersonation)
    expect(await toReview()).toContain(id)
    const body = { review: 'Fuite en cours, justifié.' }
    expect(await lucas.refused(reviewImpersonation, { params: { id }, body })).toMatchObject({
      code: 'impersonation_not_your_own',
    })
    expect((await direction.call(reviewImpersonation, { params: { id }, body })).reviewedBy).not.toBeNull()
    expect(await toReview()).not.toContain(id)
  })

  test('is not asked again by somebody who sits in another practice', async () => {
    const { id } = await ask(await staff(), claire)
    const elsewhere = (await server.openPractice('Hugo Lefèvre')).holder
    expect(await elsewhere.refused(agreeToAccess, { params: { id }, body: {} })).toMatchObject({
      status: 404,
    })
    expect(await elsewhere.refused(getAccess, { params: { id } })).toMatchObject({ status: 404 })
  })
})
