/** What was said in tickets and is to be forgotten: a word is planted in all that can be said, and stands nowhere afterwards. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkIdentity, forgetTickets, getHoldings, receivePrivacyRequest } from '#contract/privacy'
import {
  addOwnAttachment,
  addTicketAttachment,
  addTicketNote,
  answerOwnTicket,
  fileReceivedMail,
  getTicket,
  listTicketMessages,
  mergeTicket,
  rateOwnTicket,
  replyToTicket,
  resolveTicket,
  saveTicketDraft,
  setTicketWaiting,
  TicketAttachment,
  trashTicket,
  updateTicket,
} from '#contract/support'
import { getTenant, purgeTenant } from '#contract/tenancy'
import { forgetPractice } from '#server/support'
import { dayOf, systemClock } from '#platform/server/clock.ts'
import { sql } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { replyAddress } from '../../modules/support/server/mail-in/reply-address.ts'
import { forgetOldMails, forgetTrashed } from '../../modules/support/server/forgetting/forgetting.ts'
import { deskOf, supportAddress } from '../harness/arriving.ts'
import { entriesOf } from '../harness/audit.ts'
import type { Browserless } from '../harness/browserless.ts'
import { newCanary } from '../harness/canary.ts'
import { asked, called, promiseAnswers } from '../harness/support.ts'
import { tenancyServer, type TestMember } from '../harness/tenants.ts'
import { filesIn, filesSaying, tablesSaying } from '../harness/traces.ts'

const server = await tenancyServer()
const { db, dataDir } = server
const on = { clock: systemClock, dataDir }
const files = join(dataDir, 'support-files')
const desk = deskOf(server, systemClock)
const behind = new pg.Client(server.database.adminUrl)
let karim: Browserless
let chief: Browserless
let nadege: Browserless
beforeAll(async () => {
  await behind.connect()
  await promiseAnswers(db)
  karim = await server.as('support')
  chief = await server.as('super_administrator')
  nadege = await server.as('compliance')
}, 60_000)
afterAll(() => behind.end())

const traces = async (word: string) => [
  ...(await tablesSaying(server.database.adminUrl, word)),
  ...filesSaying(dataDir, word),
]

async function upload(
  as: Browserless,
  by: typeof addOwnAttachment | typeof addTicketAttachment,
  id: string,
  name: string,
) {
  const png = new Blob([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')], {
    type: 'application/octet-stream',
  })
  const { status, text } = await as.ask(by, { params: { id }, query: { name }, file: png })
  expect(status, text).toBe(201)
  return TicketAttachment.parse(JSON.parse(text)).id
}

const seen = async (id: string) =>
  (await karim.call(listTicketMessages, { params: { id } })).rows.at(-1)?.id ?? null

/** Says the word in every way there is, in a ticket of a member's. @returns the ticket's id */
async function sayEverywhere(member: TestMember, word: string): Promise<string> {
  const params = { id: uuidv7() }
  const theirs = await upload(member, addOwnAttachment, params.id, `${word}.png`)
  await asked(member, { ...params, subject: `Objet ${word}`, body: `Dit ${word}`, attachmentIds: [theirs] })
  const { revision } = await karim.call(getTicket, { params })
  await karim.call(updateTicket, { params, body: { revision, subject: `Autre ${word}`, tags: ['agenda'] } })
  const ours = await upload(karim, addTicketAttachment, params.id, `nous ${word}.png`)
  await karim.call(replyToTicket, {
    params,
    body: { body: `Répondu ${word}`, seenMessageId: await seen(params.id), attachmentIds: [ours] },
  })
  await karim.call(addTicketNote, { params, body: { body: `Noté ${word}`, attachmentIds: [], mentions: [] } })
  await karim.call(setTicketWaiting, { params, body: { waiting: true, why: `En attente ${word}` } })
  await member.call(answerOwnTicket, { params, body: { body: `Encore ${word}`, attachmentIds: [] } })
  await karim.call(saveTicketDraft, {
    params: { ...params, kind: 'reply' },
    body: { body: `Presque ${word}` },
  })
  await planted(params.id, word, member.email)
  return params.id
}

/** What comes by mail, and what a mailbox of another says. */
async function planted(ticketId: string, word: string, email: string): Promise<void> {
  const raw = `${ticketId}/${uuidv7()}`
  mkdirSync(join(files, ticketId), { recursive: true })
  writeFileSync(join(files, raw), 'scellé')
  await db
    .insertInto('incomingMails')
    .values({
      id: uuidv7(),
      receivedAt: new Date(),
      messageId: `${word}@example.com`,
      sha256: Buffer.from(uuidv7()),
      bytes: 6,
      fromName: word,
      fromEmail: email.toLowerCase(),
      subject: word,
      body: word,
      quoted: word,
      files: JSON.stringify([{ name: word }]),
      state: 'filed',
      ticketId,
      storageKey: raw,
    })
    .execute()
  await db
    .insertInto('ticketMails')
    .values({
      messageId: `${ticketId}.${word}@example.net`,
      ticketId,
      direction: 'out',
      email: email.toLowerCase(),
      at: new Date(),
      bounce: word,
    })
    .execute()
}

