import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  addOwnAttachment,
  addTicketAttachment,
  addTicketNote,
  answerOwnTicket,
  askForHelp,
  getOwnAttachment,
  getOwnTicket,
  getTicket,
  listOwnTickets,
  listTicketMessages,
  rateOwnTicket,
  replyToTicket,
  resolveTicket,
  setTicketWaiting,
  snoozeTicket,
  takeBackReply,
  TicketAttachment,
  type OwnTicket,
} from '#contract/support'
import { openLog } from '#platform/server/log.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { freshStaff, standIn, type TestStaff } from '../../../../tests/harness/impersonation.ts'
import { lettersTo, mailOf, noMailbox } from '../../../../tests/harness/mailbox.ts'
import { asked, promiseAnswers } from '../../../../tests/harness/support.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../../tests/harness/tenants.ts'
import { letLeave } from '../conversation/leaving.ts'

/** A Monday, 9:00 in Paris. */
const monday = new Date('2026-11-23T08:00:00Z')
let now = monday
const clock = { now: () => now }
const later = (seconds: number) => (now = new Date(now.getTime() + seconds * 1_000))
const days = (many: number) => later(many * 24 * 3_600)

const server = await tenancyServer({ clock })
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
let practice: TestPractice
let odile: TestMember
let lea: TestMember
let hugo: TestMember
beforeAll(async () => {
  await promiseAnswers(server.db)
  karim = await freshStaff(server, 'support', monday)
  practice = await server.openPractice('Odile Perrin')
  odile = practice.holder
  lea = await practice.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
  hugo = (await server.openPractice('Hugo Lefèvre')).holder
}, 90_000)
// Sessions begun on that Monday hold for twelve hours.
beforeEach(() => (now = monday))

const read = (as: Browserless, { id }: Pick<OwnTicket, 'id'>) => as.call(getOwnTicket, { params: { id } })
const listed = (as: Browserless, state: 'open' | 'resolved' | 'all' = 'all') =>
  as.call(listOwnTickets, { query: { state } })
const answer = (
  as: Browserless,
  { id }: Pick<OwnTicket, 'id'>,
  body = 'Merci !',
  attachmentIds: string[] = [],
) => as.call(answerOwnTicket, { params: { id }, body: { body, attachmentIds } })
const lastSeen = async (id: string) =>
  (await karim.call(listTicketMessages, { params: { id } })).rows.at(-1)?.id ?? null
const reply = async (
  { id }: Pick<OwnTicket, 'id'>,
  body = 'Le bouton est en haut.',
  attachmentIds: string[] = [],
) =>
  karim.call(replyToTicket, {
    params: { id },
    body: { body, attachmentIds, seenMessageId: await lastSeen(id) },
  })
const replyLeft = async (ticket: Pick<OwnTicket, 'id'>, body?: string, files?: string[]) => {
  const message = await reply(ticket, body, files)
  later(15)
  await letLeave(leaving)
  return message
}

const png = new Uint8Array(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))
const file = (bytes: string | Uint8Array<ArrayBuffer>) =>
  new Blob([bytes], { type: 'application/octet-stream' })
async function upload(
  as: Browserless,
  id: string,
  bytes: string | Uint8Array<ArrayBuffer> = png,
  name = 'écran.png',
) {
  const said = as === (karim as Browserless) ? addTicketAttachment : addOwnAttachment
  const { status, text } = await as.ask(said, { params: { id }, query: { name }, file: file(bytes) })
  expect(status, text).toBe(201)
  return TicketAttachment.parse(JSON.parse(text))
}

describe('a practice asks', () => {
  test('and sees its ticket, what it said with its lines, and when an answer is promised', async () => {
    const ticket = await asked(odile)
    expect(ticket).toMatchObject({
      status: 'new',
      waiting: false,
      openedBy: 'Odile Perrin',
      expectedAt: '2026-11-23T13:00:00.000Z',
      rating: null,
    })
    const { messages } = await read(odile, ticket)
    expect(messages).toMatchObject([
      { from: 'us', by: 'Odile Perrin', body: 'Bonjour,\n\n- je cherche le bouton\n- et le format' },
    ])
    expect(await karim.call(getTicket, { params: { id: ticket.id } })).toMatchObject({
      channel: 'app',
      unread: true,
      tenant: { id: practice.tenantId },
      client: { id: practice.clientId },
      requester: { name: 'Odile Perrin', email: odile.email, memberId: odile.memberId },
    })
  })

  test('once, however often the same question is sent', async () => {
    const id = uuidv7()
    const [one, other] = await Promise.all([asked(odile, { id }), asked(odile, { id })])
    expect(other.number).toBe(one.number)
    expect((await asked(odile, { id, body: 'Encore' })).number).toBe(one.number)
    expect((await read(odile, one)).messages).toHaveLength(1)
  })

  test('and everybody of it reads and answers, the secretary too', async () => {
    const ticket = await asked(odile)
    await answer(lea, ticket, 'C’est urgent pour nous.')
    expect((await read(odile, ticket)).messages.map(({ by }) => by)).toEqual(['Odile Perrin', 'Léa Fabre'])
    expect((await listed(lea)).rows.map(({ id }) => id)).toContain(ticket.id)
  })
})

