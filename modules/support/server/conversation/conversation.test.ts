import { readFile } from 'node:fs/promises'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  addTicketAttachment,
  addTicketNote,
  getTicket,
  getTicketAttachment,
  getTicketDrafts,
  getTicketPresence,
  listTicketMessages,
  removeTicketAttachment,
  replyToTicket,
  saveTicketDraft,
  takeBackReply,
  TicketAttachment,
  type Ticket,
  type TicketMessage,
} from '#contract/support'
import { openLog } from '#platform/server/log.ts'
import { sealedFiles } from '#platform/server/tenant-files.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { freshStaff, type TestStaff } from '../../../../tests/harness/impersonation.ts'
import { lettersTo, mailOf, noMailbox } from '../../../../tests/harness/mailbox.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { called, promiseAnswers } from '../../../../tests/harness/support.ts'
import { ticketFiles } from './files.ts'
import { letLeave } from './leaving.ts'

/** A Monday, 9:00 in Paris. */
const monday = new Date('2026-11-23T08:00:00Z')
let now = monday
const clock = { now: () => now }
const later = (seconds: number) => (now = new Date(now.getTime() + seconds * 1_000))

const server = await testServer({ clock })
const leaving = {
  db: server.db,
  clock,
  log: openLog('silent'),
  mail: mailOf(server, clock),
  vault: server.vault,
  post: noMailbox,
  practiceUrl: new URL('http://app.localhost:3000'),
  backofficeUrl: new URL('http://localhost:3000'),
}
let karim: TestStaff
let lea: TestStaff
beforeAll(async () => {
  await promiseAnswers(server.db)
  karim = await freshStaff(server, 'support', monday)
  lea = await freshStaff(server, 'administrator', monday)
}, 60_000)
beforeEach(() => (now = monday))

type One = Pick<Ticket, 'id'>
const said = async ({ id }: One, as = karim) => (await as.call(listTicketMessages, { params: { id } })).rows
const lastSaid = async (ticket: One) => (await said(ticket)).at(-1)?.id ?? null
type Over = Partial<{
  body: string
  seenMessageId: string | null
  thenDo: 'nothing' | 'wait' | 'resolve'
  attachmentIds: string[]
}>
const reply = async (ticket: One, over: Over = {}, as = karim): Promise<TicketMessage> =>
  as.call(replyToTicket, {
    params: { id: ticket.id },
    body: { body: 'Le bouton est en haut.', seenMessageId: await lastSaid(ticket), ...over },
  })
const takeBack = ({ id }: One, message: TicketMessage) => ({ params: { id, messageId: message.id } })
const note = ({ id }: One, over: object = {}, as = karim) =>
  as.call(addTicketNote, { params: { id }, body: { body: 'Vu avec la facturation.', ...over } })
const drafts = ({ id }: One, as = karim) => as.call(getTicketDrafts, { params: { id } })
const draft = ({ id }: One, kind: 'reply' | 'note', body: string, as = karim) =>
  as.call(saveTicketDraft, { params: { id, kind }, body: { body } })
const whole = ({ id }: One, as = karim) => as.call(getTicket, { params: { id } })
const pass = async (seconds: number) => {
  later(seconds)
  await letLeave(leaving)
}
const lettersAbout = async ({ requester }: Ticket) =>
  (await lettersTo(server, requester.email)).filter(({ template }) => template.startsWith('support'))

