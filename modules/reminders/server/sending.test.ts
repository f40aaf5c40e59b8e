import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  getReach,
  listMessages,
  resendMessage,
  sendMessage,
  updateReminderSettings,
} from '#contract/reminders'
import { sql } from '#platform/server/db.ts'
import { openLog } from '#platform/server/log.ts'
import { sentencesOf } from '#platform/server/sentences.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'
import { readMessages } from '../../../apps/server/messages.ts'
import { entriesOf } from '../../../tests/harness/audit.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../tests/harness/tenants.ts'
import { openCarriers } from './carriers.ts'
import { deliverDue } from './delivering.ts'
import type { Parts } from './parts.ts'
import { planReminders } from './planning.ts'
import { sweep } from './sweeping.ts'

/** By the clock of Paris unless told: `at('2026-11-23T10:00')`. */
let now = new Date()
const at = (local: string, timeZone = 'Europe/Paris') =>
  new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds)

const clock = { now: () => now }
// It answers and runs no jobs: what leaves, leaves where this file looks.
const server = await tenancyServer({ clock, env: { ROLE: 'web' } })
let practice: TestPractice
let claire: TestMember
let db: TenantDb
let parts: Parts
let gateway: Server
/** What the gateway was asked, in order; and how it answers the next ones. */
let taken: { id: string; to: string; text: string }[] = []
let answers: ('takes' | 'takes and dies' | 'refuses' | 'is out of order')[] = []

beforeAll(async () => {
  now = at('2026-11-20T09:00')
  practice = await server.openPractice('Claire Moreau')
  claire = practice.holder
  db = await server.tenants.databases.reading(practice.tenantId, 'owner')
  gateway = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const sms = JSON.parse(Buffer.concat(chunks).toString()) as (typeof taken)[number] // our own adapter wrote it
      taken.push(sms)
      const answer = answers.shift() ?? 'takes'
      if (answer === 'takes and dies') request.socket.destroy()
      else if (answer === 'refuses') response.writeHead(422).end()
      else if (answer === 'is out of order') response.writeHead(503).end()
      else response.writeHead(202).end(JSON.stringify({ id: `carrier-${sms.id}` }))
    })
  })
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
  const { port } = gateway.address() as AddressInfo // it listens on TCP
  const carriers = openCarriers({
    appEnv: 'staging',
    smtpUrl: undefined,
    mailFrom: { name: 'Test', email: 'a@example.com' },
    smsUrl: `http://127.0.0.1:${port}`,
    smsToken: 'a token of the gateway',
    smsFrom: 'Cabinet',
  })
  parts = {
    db: server.db,
    databases: server.tenants.databases,
    jobs: () => ({ send: () => Promise.resolve() }),
    sentences: sentencesOf(readMessages()),
    clock,
    log: openLog('silent'),
    carriers,
  }
  await db
    .updateTable('practice')
    .set({
      name: 'Cabinet Moreau',
      phone: '+33353017523',
      address: '4 rue des Lilas',
      postcode: '54000',
      city: 'Nancy',
      reminderSmsDays: 1,
      reminderEmailDays: 2,
      reminderHour: 10,
    })
    .execute()
}, 60_000)
afterAll(() => gateway.close())
beforeEach(() => {
  taken = []
  answers = []
})

type Person = { phone?: string; email?: string; bornOn?: string; noSms?: boolean }
async function patient(said: Person = { phone: '06 39 98 12 34' }): Promise<string> {
  const row = { practitionerId: claire.memberId, firstName: 'Nora', lastName: 'Benali', ...said }
  return (await db.insertInto('patients').values(row).returning('id').executeTakeFirstOrThrow()).id
}