describe('another practice', () => {
  test('finds nothing of it, whichever way it asks', async () => {
    const ticket = await asked(odile)
    const sent = await upload(odile, ticket.id)
    await answer(odile, ticket, 'La capture', [sent.id])
    const params = { id: ticket.id }
    const tries = [
      hugo.ask(getOwnTicket, { params }),
      hugo.ask(answerOwnTicket, { params, body: { body: 'Bonjour' } }),
      hugo.ask(rateOwnTicket, { params, body: { score: 5 } }),
      hugo.ask(addOwnAttachment, { params, query: { name: 'a.png' }, file: file(png) }),
      hugo.ask(getOwnAttachment, { params: { ...params, attachmentId: sent.id } }),
      hugo.ask(askForHelp, { body: { id: ticket.id, subject: 'Le mien', body: 'Bonjour' } }),
    ]
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404])
    const { rows, open } = await listed(hugo)
    expect([rows, open]).toEqual([[], 0])
    expect((await read(odile, ticket)).messages).toHaveLength(2)
  })

  test('cannot send along a file that waits elsewhere', async () => {
    const [theirs, own] = [await asked(odile), await asked(hugo)]
    const waiting = await upload(odile, theirs.id)
    expect(
      await hugo.refused(answerOwnTicket, {
        params: { id: own.id },
        body: { body: 'Voici', attachmentIds: [waiting.id] },
      }),
    ).toMatchObject({ status: 400, fields: [{ path: 'attachmentIds', code: 'attachment_gone' }] })
    expect((await read(hugo, own)).messages).toHaveLength(1)
  })
})

describe('what the team says among itself', () => {
  test('reaches no member: not in the list, not in the ticket, not in what it tells of itself, not by mail', async () => {
    const ticket = await asked(odile)
    const before = [await read(odile, ticket), await listed(odile)]
    later(60)
    await karim.call(addTicketNote, { params: { id: ticket.id }, body: { body: 'NOTE-SECRETE' } })
    later(1)
    const written = await reply(ticket, 'REPONSE-REPRISE')
    expect([await read(odile, ticket), await listed(odile)]).toEqual(before)
    await karim.call(takeBackReply, { params: { id: ticket.id, messageId: written.id } })
    later(60)
    await letLeave(leaving)
    expect([await read(odile, ticket), await listed(odile)]).toEqual(before)
    expect(JSON.stringify(before)).not.toMatch(/NOTE|REPONSE/)
    const letters = (await lettersTo(server, odile.email)).filter(({ url }) => url?.includes(ticket.id))
    expect(letters).toEqual([])
  })

  test('keeps its files too', async () => {
    const ticket = await asked(odile)
    const inNote = await upload(karim, ticket.id)
    await karim.call(addTicketNote, {
      params: { id: ticket.id },
      body: { body: 'Interne', attachmentIds: [inNote.id] },
    })
    const inReply = await upload(karim, ticket.id)
    const get = (attachmentId: string) =>
      odile.ask(getOwnAttachment, { params: { id: ticket.id, attachmentId } }).then(({ status }) => status)
    expect([await get(inNote.id), await get(inReply.id)]).toEqual([404, 404])
    await reply(ticket, 'Voici', [inReply.id])
    expect(await get(inReply.id)).toBe(404)
    later(15)
    await letLeave(leaving)
    expect([await get(inNote.id), await get(inReply.id)]).toEqual([404, 200])
  })
})

describe('an answer of the team', () => {
  test('is there once it left, and a mail says so without a word of it', async () => {
    const ticket = await asked(odile, { subject: 'Le dossier de Madame Martin' })
    await replyLeft(ticket, 'Le dossier de Madame Martin est là.')
    const shown = await read(odile, ticket)
    expect(shown).toMatchObject({ status: 'in_progress', expectedAt: null })
    expect(shown.messages.at(-1)).toMatchObject({
      from: 'support',
      body: 'Le dossier de Madame Martin est là.',
    })
    const letters = await lettersTo(server, odile.email)
    const about = letters.filter(({ url }) => url === `http://app.localhost:3000/help/${ticket.id}`)
    expect(about.map(({ template }) => template)).toEqual(['support.mail.answered'])
    expect(about[0]!.subject + about[0]!.text).not.toContain('Martin')
  })
})