async function rated(member: TestMember, id: string, word: string): Promise<void> {
  await karim.call(resolveTicket, { params: { id } })
  await member.call(rateOwnTicket, { params: { id }, body: { score: 2, comment: `Jugé ${word}` } })
}

/** What reports read. */
const figures = async (id: string) => {
  const { rows } =
    await sql`select number, priority, topic, channel, status, opened_at, resolved_at, first_responded_at,
      first_response_seconds, first_response_kept, resolution_seconds, resolution_kept, breached, reopenings,
      (select score from ticket_ratings where ticket_id = tickets.id) as score,
      (select count(*) from ticket_messages where ticket_id = tickets.id) as messages,
      (select array_agg(kind order by at, id) from ticket_events where ticket_id = tickets.id and kind <> 'forgotten') as events
    from tickets where id = ${id}`.execute(db)
  return rows[0]
}

describe('of a practice that is purged', () => {
  test('no word of its tickets is left in any table or file; their numbers and clocks stay', async () => {
    const word = newCanary()
    const practice = await server.openPractice('Claire Moreau')
    const done = await sayEverywhere(practice.holder, word)
    // What one ticket hands to another is read by its clocks, reasons and all.
    const joined = await sayEverywhere(practice.holder, `${word}ter`)
    await karim.call(mergeTicket, { params: { id: joined }, body: { intoId: done } })
    await behind.query(
      'update ticket_messages set leaves_at = now() where leaves_at is not null and left_at is null',
    )
    await desk.letLeave()
    await rated(practice.holder, done, word)
    const open = await sayEverywhere(practice.holder, `${word}bis`)
    const kept = await figures(done)
    expect(await traces(word)).toEqual(
      expect.arrayContaining([
        'tickets',
        'ticket_messages',
        'ticket_attachments',
        'incoming_mails',
        'ticket_ratings',
      ]),
    )

    const params = { id: practice.tenantId }
    await chief.call(purgeTenant, {
      params,
      body: { name: practice.name, reason: 'Demande écrite du praticien' },
    })
    for (;;) {
      const tenant = await chief.call(getTenant, { params })
      if (tenant.work === null) {
        expect(tenant.works[0]).toMatchObject({ kind: 'purge', state: 'done', errorDetail: null })
        break
      }
      await sleep(40)
    }
    expect(await traces(word)).toEqual([])
    expect(filesIn(files)).toEqual([])
    expect(await figures(done)).toEqual(kept)
    // What the audit log seals was never more than that something happened.
    for (const object of [done, open, joined])
      expect(JSON.stringify(await entriesOf(server, { object }))).not.toContain(word)

    // Nobody is owed an answer any more, and it reads as what it is.
    const ticket = await karim.call(getTicket, { params: { id: open } })
    expect(ticket).toMatchObject({
      status: 'resolved',
      waiting: false,
      dueAt: null,
      subject: '—',
      forgottenAt: expect.any(String),
      requester: { name: '—', email: '', memberId: null },
      tags: ['agenda'],
    })
    const { rows } = await karim.call(listTicketMessages, { params: { id: open } })
    expect(rows.map(({ body, forgotten }) => [body, forgotten])).toEqual(rows.map(() => ['', true]))
    expect(
      (
        await karim.refused(addTicketNote, {
          params: { id: open },
          body: { body: 'Tiens', attachmentIds: [], mentions: [] },
        })
      ).status,
    ).toBe(404)
    expect(
      (await karim.refused(saveTicketDraft, { params: { id: open, kind: 'note' }, body: { body: 'Tiens' } }))
        .status,
    ).toBe(404)
  }, 60_000)

  test('whoever goes on after a death in the middle leaves nothing either', async () => {
    const word = newCanary()
    const practice = await server.openPractice('Hugo Lefèvre')
    const [first, second] = [
      await sayEverywhere(practice.holder, word),
      await sayEverywhere(practice.holder, word),
    ]
    await sql`update tenants set state = 'purging' where id = ${practice.tenantId}`.execute(db)
    // What stands in the way of one file: the disk fails once some are gone.
    const { storageKey } = await db
      .selectFrom('ticketAttachments')
      .where('ticketId', '=', second)
      .orderBy('id', 'desc')
      .select('storageKey')
      .executeTakeFirstOrThrow()
    const [folder = '', name = ''] = storageKey.split('/')
    rmSync(join(files, folder, name))
    mkdirSync(join(files, folder, name))
    await expect(forgetPractice(on, db, practice.tenantId)).rejects.toThrow()
    expect(await figures(first)).toMatchObject({ status: 'in_progress' })
    rmSync(join(files, folder, name), { recursive: true })

    expect(await forgetPractice(on, db, practice.tenantId)).toBe(2)
    expect(await traces(word)).toEqual([])
    expect(filesIn(files)).toEqual([])
    expect(await forgetPractice(on, db, practice.tenantId)).toBe(2)
  }, 60_000)

  test('nothing is forgotten of one that lives', async () => {
    const practice = await server.openPractice('Inès Garnier')
    const { id } = await asked(practice.holder)
    expect(await forgetPractice(on, db, practice.tenantId)).toBe(0)
    expect(await karim.call(getTicket, { params: { id } })).toMatchObject({
      forgottenAt: null,
      status: 'new',
    })
  })
})