describe('a reply', () => {
  test('leaves fifteen seconds after it was written, and counts from then on', async () => {
    const ticket = await called(karim, { requesterEmail: 'a.reply@example.com' })
    later(60)
    const written = await reply(ticket)
    expect(written).toMatchObject({ kind: 'reply', leavesAt: '2026-11-23T08:01:15.000Z', takenBack: false })
    await pass(14)
    expect(await whole(ticket)).toMatchObject({ status: 'new', dueAt: '2026-11-23T13:00:00.000Z' })
    expect(await lettersAbout(ticket)).toEqual([])
    await pass(30)
    const { targets, status, events } = await whole(ticket)
    expect(status).toBe('in_progress')
    expect(targets.find(({ name }) => name === 'firstResponse')).toMatchObject({
      state: 'met',
      settledAt: '2026-11-23T08:01:15.000Z',
    })
    expect(events.find(({ kind }) => kind === 'agent_reply')).toMatchObject({ actor: expect.any(String) })
    expect((await said(ticket)).at(-1)?.leavesAt).toBeNull()
  })

  test('goes as it was written to whoever has no account: lines, lists and quotes, and nothing in it is a page', async () => {
    const ticket = await called(karim, { requesterEmail: 'words@example.com' })
    const body = 'Bonjour,\n\n> l’agenda reste blanc\n\n- videz le cache\n- rechargez\n\n<b>Karim</b>'
    await reply(ticket, { body })
    await pass(15)
    const [letter, ...others] = await lettersAbout(ticket)
    expect(others).toEqual([])
    expect(letter).toMatchObject({ template: 'support.mail.answered_here', url: null })
    expect(letter?.text).toContain(body)
    const row = await server.db
      .selectFrom('outgoingMails')
      .where('toEmail', '=', 'words@example.com')
      .selectAll()
      .executeTakeFirstOrThrow()
    const { html } = leaving.mail.open({ id: row.id, bodySealed: row.bodySealed! })
    expect(html).toContain('<li>videz le cache</li>\n<li>rechargez</li>')
    expect(html).toMatch(/<blockquote[^>]*>l’agenda reste blanc</)
    expect(html).toContain('&lt;b&gt;Karim&lt;/b&gt;')
  })

  test('that is taken back never was: no mail, no answer, its words a draft and its files waiting again', async () => {
    const ticket = await called(karim, { requesterEmail: 'undone@example.com' })
    const file = await upload(ticket)
    const opened = await whole(ticket)
    later(1)
    const written = await reply(ticket, { body: 'Trop vite', attachmentIds: [file.id], thenDo: 'resolve' })
    later(14)
    expect(await karim.call(takeBackReply, takeBack(ticket, written))).toEqual({ draft: 'Trop vite' })
    await pass(60)
    expect(await whole(ticket)).toMatchObject({
      status: 'new',
      lastMessageAt: opened.lastMessageAt,
      dueAt: opened.dueAt,
    })
    expect(await lettersAbout(ticket)).toEqual([])
    expect(await drafts(ticket)).toMatchObject({ reply: 'Trop vite', attachments: [{ id: file.id }] })
    expect((await said(ticket)).at(-1)).toMatchObject({ takenBack: true, attachments: [] })
    expect((await karim.ask(takeBackReply, takeBack(ticket, written))).status).toBe(404)
  })

  test('that has left is not taken back, nor by anybody else', async () => {
    const ticket = await called(karim)
    const written = await reply(ticket)
    expect(await lea.refused(takeBackReply, takeBack(ticket, written))).toMatchObject({
      status: 403,
      code: 'ticket_reply_not_yours',
    })
    later(15)
    expect(await karim.refused(takeBackReply, takeBack(ticket, written))).toMatchObject({
      status: 409,
      code: 'ticket_reply_left',
    })
  })

  test('of another ticket is not found there', async () => {
    const [ticket, other] = [await called(karim), await called(karim)]
    const written = await reply(ticket)
    expect((await karim.ask(takeBackReply, takeBack(other, written))).status).toBe(404)
  })

  test('resolves when it leaves, and not before', async () => {
    const ticket = await called(karim)
    await reply(ticket, { thenDo: 'resolve' })
    expect((await whole(ticket)).status).toBe('new')
    await pass(15)
    expect(await whole(ticket)).toMatchObject({ status: 'resolved', waiting: false })
    // Answered first, and resolved then.
    const { events } = await whole(ticket)
    expect(events.map(({ kind }) => kind)).toEqual(['opened', 'agent_reply', 'resolved'])
  })

  test('sets the ticket waiting when it leaves', async () => {
    const ticket = await called(karim)
    await reply(ticket, { thenDo: 'wait' })
    await pass(15)
    expect(await whole(ticket)).toMatchObject({ status: 'in_progress', waiting: true, dueAt: null })
  })

  test('does neither when the customer wrote meanwhile', async () => {
    const ticket = await called(karim)
    await reply(ticket, { thenDo: 'resolve' })
    later(5)
    await server.db
      .insertInto('ticketMessages')
      .values({ ticketId: ticket.id, kind: 'customer', byName: 'Odile', body: 'Attendez', writtenAt: now })
      .execute()
    await pass(10)
    expect((await whole(ticket)).status).toBe('in_progress')
  })

  test('is in the log, and what it says is not', async () => {
    const ticket = await called(karim)
    await reply(ticket, { body: 'SECRET-DE-LA-REPONSE' })
    await draft(ticket, 'note', 'SECRET-DU-BROUILLON')
    const entries = await entriesOf(server, { object: ticket.id })
    expect(entries.map(({ verb }) => verb)).toEqual(
      expect.arrayContaining(['ticket.reply_written', 'ticket.draft_saved']),
    )
    expect(JSON.stringify(entries)).not.toContain('SECRET')
  })
})