describe('an answer of the customer', () => {
  test('opens again what was resolved, and is owed an answer', async () => {
    const ticket = await asked(odile)
    await replyLeft(ticket)
    await karim.call(resolveTicket, { params: { id: ticket.id } })
    expect((await listed(odile, 'resolved')).rows.map(({ id }) => id)).toContain(ticket.id)
    later(60)
    await answer(odile, ticket, 'Cela ne marche toujours pas.')
    expect(await read(odile, ticket)).toMatchObject({
      status: 'in_progress',
      resolvedAt: null,
      expectedAt: expect.stringMatching(/^2026-11-23T13:/),
    })
    const { events, unread } = await karim.call(getTicket, { params: { id: ticket.id } })
    expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['reopened', 'customer_message']))
    expect(unread).toBe(true)
  })

  test('ends the waiting for it, and brings back what was put off', async () => {
    const ticket = await asked(odile)
    const params = { id: ticket.id }
    await karim.call(setTicketWaiting, { params, body: { waiting: true } })
    await karim.call(snoozeTicket, { params, body: { until: '2026-12-01T08:00:00Z' } })
    expect(await read(odile, ticket)).toMatchObject({ waiting: true, expectedAt: null })
    await answer(odile, ticket)
    expect(await karim.call(getTicket, { params })).toMatchObject({ waiting: false, snoozedUntil: null })
  })

  test('of many at once loses none, and each stands at its own moment', async () => {
    const ticket = await asked(odile)
    await Promise.all(['a', 'b', 'c', 'd'].map((body) => answer(odile, ticket, body)))
    const { messages } = await read(odile, ticket)
    expect(
      messages
        .map(({ body }) => body)
        .toSorted()
        .slice(-4),
    ).toEqual(['a', 'b', 'c', 'd'])
    expect(new Set(messages.map(({ writtenAt }) => writtenAt)).size).toBe(5)
  })
})

describe('files', () => {
  test('may come before there is a ticket, and come back as they were', async () => {
    const id = uuidv7()
    const sent = await upload(odile, id)
    await asked(odile, { id, attachmentIds: [sent.id] })
    expect((await read(lea, { id })).messages[0]?.attachments).toEqual([sent])
    const { bytes, headers } = await lea.ask(getOwnAttachment, { params: { id, attachmentId: sent.id } })
    expect(Buffer.from(bytes).equals(png)).toBe(true)
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-disposition': `inline; filename*=UTF-8''%C3%A9cran.png`,
    })
  })

  test('that wait for their message are seen by whoever chose them alone', async () => {
    const ticket = await asked(odile)
    const { id: attachmentId } = await upload(odile, ticket.id)
    const get = (as: TestMember) => as.ask(getOwnAttachment, { params: { id: ticket.id, attachmentId } })
    expect([(await get(odile)).status, (await get(lea)).status]).toEqual([200, 404])
  })
})

describe('rating', () => {
  const rate = ({ id }: OwnTicket, score: number, comment = '') => ({
    params: { id },
    body: { score, comment },
  })

  test('is for what was resolved, can be changed, and tells the team', async () => {
    const ticket = await asked(odile)
    expect(await odile.refused(rateOwnTicket, rate(ticket, 4))).toMatchObject({
      code: 'ticket_not_resolved',
    })
    await karim.call(resolveTicket, { params: { id: ticket.id } })
    await odile.call(rateOwnTicket, rate(ticket, 2))
    const rated = await lea.call(rateOwnTicket, rate(ticket, 5, 'Merci'))
    expect(rated.rating).toEqual({ score: 5, comment: 'Merci' })
    expect((await karim.call(getTicket, { params: { id: ticket.id } })).rating).toMatchObject({ score: 5 })
  })

  test('ends after thirty days', async () => {
    const ticket = await asked(odile)
    await karim.call(resolveTicket, { params: { id: ticket.id } })
    days(30)
    const still = await server.asMember(odile.memberId)
    expect((await still.call(rateOwnTicket, rate(ticket, 3))).rating?.score).toBe(3)
    later(1)
    expect(await still.refused(rateOwnTicket, rate(ticket, 4))).toMatchObject({ code: 'ticket_rating_over' })
  })
})

test('whoever stands in for a member reads, and says nothing in their name', async () => {
  const ticket = await asked(odile)
  const { inside } = await standIn(server, await freshStaff(server, 'administrator', now), odile, {
    mayWrite: true,
  })
  expect((await read(inside, ticket)).messages).toHaveLength(1)
  const params = { id: ticket.id }
  const tries = [
    await inside.ask(answerOwnTicket, { params, body: { body: 'En son nom' } }),
    await inside.ask(askForHelp, { body: { id: uuidv7(), subject: 'En son nom', body: 'Bonjour' } }),
    await inside.ask(addOwnAttachment, { params, query: { name: 'a.png' }, file: file(png) }),
    await inside.ask(rateOwnTicket, { params, body: { score: 1 } }),
  ]
  expect(tries.map(({ status, text }) => [status, text.includes('impersonation_limited')])).toEqual([
    [403, true],
    [403, true],
    [403, true],
    [403, true],
  ])
  expect((await read(odile, ticket)).messages).toHaveLength(1)
})