async function booked(
  patientId: string,
  starts: Date,
  { on = at('2026-11-01T09:00'), status = 'planned', place = 'office' } = {},
): Promise<string> {
  const row = { practitionerId: claire.memberId, patientId, startsAt: starts, bookedAt: on, status, place }
  const endsAt = new Date(starts.getTime() + 60_000)
  return (
    await db
      .insertInto('appointments')
      .values({ ...row, endsAt })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id
}

const run = (...others: string[]) => sweep([...others, practice.tenantId], parts)
const messagesOf = (patientId: string) =>
  db
    .selectFrom('messages')
    .where('patientId', '=', patientId)
    .orderBy('writtenAt')
    .orderBy('id')
    .selectAll()
    .execute()
const told = async (patientId: string) =>
  (await messagesOf(patientId)).map(({ channel, state }) => `${channel} ${state}`)

describe('a reminder', () => {
  test('leaves at the practice’s hour, says where and when and whom to call, and leaves once however often one looks', async () => {
    const nora = await patient()
    await booked(nora, at('2026-11-24T14:30'))
    now = at('2026-11-23T09:59')
    await run()
    expect(taken).toEqual([])
    now = at('2026-11-23T10:00')
    await Promise.all([run(), run(), run()])
    await run()
    expect(taken.map(({ to, text }) => ({ to, text }))).toEqual([
      {
        to: '+33639981234',
        text: 'Cabinet Moreau : rappel de votre rendez-vous le mardi 24/11 à 14:30, 4 rue des Lilas, 54000 Nancy. Pour annuler : 03 53 01 75 23.',
      },
    ])
    const [message] = await messagesOf(nora)
    expect(message).toMatchObject({ state: 'sent', carrierId: `carrier-${message?.id}`, tries: 1 })
  })

  test('is by e-mail as well where there is an address, captured where nothing may leave', async () => {
    const nora = await patient({ phone: '06 39 98 12 34', email: 'nora@example.com' })
    await booked(nora, at('2026-12-03T09:00'), { place: 'video' })
    now = at('2026-12-01T10:00')
    await run()
    now = at('2026-12-02T10:00')
    await run()
    const messages = await messagesOf(nora)
    expect(messages.map(({ channel, state }) => `${channel} ${state}`)).toEqual(['email sent', 'sms sent'])
    expect(messages[0]).toMatchObject({
      recipient: 'nora@example.com',
      carrierId: 'captured',
      subject: 'Rappel de votre rendez-vous du jeudi 3 décembre 2026',
    })
    expect(messages[0]?.body).toContain('le jeudi 3 décembre 2026 à 09:00, en visio.')
    // What the house's own outbox keeps never names a patient.
    const { rows } = await sql<{ count: number }>`select count(*)::integer as count from outgoing_mails
      where to_email = 'nora@example.com'`.execute(server.db)
    expect(rows[0]?.count).toBe(0)
  })

  test('is none of an appointment that is cancelled, booked after the hour, over; nor for who wishes none or cannot be reached', async () => {
    const starts = at('2026-12-08T11:00')
    const people = {
      cancelled: await patient(),
      bookedLate: await patient(),
      over: await patient(),
      unwished: await patient({ phone: '06 39 98 12 34', noSms: true }),
      landline: await patient({ phone: '03 53 01 75 23' }),
    }
    await booked(people.cancelled, starts, { status: 'cancelled' })
    await booked(people.bookedLate, at('2026-12-08T12:00'), { on: at('2026-12-07T10:00') })
    await booked(people.over, at('2026-12-07T08:30'))
    await booked(people.unwished, at('2026-12-08T13:00'))
    await booked(people.landline, at('2026-12-08T14:00'))
    now = at('2026-12-07T10:05')
    await run()
    for (const who of Object.values(people)) expect(await told(who)).toEqual([])
    expect(taken).toEqual([])
  })

  test('of a moved appointment says when it is now, and goes out anew when it is moved afterwards: once, and not for what else changes', async () => {
    const nora = await patient()
    const id = await booked(nora, at('2026-12-10T09:00'))
    const move = (to: Date) =>
      db
        .updateTable('appointments')
        .set({ startsAt: to, endsAt: new Date(to.getTime() + 60_000) })
        .where('id', '=', id)
        .execute()
    answers = ['is out of order']
    now = at('2026-12-09T10:00')
    await run()
    expect(await told(nora)).toEqual(['sms waiting'])
    // Moved away while it waits for its next try, then back to come: it is right, and still one.
    await move(at('2026-12-15T16:00'))
    now = at('2026-12-09T12:00')
    await run()
    expect(await told(nora)).toEqual(['sms cancelled'])
    now = at('2026-12-14T10:00')
    await run()
    expect(await told(nora)).toEqual(['sms sent'])
    expect(taken.at(-1)?.text).toContain('le mardi 15/12 à 16:00')
    // Moved once the patient was told: they hold a wrong hour. What is due later is told then, not twice.
    await move(at('2026-12-17T16:00'))
    await run()
    expect(await told(nora)).toEqual(['sms sent'])
    now = at('2026-12-16T10:00')
    await Promise.all([run(), run(), run()])
    await run()
    expect(await told(nora)).toEqual(['sms sent', 'sms sent'])
    expect(taken.at(-1)?.text).toContain('le jeudi 17/12 à 16:00')
    // Within its own day, and back again: each time they are told what holds.
    await move(at('2026-12-17T11:30'))
    now = at('2026-12-16T14:00')
    await run()
    await move(at('2026-12-17T16:00'))
    now = at('2026-12-16T15:00')
    await run()
    await run()
    expect(taken.slice(-2).map(({ text }) => /à (\d\d:\d\d)/.exec(text)?.[1])).toEqual(['11:30', '16:00'])
    // Another place or fee is no other hour, and who wishes for none any more is left in peace.
    await db.updateTable('appointments').set({ feeCents: 100, dueCents: 100 }).where('id', '=', id).execute()
    await run()
    await db.updateTable('patients').set({ noSms: true }).where('id', '=', nora).execute()
    await move(at('2026-12-17T12:00'))
    await run()
    expect(await told(nora)).toHaveLength(4)
  })

  test('of an appointment that became somebody else’s is kept as theirs, in their file and by their number', async () => {
    const nora = await patient()
    const other = await patient({ phone: '06 39 98 56 78' })
    const id = await booked(nora, at('2026-12-11T09:00'))
    const give = (patientId: string) =>
      db.updateTable('appointments').set({ patientId }).where('id', '=', id).execute()
    answers = ['is out of order', 'is out of order']
    now = at('2026-12-10T10:00')
    await run()
    expect(await told(nora)).toEqual(['sms waiting'])
    // While it waits for its next try.
    await give(other)
    now = at('2026-12-10T10:06')
    await run()
    expect(await told(nora)).toEqual([])
    expect(await messagesOf(other)).toMatchObject([{ state: 'waiting', recipient: '+33639985678' }])
    // Called off, and taken up again.
    await db.updateTable('messages').set({ state: 'cancelled' }).where('appointmentId', '=', id).execute()
    await give(nora)
    await planReminders(db, parts)
    expect(await told(other)).toEqual([])
    expect(await messagesOf(nora)).toMatchObject([{ state: 'waiting', recipient: '+33639981234' }])
    await run()
  })

  test('goes by the practice’s own clock, and nobody’s telephone rings in the night', async () => {
    const zone = (timeZone: string) => db.updateTable('practice').set({ timeZone }).execute()
    await zone('Pacific/Noumea')
    const nora = await patient()
    await booked(nora, at('2026-12-21T09:00', 'Pacific/Noumea'))
    now = at('2026-12-20T09:59', 'Pacific/Noumea')
    await run()
    expect(taken).toEqual([])
    // Nobody looked by day.
    now = at('2026-12-20T23:00', 'Pacific/Noumea')
    await run()
    expect(taken).toEqual([])
    now = at('2026-12-21T08:00', 'Pacific/Noumea')
    await run()
    expect(taken[0]?.text).toContain('à 09:00')
    await zone('Europe/Paris')
  })

  test('of a minor without a telephone goes to who answers for them', async () => {
    const tom = await patient({ bornOn: '2018-05-02' })
    const mother = { firstName: 'Sonia', lastName: 'Benali', phone: '+33639985555' }
    await db
      .insertInto('relatives')
      .values({ patientId: tom, role: 'parental_authority', ...mother })
      .execute()
    await booked(tom, at('2027-01-05T17:00'))
    now = at('2027-01-04T10:00')
    await run()
    expect(taken.map(({ to }) => to)).toEqual(['+33639985555'])
  })
})

describe('on the way to the carrier', () => {
  const waiting = async (patientId: string, id: string) => {
    const row = { id, channel: 'sms', kind: 'single', patientId, recipient: '+33639981234', body: 'Bonjour' }
    await db
      .insertInto('messages')
      .values({ ...row, writtenAt: now, dueAt: now })
      .execute()
  }

  test('what dies after the carrier took it is asked for again by the same id, and settled once', async () => {
    now = at('2027-02-01T10:00')
    const nora = await patient()
    await waiting(nora, '01a00000-0000-7000-8000-000000000001')
    answers = ['takes and dies']
    await deliverDue(practice.tenantId, parts)
    now = at('2027-02-01T10:06')
    await deliverDue(practice.tenantId, parts)
    expect(taken.map(({ id }) => id)).toEqual([
      '01a00000-0000-7000-8000-000000000001',
      '01a00000-0000-7000-8000-000000000001',
    ])
    expect(await messagesOf(nora)).toMatchObject([{ state: 'sent', tries: 2 }])
  })

  test('what a process left claimed when it was killed is taken up once its time is over, and not before', async () => {
    now = at('2027-02-02T10:00')
    const nora = await patient()
    await waiting(nora, '01a00000-0000-7000-8000-000000000002')
    await sql`update messages set state = 'sending', tries = 1, due_at = ${at('2027-02-02T10:10')}
      where id = '01a00000-0000-7000-8000-000000000002'`.execute(db)
    now = at('2027-02-02T10:09')
    await deliverDue(practice.tenantId, parts)
    expect(taken).toEqual([])
    now = at('2027-02-02T10:10')
    await deliverDue(practice.tenantId, parts)
    expect(taken.map(({ id }) => id)).toEqual(['01a00000-0000-7000-8000-000000000002'])
    expect(await told(nora)).toEqual(['sms sent'])
  })

  test('a carrier that stays out of order is asked six times over hours, then the journal says so', async () => {
    now = at('2027-02-03T10:00')
    const nora = await patient()
    await waiting(nora, '01a00000-0000-7000-8000-000000000003')
    answers = Array.from({ length: 20 }, () => 'is out of order' as const)
    for (let quarter = 0; quarter < 60; quarter++) {
      await deliverDue(practice.tenantId, parts)
      now = new Date(now.getTime() + 15 * 60_000)
    }
    expect(taken).toHaveLength(6)
    expect(await messagesOf(nora)).toMatchObject([{ state: 'failed', problem: 'unreachable', tries: 6 }])
  })

  test('a practice that cannot be reached holds up no other', async () => {
    now = at('2027-02-04T10:00')
    const nora = await patient()
    await waiting(nora, '01a00000-0000-7000-8000-000000000004')
    await run('01a00000-0000-7000-8000-00000000dead')
    expect(await told(nora)).toEqual(['sms sent'])
  })
})

describe('a single message', () => {
  test('goes where the patient is reached, is told the log without number or text, and is found in the journal', async () => {
    now = at('2027-03-01T10:00')
    const lea = await practice.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
    const nora = await patient({ phone: '06 39 98 12 77' })
    const before = (await entriesOf(server)).map(({ id }) => id)
    expect(await lea.call(getReach, { params: { id: nora } })).toMatchObject({
      sms: { to: '06 39 98 12 77', of: null },
      email: null,
    })
    const { id } = await lea.call(sendMessage, {
      body: { channel: 'sms', patientId: nora, body: 'Merci de rappeler le cabinet, c’est pour mardi' },
    })
    const written = JSON.stringify(await entriesOf(server, { besides: before }))
    expect(written).toContain('message.written')
    for (const word of ['998127', '98 12 77', 'rappeler', 'Benali']) expect(written).not.toContain(word)
    await deliverDue(practice.tenantId, parts)
    expect(taken.map(({ text }) => text)).toEqual(["Merci de rappeler le cabinet, c'est pour mardi"])
    const found = await lea.call(listMessages, { query: { q: '98 12 77' } })
    expect(found.rows).toMatchObject([
      {
        id,
        state: 'sent',
        recipient: '06 39 98 12 77',
        writtenBy: 'Léa Fabre',
        patient: { name: 'Nora Benali' },
      },
    ])
    expect(
      await lea.refused(sendMessage, {
        body: { channel: 'email', patientId: nora, subject: 'Bonjour', body: 'Bonjour' },
      }),
    ).toMatchObject({ status: 422, code: 'message_recipient_missing' })
    const settings = { revision: 1, emailDays: null, smsDays: null, hour: 9 }
    expect(await lea.refused(updateReminderSettings, { body: settings })).toMatchObject({ status: 403 })
  })

  test('is neither written nor read by who may not see patients: the journal says that it left, not to whom nor what', async () => {
    now = at('2027-03-01T12:00')
    const max = await practice.join({ firstName: 'Max', lastName: 'Colin', profile: 'secretary' })
    const nora = await patient({ phone: '06 39 98 12 88' })
    const back = await server.asMember(claire.memberId)
    const { id } = await back.call(sendMessage, {
      body: { channel: 'sms', patientId: nora, body: 'Merci de rappeler' },
    })
    await deliverDue(practice.tenantId, parts)
    const rights = ['messages']
    await server.db.updateTable('members').set({ rights }).where('id', '=', max.memberId).execute()
    const refusal = { status: 403, code: 'forbidden', details: { permission: 'patients.read' } }
    expect(await max.refused(getReach, { params: { id: nora } })).toMatchObject(refusal)
    const body = { channel: 'sms' as const, patientId: nora, body: 'Bonjour' }
    expect(await max.refused(sendMessage, { body })).toMatchObject(refusal)
    expect(await max.refused(resendMessage, { params: { id } })).toMatchObject(refusal)
    const { rows } = await max.call(listMessages, { query: { patientId: nora } })
    expect(rows).toMatchObject([
      { id, state: 'sent', patient: { name: null }, recipient: null, subject: null, body: null },
    ])
    // Nor does a search tell by what it finds.
    for (const q of ['12 88', 'rappeler'])
      expect(await max.call(listMessages, { query: { q, patientId: nora } })).toMatchObject({ total: 0 })
  })

  test('that is sent twice by the same press is one; what another press calls the same is refused', async () => {
    now = at('2027-03-01T14:00')
    const back = await server.asMember(claire.memberId)
    const nora = await patient()
    const requestId = crypto.randomUUID()
    const press = (body: string) =>
      back.ask(sendMessage, { body: { requestId, channel: 'sms', patientId: nora, body } })
    const replies = await Promise.all([press('Bonjour'), press('Bonjour'), press('Bonjour')])
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(await messagesOf(nora)).toMatchObject([{ id: requestId, body: 'Bonjour' }])
    await deliverDue(practice.tenantId, parts)
    expect((await press('Bonjour')).status).toBe(201)
    await deliverDue(practice.tenantId, parts)
    expect(taken).toHaveLength(1)
    expect((await press('Autre chose')).status).toBe(409)
  })

  test('that failed stands first until it is sent again, to the number as it was corrected', async () => {
    now = at('2027-03-02T10:00')
    const back = await server.asMember(claire.memberId)
    const nora = await patient({ phone: '06 39 98 00 00' })
    const { id } = await back.call(sendMessage, {
      body: { channel: 'sms', patientId: nora, body: 'Bonjour' },
    })
    expect(await back.refused(resendMessage, { params: { id } })).toMatchObject({ code: 'message_under_way' })
    answers = ['refuses']
    await deliverDue(practice.tenantId, parts)
    now = at('2027-03-02T10:05')
    await back.call(sendMessage, { body: { channel: 'sms', patientId: nora, body: 'Autre chose' } })
    await deliverDue(practice.tenantId, parts)
    const listed = async () => (await back.call(listMessages, { query: { patientId: nora } })).rows
    expect(await listed()).toMatchObject([
      { id, state: 'failed', problem: 'refused' },
      { body: 'Autre chose' },
    ])
    await db.updateTable('patients').set({ phone: '+33639980001' }).where('id', '=', nora).execute()
    now = at('2027-03-02T10:10')
    const again = await back.call(resendMessage, { params: { id } })
    await deliverDue(practice.tenantId, parts)
    expect(taken.at(-1)).toMatchObject({ id: again.id, to: '+33639980001', text: 'Bonjour' })
    expect((await listed()).map((row) => row.id)).toEqual([again.id, expect.any(String), id])
  })

  test('that reminds of an appointment which is over is not sent again', async () => {
    now = at('2027-04-05T10:00')
    const nora = await patient()
    await booked(nora, at('2027-04-06T09:00'))
    await run()
    const [message] = await messagesOf(nora)
    now = at('2027-04-06T09:30')
    const back = await server.asMember(claire.memberId)
    expect(await back.refused(resendMessage, { params: { id: message?.id ?? '' } })).toMatchObject({
      status: 409,
      code: 'message_outdated',
    })
    // Nor is it held up to anybody as a failure: nothing can be done about it any more.
    const failing = async () => (await back.call(listMessages, { query: {} })).failed
    const before = await failing()
    await db.updateTable('messages').set({ state: 'failed' }).where('patientId', '=', nora).execute()
    expect(await failing()).toBe(before)
  })
})
