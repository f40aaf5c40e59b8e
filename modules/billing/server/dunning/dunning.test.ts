import pg from 'pg'
import { expect, test } from 'vitest'
import {
  getClientDunning,
  listUnpaid,
  pauseDunning,
  previewLetter,
  resumeDunning,
  saveBillingProfile,
  sendLetter,
  startDunning,
} from '#contract/billing'
import { billableClient, issuedFor, privateClient } from '../../../../tests/harness/billing.ts'
import { tellStories } from '../../../../tests/harness/billing-stories.ts'
import { freshStaff } from '../../../../tests/harness/impersonation.ts'
import { holder, madeRole } from '../../../../tests/harness/made-roles.ts'
import { lettersTo, mailOf } from '../../../../tests/harness/mailbox.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { seedSettings } from '../settings/demonstrating.ts'
import { proposeDunning } from './proposing.ts'

let now = new Date('2026-11-23T09:00:00Z')
const server = await testServer({ clock: { now: () => now } })
await seedSettings(server.db)
const stories = await tellStories(server.pool)
let lea = await server.as('billing')

const day = (daysAgo: number) =>
  new Date(Date.parse('2026-11-23T00:00:00Z') - daysAgo * 86_400_000).toISOString().slice(0, 10)
/** An invoice of 29,00 € that is so many days late today. */
async function late(daysLate: number, over: { department?: string } = {}) {
  const client = await stories.client(`Anne Martin${Math.random().toString(36).slice(2)}`, over)
  const invoice = await stories.invoice(client, { on: day(daysLate + 30), due: day(daysLate) })
  return { client, invoice }
}
const preview = (id: string) => lea.call(previewLetter, { params: { id } })
/** As somebody looks at a letter and sends it. */
async function seen(id: string) {
  const { letter, claim } = await preview(id)
  if (!letter) throw new Error('there is no letter to send')
  const { step, subject, body } = letter
  return { params: { id }, body: { step, subject, body, outstandingCents: claim.outstandingCents } }
}
const one = async (client: string) =>
  (await lea.call(listUnpaid, { query: { client } })).rows[0] ?? expect.fail('nothing is late')
const mailsTo = async (client: string) =>
  server.db
    .selectFrom('outgoingMails')
    .innerJoin('clients', 'clients.email', 'outgoingMails.toEmail')
    .where('clients.id', '=', client)
    .select('subject')
    .execute()

test('the board sums what is late by age, and leaves out what is paid, not due yet or a credit note', async () => {
  const before = await lea.call(listUnpaid, { query: {} })
  expect(before.total).toBe(0)
  const invoices = await Promise.all([5, 30, 31, 60, 75, 91, 400].map((days) => late(days)))
  const paid = await late(10)
  await stories.pay(paid.invoice, 2_900, day(2))
  await late(0)
  await stories.invoice(paid.client, { on: day(50), due: day(40), excl: -2_417 })
  await stories.pay(invoices[0]!.invoice, 900, day(1))
  const board = await lea.call(listUnpaid, { query: {} })
  expect(board.ages).toEqual([
    { age: 'to_30', count: 2, cents: 4_900, clients: 2 },
    { age: 'to_60', count: 2, cents: 5_800, clients: 2 },
    { age: 'to_90', count: 1, cents: 2_900, clients: 1 },
    { age: 'over_90', count: 2, cents: 5_800, clients: 2 },
  ])
  expect(board.rows.map(({ daysLate }) => daysLate)).toEqual([400, 91, 75, 60, 31, 30, 5])
  const filtered = await lea.call(listUnpaid, { query: { age: 'over_90' } })
  expect([filtered.total, filtered.outstandingCents]).toEqual([2, 5_800])
  const first = await lea.call(listUnpaid, { query: { limit: 3 } })
  const second = await lea.call(listUnpaid, { query: { limit: 10, after: first.next ?? '' } })
  expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(board.rows.map(({ id }) => id))
  const found = await lea.call(listUnpaid, { query: { q: board.rows[0]!.number.slice(-5) } })
  expect(found.rows.map(({ id }) => id)).toEqual([board.rows[0]!.id])
})

test('steps follow one another: nobody is put on notice who was never reminded, nor the day after', async () => {
  const { client, invoice } = await late(60)
  expect(await one(client)).toMatchObject({ lastLetter: null, next: { step: 1 }, withheld: null })
  await lea.call(sendLetter, await seen(invoice))
  // Thirteen days lie between the first and the second step.
  expect((await one(client)).next).toEqual({ step: 2, on: '2026-12-06' })
  expect(await lea.refused(sendLetter, await seen(invoice))).toMatchObject({
    code: 'dunning_letter_outdated',
  })
  const { letters } = await lea.call(getClientDunning, { params: { id: client } })
  expect(letters).toMatchObject([{ step: 1, daysLate: 60, penaltiesCents: 0, indemnityCents: 0 }])
  expect(letters[0]?.body).toMatch(/Il reste 29,00\s€ à régler/)
  expect(await mailsTo(client)).toMatchObject([{ subject: expect.stringMatching(/un oubli/) }])
})