describe('of somebody who asks to be erased', () => {
  async function asks(email: string, kind: 'erasure' | 'access' = 'erasure') {
    const { id } = await nadege.call(receivePrivacyRequest, {
      body: {
        kind,
        clientId: null,
        name: 'Léa Fabre',
        email,
        receivedOn: dayOf(new Date()),
        channel: 'email',
        wording: 'Effacez-moi.',
      },
    })
    return { params: { id } }
  }
  const identified = async (request: { params: { id: string } }) => {
    await nadege.call(checkIdentity, {
      ...request,
      body: { method: 'account', checkedOn: dayOf(new Date()) },
    })
    return request
  }

  test('their tickets go, and their words in those of others; what a colleague said stays', async () => {
    const [hers, theirs] = [newCanary(), newCanary()]
    const practice = await server.openPractice('Paul Rousseau')
    const lea = await practice.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
    await sayEverywhere(lea, hers)
    const shared = await asked(practice.holder, { body: `Dit ${theirs}` })
    await lea.call(answerOwnTicket, {
      params: { id: shared.id },
      body: {
        body: `Ajouté ${hers}`,
        attachmentIds: [await upload(lea, addOwnAttachment, shared.id, `${hers}.png`)],
      },
    })
    const request = await identified(await asks(lea.email))
    expect((await nadege.call(getHoldings, request)).holdings).toMatchObject([
      { kind: 'tickets', count: 1, fate: 'erasable' },
      { kind: 'ticket_messages', count: 1 },
    ])
    const before = filesIn(files).length

    const { steps } = await nadege.call(forgetTickets, request)
    expect(steps.at(-1)).toMatchObject({ kind: 'tickets_forgotten' })
    expect(await traces(hers)).toEqual([])
    expect(await traces(theirs)).toEqual(['ticket_messages'])
    expect(before - filesIn(files).length).toBe(4)
    expect((await nadege.call(getHoldings, request)).holdings).toBeNull()
    expect(await karim.call(getTicket, { params: { id: shared.id } })).toMatchObject({ forgottenAt: null })
    const { rows } = await karim.call(listTicketMessages, { params: { id: shared.id } })
    expect(rows.map(({ body, by, forgotten }) => [body, by.name, forgotten])).toEqual([
      [`Dit ${theirs}`, 'Paul Rousseau', false],
      ['', '—', true],
    ])
  }, 60_000)

  test('whoever wrote by mail in the ticket of another is named in its log no more', async () => {
    const [word, email] = [newCanary(), 'sans-compte@example.com']
    const { id, number } = await called(karim, { requesterEmail: 'hugo.lefevre@example.com' })
    const write = () =>
      desk.arrive({ from: `${word} <${email}>`, to: replyAddress(server.vault, supportAddress, number) })
    const { id: mailId, revision } = await write()
    await karim.call(fileReceivedMail, {
      params: { id: mailId },
      body: { revision, into: { to: 'ticket', ticketId: id } },
    })
    // Of the ticket from then on, whom the log names for whatever their mails do.
    await karim.call(resolveTicket, { params: { id } })
    expect(await write()).toMatchObject({ state: 'filed', ticketId: id })
    const data = JSON.stringify({ to: email, said: `550 ${word}` })
    await sql`insert into ticket_events (ticket_id, at, kind, actor_label, data)
      values (${id}, now(), 'mail_bounced', 'E-mail', ${data}::jsonb)`.execute(db)
    expect(await traces(word)).toContain('ticket_events')
    await nadege.call(forgetTickets, await identified(await asks(email)))
    expect(await traces(word)).toEqual([])
    expect(await karim.call(getTicket, { params: { id } })).toMatchObject({ forgottenAt: null })
  })

  test('nothing goes by another right, or on the word of somebody nobody identified', async () => {
    const word = newCanary()
    const email = `odile-${word.length}@example.com`
    await called(karim, { body: word, requesterEmail: email })
    for (const request of [await asks(email), await identified(await asks(email, 'access'))])
      await sql`select * from forget_person_in_tickets(${request.params.id})`.execute(db)
    expect(await traces(word)).toEqual(['ticket_messages'])
  })
})