describe('two who answer', () => {
  test('do not cross: the second is shown what the first said, and sends when they have read it', async () => {
    const ticket = await called(karim)
    const seenMessageId = await lastSaid(ticket)
    const first = await reply(ticket, { body: 'Karim répond' })
    const refused = await lea.refused(replyToTicket, {
      params: { id: ticket.id },
      body: { body: 'Léa répond', seenMessageId },
    })
    expect(refused).toMatchObject({
      code: 'ticket_said_meanwhile',
      details: { messages: [{ id: first.id, body: 'Karim répond' }] },
    })
    await reply(ticket, { body: 'Léa répond', seenMessageId: first.id }, lea)
    expect((await said(ticket)).map(({ body }) => body).slice(1)).toEqual(['Karim répond', 'Léa répond'])
  })

  test('at the very same moment: one goes, the other reads', async () => {
    const ticket = await called(karim)
    const seenMessageId = await lastSaid(ticket)
    const send = (as: Browserless) =>
      as.ask(replyToTicket, { params: { id: ticket.id }, body: { body: 'Bonjour', seenMessageId } })
    const statuses = (await Promise.all([send(karim), send(lea), send(karim)])).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([201, 409, 409])
    expect(await said(ticket)).toHaveLength(2)
  })

  test('are not held up by what was taken back, nor by a note of their own', async () => {
    const ticket = await called(karim)
    const seenMessageId = await lastSaid(ticket)
    const written = await reply(ticket)
    await karim.call(takeBackReply, takeBack(ticket, written))
    await note(ticket, {}, lea)
    await reply(ticket, { seenMessageId }, lea)
  })
})

describe('a note', () => {
  test('never leaves, answers nobody, and tells whoever is mentioned where to look, and no more', async () => {
    const ticket = await called(karim, { requesterEmail: 'notes@example.com' })
    const written = await note(ticket, { body: 'Le mot de passe du coffre', mentions: [lea.staffId] })
    expect(written).toMatchObject({ kind: 'note', leavesAt: null, mentions: [{ id: lea.staffId }] })
    await pass(60)
    expect(await lettersAbout(ticket)).toEqual([])
    const { dueAt, followers } = await whole(ticket)
    expect(dueAt).toBe('2026-11-23T13:00:00.000Z')
    expect(followers.map(({ id }) => id)).toEqual([lea.staffId])
    const { email } = await server.db
      .selectFrom('staffMembers')
      .where('id', '=', lea.staffId)
      .select('email')
      .executeTakeFirstOrThrow()
    const letter = (await lettersTo(server, email)).findLast(
      ({ template }) => template === 'support.mail.mentioned',
    )
    expect(letter?.url).toBe(`http://localhost:3000/tickets/${ticket.id}`)
    expect(letter?.text).not.toContain('coffre')
  })
})