test('the last step claims penalties and the 40 €, once; of a private person it claims neither', async () => {
  const about = await Promise.all([late(60), late(60)])
  const [business, person] = about
  if (!business || !person) throw new Error('two are late')
  const profile = { audience: 'private' as const, revision: 0 }
  await lea.call(saveBillingProfile, { params: { id: person.client }, body: profile })
  for (const { invoice } of about) {
    for (const step of [1, 2])
      await stories.run(
        `INSERT INTO dunning_letters (invoice_id, step, days_late, outstanding_cents, sent_to, subject, body, sent_at)
         VALUES ($1, $2, 1, 2900, 'x@example.com', 's', 'b', '2026-09-01')`,
        invoice,
        step,
      )
  }
  const { claim, letter } = await preview(business.invoice)
  // Sixty days of the second half-year of 2026 at 2,15 + 10 %: 29 × 12,15 % × 60 / 365 = 0,579.
  expect(claim).toMatchObject({
    penalties: { cents: 58, spans: [{ days: 60, basisPoints: 1_215 }] },
    indemnityCents: 4_000,
    totalCents: 6_958,
  })
  expect(letter?.subject).toContain('mise en demeure')
  expect(letter?.body).toMatch(/Pénalités de retard.*0,58\s€/)
  expect(letter?.body).toMatch(/69,58\s€/)
  await lea.call(sendLetter, await seen(business.invoice))
  expect((await one(business.client)).withheld).toBe('last_sent')
  const { letters } = await lea.call(getClientDunning, { params: { id: business.client } })
  expect(letters[0]).toMatchObject({ step: 3, penaltiesCents: 58, indemnityCents: 4_000 })

  const privately = await preview(person.invoice)
  expect(privately.claim).toMatchObject({ penalties: { cents: 0 }, indemnityCents: 0, totalCents: 2_900 })
  expect(privately.letter?.body).not.toMatch(/énalit|ndemnité|40,00|\{\{/)
  expect(privately.letter?.body).toMatch(/29,00\s€/)
})

test('penalties and the 40 € are claimed of whom the invoice was issued to as a professional, whatever their profile says by now', async () => {
  const known = await Promise.all([
    billableClient(server.db, 'Anne Libérale'),
    privateClient(server.db, lea, 'Paul Particulier'),
  ])
  const invoices = []
  for (const client of known)
    invoices.push(await issuedFor(lea, client, { wantedOn: day(40), paymentDays: 10 }))
  const [business = '', person = ''] = known
  await lea.call(saveBillingProfile, { params: { id: business }, body: { audience: 'private', revision: 0 } })
  await lea.call(saveBillingProfile, { params: { id: person }, body: { audience: 'business', revision: 1 } })
  const [asProfessional, asPerson] = await Promise.all(invoices.map(({ id }) => preview(id)))
  expect(asProfessional).toMatchObject({
    invoice: { audience: 'business' },
    claim: { indemnityCents: 4_000, penalties: { kind: 'ecb_plus_10' } },
  })
  expect(asPerson).toMatchObject({
    invoice: { audience: 'private' },
    claim: { indemnityCents: 0, penalties: { cents: 0 } },
  })
})

test('what was paid since the preview is not claimed; what is paid is not late', async () => {
  const { invoice } = await late(20)
  const looked = await seen(invoice)
  await stories.pay(invoice, 1_000, day(0))
  expect(await lea.refused(sendLetter, looked)).toMatchObject({ code: 'dunning_letter_outdated' })
  await stories.pay(invoice, 1_900, day(0))
  expect(await lea.refused(sendLetter, looked)).toMatchObject({ code: 'dunning_nothing_late' })
})

test('of two who send the same letter at once one does', async () => {
  const { client, invoice } = await late(20)
  const looked = await seen(invoice)
  const both = await Promise.all([lea.ask(sendLetter, looked), lea.ask(sendLetter, looked)])
  expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
  expect(await mailsTo(client)).toHaveLength(1)
})

test('a letter that is kept is not changed, not even by the owner', async () => {
  const owner = new pg.Client({ connectionString: server.database.adminUrl })
  await owner.connect()
  await owner.query('SET ROLE mgp_owner')
  const changed = owner.query("UPDATE dunning_letters SET body = 'x'")
  await expect(changed).rejects.toThrow(/written once/)
  await owner.end()
})

test('a client whose reminders pause is left alone until the day, or until somebody ends it', async () => {
  const { client, invoice } = await late(20)
  const looked = await seen(invoice)
  const params = { id: client }
  await lea.call(pauseDunning, { params, body: { untilOn: '2026-11-30', why: 'Échéancier convenu' } })
  expect(await one(client)).toMatchObject({
    withheld: 'paused',
    pause: { untilOn: '2026-11-30', why: 'Échéancier convenu' },
  })
  expect(await lea.refused(sendLetter, looked)).toMatchObject({ code: 'dunning_letter_outdated' })
  now = new Date('2026-12-01T09:00:00Z')
  // No session lasts eight days.
  server.forgetSessions()
  lea = await server.as('billing')
  expect(await one(client)).toMatchObject({ withheld: null, pause: null })
  await lea.call(pauseDunning, { params, body: { why: 'Litige en cours' } })
  expect((await one(client)).withheld).toBe('paused')
  await lea.call(resumeDunning, { params })
  expect((await one(client)).withheld).toBe(null)
  expect(await lea.refused(resumeDunning, { params })).toMatchObject({ status: 404 })
  now = new Date('2026-11-23T09:00:00Z')
  expect(
    await lea.refused(pauseDunning, { params, body: { untilOn: '2026-11-01', why: 'Trop tard' } }),
  ).toMatchObject({ fields: [{ path: 'untilOn', code: 'last_day_over' }] })
})

test('who refused the document is not reminded of it', async () => {
  const { client, invoice } = await late(20)
  await stories.run(
    `INSERT INTO invoice_events (invoice_id, kind, code) VALUES ($1, 'refused', 210)`,
    invoice,
  )
  expect((await one(client)).withheld).toBe('refused')
})

test('a run writes what is ready, once, and what a person may see', async () => {
  const mine = await late(20, { department: '57' })
  const theirs = await late(20, { department: '67' })
  const sends = await madeRole(server.db, { level: 1, permissions: ['payments.write'] })
  const sees = await madeRole(server.db, { level: 1, permissions: ['invoices.read'], departments: ['57'] })
  await holder(server.db, sends, sees)
  const runner = await freshStaff(server, sends.key, now)
  const { jobId } = await runner.call(startDunning, { body: { ids: [mine.invoice, theirs.invoice] } })
  const result = async () => {
    for (;;) {
      const row = await server.db
        .selectFrom('backgroundJobs')
        .where('id', '=', jobId)
        .select(['state', 'result'])
        .executeTakeFirstOrThrow()
      if (row.state !== 'waiting' && row.state !== 'running') return row
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  expect(await result()).toMatchObject({ state: 'done', result: { sent: 1, withheld: 0, cents: 2_900 } })
  expect(await mailsTo(mine.client)).toHaveLength(1)
  expect(await mailsTo(theirs.client)).toHaveLength(0)
})

test('in the morning whoever may send reminders hears how many are ready, but on a public holiday', async () => {
  await late(20)
  const { ready } = await lea.call(listUnpaid, { query: {} })
  const on = {
    clock: { now: () => now },
    mail: mailOf(server),
    backofficeUrl: new URL('http://localhost:3000'),
  }
  expect(await server.db.transaction().execute((db) => proposeDunning(db, on))).toBe(ready.count)
  const christmas = { ...on, clock: { now: () => new Date('2026-12-25T07:00:00Z') } }
  expect(await server.db.transaction().execute((db) => proposeDunning(db, christmas))).toBe(0)
})

test('who sees some clients’ invoices hears of theirs alone, and who sees none hears nothing', async () => {
  await late(20)
  const sends = await madeRole(server.db, { level: 1, permissions: ['payments.write'] })
  const sees = await madeRole(server.db, { level: 1, permissions: ['invoices.read'], departments: ['2A'] })
  const { staffId: partner } = await holder(server.db, sends, sees)
  const { staffId: blind } = await holder(server.db, sends)
  await late(20, { department: '2A' })
  const on = {
    clock: { now: () => now },
    mail: mailOf(server),
    backofficeUrl: new URL('http://localhost:3000'),
  }
  expect(
    await server.db.transaction().execute((db) => proposeDunning(db, on)),
    'others are late too',
  ).toBeGreaterThan(1)
  const heard = async (id: string) => {
    const { email } = await server.db
      .selectFrom('staffMembers')
      .where('id', '=', id)
      .select('email')
      .executeTakeFirstOrThrow()
    return (await lettersTo(server, email)).map(({ subject }) => subject)
  }
  expect(await heard(partner)).toEqual(['Une relance est prête'])
  expect(await heard(blind)).toEqual([])
})
