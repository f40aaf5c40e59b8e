import { beforeAll, afterAll, expect, test } from 'vitest'
import { readConfig } from '#platform/server/config.ts'
import { centralDb, openPool, sql } from '#platform/server/db.ts'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { testDatabase } from '../../../tests/harness/database.ts'
import { seedDemo } from '../cli/demo.ts'
import { seedSupport } from './support.ts'

const database = await testDatabase()
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-support-'))
const config = readConfig({ DATABASE_URL: database.appUrl, DATA_DIR: dataDir })
const db = centralDb(openPool(database.appUrl, { max: 2 }))

beforeAll(async () => {
  await seedDemo({ ...database, config })
  await seedSupport(database)
}, 60_000)
afterAll(async () => {
  await db.destroy()
  fs.rmSync(dataDir, { recursive: true, force: true })
})

test('the 33rd ticket is the reference one: urgent, unassigned, resolved, whole, with its lines and its list', async () => {
  const ticket = await db.selectFrom('tickets').selectAll().where('number', '=', 33).executeTakeFirstOrThrow()
  expect(ticket).toMatchObject({
    subject: "Test depuis l'application",
    priority: 'urgent',
    assigneeId: null,
    status: 'resolved',
    progress: 100,
    breached: false,
    dueAt: null,
    requesterEmail: 'mireille.thouvenin@example.com',
  })
  const messages = await db
    .selectFrom('ticketMessages')
    .select(['kind', 'body'])
    .where('ticketId', '=', ticket.id)
    .orderBy('writtenAt')
    .execute()
  expect(messages.map(({ kind }) => kind)).toEqual(['customer', 'reply', 'customer', 'note', 'reply'])
  expect(messages[0]?.body.match(/^- /gm)).toHaveLength(2)
  expect(messages[0]?.body.split('\n').length).toBeGreaterThan(5)
})

test('some forty tickets stand in every state there is, whatever the hour it is', async () => {
  const { rows } = await sql<Record<string, number>>`select count(*)::integer as tickets,
      count(*) filter (where status = 'new')::integer as new,
      count(*) filter (where status = 'in_progress')::integer as "inProgress",
      count(*) filter (where status = 'resolved')::integer as resolved,
      count(*) filter (where waiting)::integer as waiting,
      count(*) filter (where snoozed_until > now())::integer as snoozed,
      count(*) filter (where status <> 'resolved' and due_at <= now())::integer as late,
      count(*) filter (where warns_at <= now() and due_at > now())::integer as soon,
      count(*) filter (where opened_at > now() or last_message_at > now())::integer as "toCome"
    from tickets`.execute(db)
  expect(rows[0]).toEqual({
    tickets: expect.toSatisfy((tickets: number) => tickets >= 40),
    new: expect.toSatisfy((some: number) => some >= 3),
    inProgress: expect.toSatisfy((some: number) => some >= 3),
    resolved: expect.toSatisfy((some: number) => some >= 25),
    waiting: expect.toSatisfy((some: number) => some >= 2),
    snoozed: expect.toSatisfy((some: number) => some >= 1),
    late: expect.toSatisfy((some: number) => some >= 1),
    soon: expect.toSatisfy((some: number) => some >= 1),
    toCome: 0,
  })
})

test('what mail brings is there: a tray with a mail of each kind, an answer that came back, an opinion by mail', async () => {
  const mails = await db
    .selectFrom('incomingMails')
    .select(['state', 'why', 'ticketId'])
    .orderBy('receivedAt', 'desc')
    .execute()
  expect(mails.filter(({ state }) => state === 'to_confirm').map(({ why }) => why)).toEqual([
    'unknown_sender',
    'other_sender',
    'not_authentic',
    'too_large',
    'several_clients',
    'token_wrong',
  ])
  expect(mails.filter(({ state }) => state !== 'to_confirm').map(({ state }) => state)).toEqual([
    'set_aside',
    'set_aside',
    'discarded',
  ])
  expect(mails.find(({ why }) => why === 'other_sender')?.ticketId).not.toBeNull()
  const bounced = await db.selectFrom('ticketMails').where('bouncedAt', 'is not', null).selectAll().execute()
  expect(bounced).toMatchObject([{ direction: 'out', email: 'gaspard.ollivier@example.net' }])
  const opinions = await db.selectFrom('ticketRatings').where('byEmail', 'is not', null).selectAll().execute()
  expect(opinions).toMatchObject([{ score: 5, byEmail: 'solene.marechal@example.net' }])
})

test('what was asked twice is one ticket, which owes one answer', async () => {
  const { id, mergedIntoId } = await db
    .selectFrom('tickets')
    .where('mergedIntoId', 'is not', null)
    .select(['id', 'mergedIntoId'])
    .executeTakeFirstOrThrow()
  const moved = await db
    .selectFrom('ticketMessages')
    .where('ticketId', '=', mergedIntoId)
    .select('kind')
    .execute()
  expect(moved.map(({ kind }) => kind).toSorted()).toEqual(['customer', 'customer', 'reply'])
  expect(await db.selectFrom('ticketMessages').where('ticketId', '=', id).select('id').execute()).toEqual([])
})

test('it is told once', async () => {
  const before = await db.selectFrom('tickets').select('id').execute()
  await seedSupport(database)
  expect(await db.selectFrom('tickets').select('id').execute()).toHaveLength(before.length)
})

test('a library of macros is there, the reference ones by their titles', async () => {
  const titles = (await db.selectFrom('macros').select('title').execute()).map(({ title }) => title)
  for (const title of ['Pour créer une facture…', 'Pour supprimer une facture…', 'Clôture sans réponse…'])
    expect(titles).toContain(title)
})