describe('a draft', () => {
  test('is kept for its writer alone, one of each kind, until it is said', async () => {
    const ticket = await called(karim)
    await draft(ticket, 'reply', 'Bonjour Od')
    await draft(ticket, 'reply', 'Bonjour Odile')
    await draft(ticket, 'note', 'à voir')
    expect(await drafts(ticket)).toMatchObject({
      reply: 'Bonjour Odile',
      note: 'à voir',
      savedAt: monday.toISOString(),
    })
    expect(await drafts(ticket, lea)).toEqual({
      elsewhere: [],
      reply: '',
      note: '',
      savedAt: null,
      attachments: [],
    })
    await reply(ticket)
    expect(await drafts(ticket)).toMatchObject({ reply: '', note: 'à voir' })
    await draft(ticket, 'note', '  ')
    expect(await drafts(ticket)).toMatchObject({ note: '', savedAt: null })
  })
})

describe('who is there', () => {
  const there = ({ id }: One, as: TestStaff, doing: 'viewing' | 'writing' = 'viewing') =>
    as.call(getTicketPresence, { params: { id }, query: { doing } })

  test('is seen by asking, with what they do, and gone fifteen seconds later', async () => {
    const ticket = await called(karim)
    expect((await there(ticket, karim, 'writing')).rows).toEqual([])
    expect((await there(ticket, lea)).rows).toMatchObject([{ id: karim.staffId, doing: 'writing' }])
    later(14)
    expect((await there(ticket, lea)).rows).toHaveLength(1)
    later(1)
    expect((await there(ticket, lea)).rows).toEqual([])
    expect((await there(await called(karim), lea)).rows).toEqual([])
  })
})

const png = new Uint8Array(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))
const send = (ticket: One, bytes: string | Uint8Array<ArrayBuffer> = png, name = 'écran.png', as = karim) =>
  as.ask(addTicketAttachment, {
    params: { id: ticket.id },
    query: { name },
    file: new Blob([bytes], { type: 'application/octet-stream' }),
  })
async function upload(...sent: Parameters<typeof send>): Promise<TicketAttachment> {
  const { status, text } = await send(...sent)
  expect(status, text).toBe(201)
  return TicketAttachment.parse(JSON.parse(text))
}