/** What nobody but the database's owner can do: thirty days pass. */
const lieInTrash = (id: string) =>
  behind.query(
    "update ticket_events set at = at - interval '31 days', id = uuidv7(interval '-31 days') where ticket_id = $1",
    [id],
  )

/** A mail of a ticket that waits for our mail server. */
async function queued(ticketId: string, subject: string, toEmail: string): Promise<void> {
  const id = uuidv7()
  await db
    .insertInto('outgoingMails')
    .values({
      id,
      template: 'support.mail.written',
      language: 'fr',
      toEmail,
      toName: '',
      subject,
      bodySealed: Buffer.from('scellé'),
      state: 'queued',
    })
    .execute()
  await db
    .insertInto('ticketMails')
    .values({ messageId: `${id}@example.org`, ticketId, direction: 'out', email: toEmail, at: new Date() })
    .execute()
}

describe('by itself', () => {
  test('what was thrown away is forgotten after thirty days, and not before', async () => {
    const word = newCanary()
    const { id } = await called(karim, { subject: word, body: word })
    await karim.call(trashTicket, { params: { id } })
    expect((await forgetTrashed(on, db)).tickets).toBe(0)
    // On the server's own word it is not: what stands in the row it may change, what happened it may only add to.
    await sql`update tickets set trashed_at = now() - interval '31 days' where id = ${id}`.execute(db)
    await sql`insert into ticket_events (ticket_id, at, kind, actor_label)
      values (${id}, now() - interval '32 days', 'trashed', 'x')`.execute(db)
    expect((await forgetTrashed(on, db)).tickets).toBe(0)
    await behind.query("delete from ticket_events where actor_label = 'x'")
    await lieInTrash(id)
    expect((await forgetTrashed(on, db)).tickets).toBe(1)
    expect(await traces(word)).toEqual([])
  })

  test('what is about another ticket of the same person still leaves as it was written', async () => {
    const [word, other] = [newCanary(), newCanary()]
    const requesterEmail = 'marie.durand@example.com'
    const gone = await called(karim, { requesterEmail, body: word })
    const stays = await called(karim, { requesterEmail })
    await queued(gone.id, word, requesterEmail)
    await queued(stays.id, other, requesterEmail)
    await karim.call(trashTicket, { params: { id: gone.id } })
    await sql`update tickets set trashed_at = now() - interval '31 days' where id = ${gone.id}`.execute(db)
    await lieInTrash(gone.id)
    await forgetTrashed(on, db)
    expect([await traces(word), await traces(other)]).toEqual([[], ['outgoing_mails']])
  })

  test('mails that nobody wanted go with every word, of those in tickets what came over the wire', async () => {
    const [waits, unwanted, filed] = [newCanary(), newCanary(), newCanary()]
    const { id } = await called(karim)
    const old = new Date(Date.now() - 31 * 86_400_000)
    const raw = `${id}/${uuidv7()}`
    mkdirSync(join(files, id), { recursive: true })
    writeFileSync(join(files, raw), 'scellé')
    for (const [word, state] of [
      [waits, 'to_confirm'],
      [unwanted, 'discarded'],
      [filed, 'filed'],
    ] as const)
      await db
        .insertInto('incomingMails')
        .values({ id: uuidv7(), receivedAt: old, sha256: Buffer.from(word), bytes: 1, body: word, state })
        .execute()
    await sql`update incoming_mails set storage_key = ${raw}, ticket_id = ${id} where state = 'filed' and body = ${filed}`.execute(
      db,
    )
    await forgetOldMails(on, db)
    expect([await traces(waits), await traces(unwanted), await traces(filed)]).toEqual([
      ['incoming_mails'],
      [],
      ['incoming_mails'],
    ])
    expect(filesIn(files)).not.toContain(raw)
  })
})

test('the server cannot change what was said, nor have anything else forgotten', async () => {
  const asApp = new pg.Client(server.database.appUrl)
  await asApp.connect()
  try {
    for (const statement of [
      "update ticket_messages set body = 'x'",
      'update tickets set forgotten_at = now()',
      'update incoming_mails set body = null',
      'select * from forget_tickets(array[uuidv7()])',
      'select * from forget_incoming_mails(array[uuidv7()])',
      'select forget_outgoing_mails(array[uuidv7()])',
    ])
      await expect(asApp.query(statement)).rejects.toMatchObject({ code: '42501' })
  } finally {
    await asApp.end()
  }
})