describe('a file', () => {
  const get = ({ id }: One, file: TicketAttachment, as = karim) =>
    as.ask(getTicketAttachment, { params: { id, attachmentId: file.id } })

  test('that is a picture is shown, all else is downloaded, and neither can do anything', async () => {
    const ticket = await called(karim)
    const picture = await get(ticket, await upload(ticket))
    expect(picture.headers).toMatchObject({
      'content-type': 'image/png',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    })
    const text = await get(ticket, await upload(ticket, 'Bonjour', '../page.html'))
    expect(text.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-disposition': "attachment; filename*=UTF-8''page.html",
    })
    expect(text.text).toBe('Bonjour')
  })

  test('that could do harm is refused by its bytes, and the eleventh of a message by its number', async () => {
    const ticket = await called(karim)
    const page = await send(ticket, '<html><script>alert(1)</script>', 'capture.png')
    expect([page.status, page.text]).toEqual([422, expect.stringContaining('ticket_attachment_refused')])
    for (let nth = 0; nth < 10; nth++) await upload(ticket)
    const eleventh = await send(ticket)
    expect([eleventh.status, eleventh.text]).toEqual([
      422,
      expect.stringContaining('ticket_too_many_attachments'),
    ])
    // Twenty at once are counted as well as one after the other.
    const other = await called(lea)
    const all = await Promise.all(Array.from({ length: 12 }, () => send(other, png, 'a.png', lea)))
    expect(all.filter(({ status }) => status === 201)).toHaveLength(10)
    // What was refused takes no room.
    expect(await sealedFiles(`${server.dataDir}/support-files`).list(other.id)).toHaveLength(10)
  })

  test('is its writer’s alone until it is said, of its ticket alone, and can be taken away until then', async () => {
    const [ticket, other] = [await called(karim), await called(karim)]
    // Those of the test before wait still, and one person has thirty at most.
    const [file, unwanted] = [await upload(ticket), await upload(ticket)]
    expect((await get(ticket, file, lea)).status).toBe(404)
    expect((await get(other, file)).status).toBe(404)
    const remove = (one: TicketAttachment, as: TestStaff) =>
      as.ask(removeTicketAttachment, { params: { id: ticket.id, attachmentId: one.id } })
    expect((await remove(unwanted, lea)).status).toBe(404)
    expect((await remove(unwanted, karim)).status).toBe(204)
    await reply(ticket, { attachmentIds: [file.id] })
    expect((await get(ticket, file, lea)).status).toBe(200)
    expect((await remove(file, karim)).status).toBe(404)
    expect((await drafts(ticket)).attachments).toEqual([])
  })

  test('of somebody else does not go along', async () => {
    const ticket = await called(karim)
    const theirs = await upload(ticket, png, 'a.png', lea)
    const { status, text } = await karim.ask(replyToTicket, {
      params: { id: ticket.id },
      body: { body: 'Voici', seenMessageId: await lastSaid(ticket), attachmentIds: [theirs.id] },
    })
    expect([status, text]).toEqual([400, expect.stringContaining('attachment_gone')])
    expect(await said(ticket)).toHaveLength(1)
  })

  test('lies sealed on the disk, and goes after a day without a message, as does what has no row', async () => {
    const files = ticketFiles({ dataDir: server.dataDir, vault: server.vault, clock, log: leaving.log })
    await files.sweep(server.db)
    const ticket = await called(karim)
    const [kept, forgotten] = [await upload(ticket, 'Bonjour Odile'), await upload(ticket)]
    await reply(ticket, { attachmentIds: [kept.id] })
    const disk = sealedFiles(`${server.dataDir}/support-files`)
    const orphan = '019ac000-0000-7000-8000-000000000000'
    await disk.put(ticket.id, orphan, Buffer.from('x'), server.vault)
    expect((await disk.list(ticket.id)).toSorted()).toEqual([orphan, kept.id, forgotten.id].toSorted())
    const stored = await readFile(`${server.dataDir}/support-files/${ticket.id}/${kept.id}`)
    expect(stored.includes('Bonjour')).toBe(false)
    later(24 * 3_600 + 1)
    await files.sweep(server.db)
    expect(await disk.list(ticket.id)).toEqual([kept.id])
  })
})

test('the server itself lets replies leave, every other second', async () => {
  const ticket = await called(karim, { requesterEmail: 'by-the-clock@example.com' })
  await reply(ticket)
  later(15)
  await expect
    .poll(async () => (await lettersAbout(ticket)).length, { timeout: 20_000, interval: 100 })
    .toBe(1)
}, 30_000)

test('what is no ticket is not found', async () => {
  const params = { id: '0190a000-0000-7000-8000-000000000000' }
  const tries = await Promise.all([
    karim.ask(listTicketMessages, { params }),
    karim.ask(replyToTicket, { params, body: { body: 'a', seenMessageId: null } }),
    karim.ask(addTicketNote, { params, body: { body: 'a' } }),
    karim.ask(getTicketDrafts, { params }),
    karim.ask(saveTicketDraft, { params: { ...params, kind: 'reply' }, body: { body: 'a' } }),
    karim.ask(getTicketPresence, { params }),
    send(params),
  ])
  expect(tries.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404, 404])
})
