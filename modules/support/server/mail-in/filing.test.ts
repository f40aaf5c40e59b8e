import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  getOwnTicket,
  getTicket,
  getTicketAttachment,
  listTicketMessages,
  replyToTicket,
  resolveTicket,
  trashTicket,
  type Ticket,
} from '#contract/support'
import { sql } from '#platform/server/db.ts'
import { deskOf, supportAddress, withMailbox } from '../../../../tests/harness/arriving.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { freshStaff, type TestStaff } from '../../../../tests/harness/impersonation.ts'
import { lettersTo } from '../../../../tests/harness/mailbox.ts'
import { asked, called, promiseAnswers } from '../../../../tests/harness/support.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../../tests/harness/tenants.ts'
import { mailsAnHour } from './deciding.ts'
import { strangersADay } from './filing.ts'
import { largestWhole } from './reading/connection.ts'
import { replyAddress } from './reply-address.ts'

/** A Monday, 9:00 in Paris. */
const monday = new Date('2026-11-23T08:00:00Z')
let now = monday
const clock = { now: () => now }
const later = (seconds: number) => (now = new Date(now.getTime() + seconds * 1_000))

const server = await tenancyServer({ clock, env: withMailbox })
const desk = deskOf(server, clock)
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
beforeEach(() => (now = new Date(Math.max(now.getTime(), monday.getTime()) + 1_000)))

type One = Pick<Ticket, 'id'>
const whole = ({ id }: One) => karim.call(getTicket, { params: { id } })
const said = async ({ id }: One) => (await karim.call(listTicketMessages, { params: { id } })).rows
const signed = ({ number }: Pick<Ticket, 'number'>) => replyAddress(server.vault, supportAddress, number)
const reply = async (
  ticket: One,
  body = 'Le bouton est en haut.',
  thenDo: 'nothing' | 'wait' | 'resolve' = 'nothing',
) => {
  const seenMessageId = (await said(ticket)).at(-1)?.id ?? null
  await karim.call(replyToTicket, { params: { id: ticket.id }, body: { body, seenMessageId, thenDo } })
  later(15)
  await desk.letLeave()
}
/** The name by which the latest mail to somebody left. */
const lastSent = async (email: string) => {
  const row = await server.db
    .selectFrom('ticketMails')
    .where('direction', '=', 'out')
    .where('email', '=', email)
    .orderBy('at', 'desc')
    .selectAll()
    .executeTakeFirstOrThrow()
  return row.messageId
}
let people = 0
/** Somebody who called, whose address nobody else has. */
const somebody = async (over: Parameters<typeof called>[1] = {}) => {
  const email = `somebody${++people}@example.com`
  const ticket = await called(karim, { requesterEmail: email, ...over })
  return { email, ticket, from: `Odile Perrin <${email}>` }
}

describe('an answer', () => {
  test('by the names of our mails stands in its ticket, with what is new apart from the history', async () => {
    const { email, from, ticket } = await somebody()
    await reply(ticket, 'Videz le cache.', 'wait')
    const body =
      'Merci !\n\n- fait\n- refait\n\nLe 23 nov. 2026 à 09:00, MaGestionPsy <support@example.org> a écrit :\n\n> Videz le cache.'
    const mail = await desk.arrive({ from, answers: await lastSent(email), body })
    expect(mail).toMatchObject({ state: 'filed', why: '', ticketId: ticket.id, storageKey: null })
    const message = (await said(ticket)).at(-1)
    expect(message).toMatchObject({ kind: 'customer', body: 'Merci !\n\n- fait\n- refait', fromEmail: email })
    expect(message?.quoted).toContain('Videz le cache.')
    const { waiting, targets, events, unread } = await whole(ticket)
    expect([waiting, unread, events.at(-1)?.kind]).toEqual([false, true, 'customer_message'])
    expect(targets.find(({ name }) => name === 'nextResponse')).toMatchObject({ state: 'running' })
  })

  test('by a signed address alone stands in its ticket, whatever its subject says', async () => {
    const { from, ticket } = await somebody()
    const mail = await desk.arrive({ from, to: signed(ticket), subject: 'tout autre chose' })
    expect(mail).toMatchObject({ state: 'filed', ticketId: ticket.id })
  })

  test('by its subject alone stands nowhere: it waits', async () => {
    const { from, ticket } = await somebody()
    const mail = await desk.arrive({ from, subject: `Re: ${ticket.subject} [#${ticket.number}]` })
    expect(mail).toMatchObject({ state: 'to_confirm', why: 'unknown_sender', ticketId: null })
    expect(await said(ticket)).toHaveLength(1)
  })

  test('of somebody else waits, though they hold the signed address: nobody reads what is not theirs', async () => {
    const { ticket } = await somebody()
    const mail = await desk.arrive({ from: 'intruder@example.net', to: signed(ticket) })
    expect(mail).toMatchObject({ state: 'to_confirm', why: 'other_sender', ticketId: ticket.id })
    expect(await lettersTo(server, 'intruder@example.net')).toEqual([])
  })

  test('whose sender our mail server finds forged waits', async () => {
    const { from, ticket } = await somebody()
    const found = 'dmarc=fail header.from=example.com'
    const mail = await desk.arrive({ from, to: signed(ticket), found })
    expect(mail).toMatchObject({ state: 'to_confirm', why: 'not_authentic' })
  })

  test('that names two senders is neither’s', async () => {
    const { email, ticket } = await somebody()
    const found = 'dmarc=pass header.from=example.net'
    const mail = await desk.arrive({ from: `${email}, me@example.net`, to: signed(ticket), found })
    expect(mail).toMatchObject({ state: 'to_confirm', why: 'not_authentic' })
  })

  test('whose sender nothing proves waits, and keeps nobody’s own mails out however many they are', async () => {
    const { from, ticket } = await somebody()
    const found = 'dmarc=none header.from=example.com; spf=pass smtp.mailfrom=example.net'
    for (let sent = 0; sent <= mailsAnHour; sent++) {
      const mail = await desk.arrive({ from, to: signed(ticket), found, body: `De moi ${sent}` })
      expect(mail).toMatchObject({ state: 'to_confirm', why: 'not_proven' })
    }
    expect(await desk.arrive({ from, to: signed(ticket), body: 'De moi.' })).toMatchObject({ state: 'filed' })
  })

  test('of a colleague of the practice stands as theirs, in the app too', async () => {
    const own = await asked(odile)
    const { number } = await whole(own)
    const mail = await desk.arrive({
      from: `Léa <${lea.email}>`,
      to: signed({ number }),
      body: 'Je confirme.',
    })
    expect(mail).toMatchObject({ state: 'filed', ticketId: own.id })
    const { messages } = await odile.call(getOwnTicket, { params: { id: own.id } })
    expect(messages.at(-1)).toMatchObject({ from: 'us', body: 'Je confirme.' })
  })

  test('of another practice’s member does not', async () => {
    const own = await asked(odile)
    const { number } = await whole(own)
    const mail = await desk.arrive({ from: hugo.email, to: signed({ number }) })
    expect(mail).toMatchObject({ state: 'to_confirm', why: 'other_sender' })
  })

  test('opens a resolved ticket again; one in the trash takes none', async () => {
    const { from, ticket } = await somebody()
    await karim.call(resolveTicket, { params: { id: ticket.id } })
    await desk.arrive({ from, to: signed(ticket) })
    expect(await whole(ticket)).toMatchObject({ status: 'in_progress' })
    await karim.call(trashTicket, { params: { id: ticket.id } })
    const mail = await desk.arrive({ from, to: signed(ticket) })
    expect(mail).toMatchObject({ state: 'to_confirm', why: 'ticket_trashed', ticketId: ticket.id })
  })

  test('brings its files as what they are; what is not taken is named', async () => {
    const { from, ticket } = await somebody()
    const part = (name: string, bytes: string) =>
      `--edge\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="${name}"\n\n${Buffer.from(bytes).toString('base64')}\n`
    await desk.arrive({
      from,
      to: signed(ticket),
      more: { 'Content-Type': 'multipart/mixed; boundary=edge' },
      content: `--edge\nContent-Type: text/plain; charset=utf-8\n\nVoici la capture.\n${part('../../facture.pdf', '%PDF-1.7\n')}${part('virus.exe', 'MZ\u0000\u0001')}--edge--\n`,
    })
    const message = (await said(ticket)).at(-1)
    expect(message).toMatchObject({
      body: 'Voici la capture.',
      attachments: [{ name: 'facture.pdf', mediaType: 'application/pdf' }],
      filesNotKept: [{ name: 'virus.exe', why: 'type' }],
    })
    const attachmentId = message!.attachments[0]!.id // matched above
    const file = await karim.ask(getTicketAttachment, { params: { id: ticket.id, attachmentId } })
    expect([file.status, file.text]).toEqual([200, '%PDF-1.7\n'])
  })

  test('that comes twice stands there once: by its bytes, and by its name where another way changed them', async () => {
    const { from, ticket } = await somebody()
    const mail = { from, to: signed(ticket), messageId: 'twice@elsewhere.example', body: 'Une fois.' }
    await desk.arrive(mail)
    await desk.arrive(mail)
    const copy = await desk.arrive({ ...mail, more: { 'X-Way': 'another' } })
    expect(copy).toMatchObject({ state: 'set_aside', why: 'duplicate', body: '' })
    expect(await said(ticket)).toHaveLength(2)
  })

  test('beyond as many as a person writes waits', async () => {
    const { from, ticket } = await somebody()
    const states: string[] = []
    for (let sent = 0; sent <= mailsAnHour; sent++)
      states.push((await desk.arrive({ from, to: signed(ticket), body: `Encore ${sent}` })).why)
    expect(states.filter((why) => why === '')).toHaveLength(mailsAnHour)
    expect(states.at(-1)).toBe('too_many')
  })
})

describe('a new mail', () => {
  test('of a member opens a ticket of their practice, which they are told once', async () => {
    const mail = await desk.arrive({
      from: `Odile Perrin <${odile.email}>`,
      subject: 'RE: TR : Une note d’honoraires',
      body: 'Bonjour,\n\n1. elle est vide\n2. elle est fausse',
    })
    const ticket = await whole({ id: mail.ticketId! }) // looked at below
    expect(ticket).toMatchObject({
      channel: 'mail',
      subject: 'Une note d’honoraires',
      status: 'new',
      client: { id: practice.clientId },
      tenant: { id: practice.tenantId },
      requester: { email: odile.email, memberId: odile.memberId },
    })
    expect(ticket.events.map(({ kind }) => kind)).toEqual(['opened', 'acknowledged'])
    expect(ticket.targets.find(({ name }) => name === 'firstResponse')).toMatchObject({ state: 'running' })
    const letters = (await lettersTo(server, odile.email)).filter(
      ({ template }) => template === 'support.mail.received',
    )
    expect(letters).toMatchObject([{ subject: 'Re: Une note d’honoraires' }])
    expect(letters[0]?.text).toContain(`nº\u00A0${ticket.number}`)
  })

  test('is acknowledged by a mail that names it, where answers find the ticket, and which no machine answers', async () => {
    const { ticketId } = await desk.arrive({ from: lea.email, messageId: 'new@elsewhere.example' })
    const { number } = await whole({ id: ticketId! })
    const row = await server.db
      .selectFrom('outgoingMails')
      .where('toEmail', '=', lea.email)
      .where('template', '=', 'support.mail.received')
      .selectAll()
      .executeTakeFirstOrThrow()
    expect(desk.parts.mail.open({ id: row.id, bodySealed: row.bodySealed! }).post).toEqual({
      from: { name: 'Support MaGestionPsy', email: supportAddress },
      replyTo: signed({ number }),
      inReplyTo: 'new@elsewhere.example',
      references: ['new@elsewhere.example'],
      automatic: 'replied',
    })
  })

  test('is acknowledged to one address three times an hour', async () => {
    for (let sent = 0; sent < 5; sent++) await desk.arrive({ from: hugo.email, body: `Une question ${sent}` })
    const letters = await lettersTo(server, hugo.email)
    expect(letters.filter(({ template }) => template === 'support.mail.received')).toHaveLength(3)
  })

  test('of nobody we know waits, and is told nothing', async () => {
    const mail = await desk.arrive({ from: 'Inconnu <unknown@example.net>' })
    expect(mail).toMatchObject({ state: 'to_confirm', why: 'unknown_sender', fromName: 'Inconnu' })
    expect(mail.storageKey).not.toBeNull()
    expect(await lettersTo(server, 'unknown@example.net')).toEqual([])
  })

  test('of strangers who sent more than a day takes is kept by its words alone; a client’s is kept whole', async () => {
    // As many large ones as a day takes.
    await sql`insert into incoming_mails (id, received_at, sha256, bytes, state, storage_key)
      select uuidv7(), ${now}::timestamptz, sha256(nth::text::bytea), ${largestWhole}::bigint, 'to_confirm', 'a/' || nth
      from generate_series(1, ${Math.ceil(strangersADay / largestWhole)}::integer) nth`.execute(server.db)
    const content =
      '--edge\nContent-Type: text/plain\n\nVoici.\n--edge\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="a.pdf"\n\n%PDF-1.7\n--edge--\n'
    const withFile = { more: { 'Content-Type': 'multipart/mixed; boundary=edge' }, content }
    const stranger = await desk.arrive({ from: 'second@example.net', ...withFile })
    expect(stranger).toMatchObject({ state: 'to_confirm', why: 'unknown_sender', storageKey: null })
    expect(stranger.body).toContain('Voici.')
    expect(stranger.files).toMatchObject([{ name: 'a.pdf', kept: false, why: 'room' }])
    const { ticket } = await somebody()
    const client = await desk.arrive({ from: odile.email, to: signed(ticket), ...withFile })
    expect(client).toMatchObject({ why: 'other_sender', storageKey: expect.any(String) })
    await sql`update incoming_mails set storage_key = null where storage_key like 'a/%'`.execute(server.db)
  })

  test('leaves in the log where it went, and not a word of what it says', async () => {
    const mail = await desk.arrive({ from: 'Un nom <words@example.net>', subject: 'Ma patiente Durand' })
    const [entry] = await entriesOf(server, { verb: 'received_mail.arrived', object: mail.id })
    expect(entry?.after).toEqual({
      state: 'to_confirm',
      why: 'unknown_sender',
      ticketId: null,
      opened: false,
    })
    expect(JSON.stringify(entry)).not.toMatch(/Durand|words@|Un nom/)
  })
})

describe('a machine', () => {
  test('that answers stands in the ticket as one: it answers nobody, is nobody heard, and is not answered', async () => {
    const { email, from, ticket } = await somebody()
    await reply(ticket, 'À vous.', 'wait')
    const before = await lettersTo(server, email)
    await desk.arrive({
      from,
      answers: await lastSent(email),
      more: { 'Auto-Submitted': 'auto-replied' },
      body: 'Absente.',
    })
    expect((await said(ticket)).at(-1)).toMatchObject({ kind: 'auto', body: 'Absente.' })
    expect(await whole(ticket)).toMatchObject({ waiting: true })
    expect(await lettersTo(server, email)).toHaveLength(before.length)
  })

  test('that answers nothing of ours opens no ticket', async () => {
    const mail = await desk.arrive({ from: odile.email, more: { 'Auto-Submitted': 'auto-generated' } })
    expect(mail).toMatchObject({ state: 'set_aside', why: 'auto_reply', ticketId: null })
  })

  test('of ours that hears itself is set aside: from our address, with our mark, by a name we gave', async () => {
    const { email, from, ticket } = await somebody()
    await reply(ticket)
    for (const mail of [
      { from: supportAddress },
      { from: signed(ticket) },
      { from: 'no-reply@example.com' },
      { from, more: { 'X-MaGestionPsy-Loop': (await lastSent(email)).slice(0, 36) } },
      { from, messageId: await lastSent(email) },
    ])
      expect(await desk.arrive(mail)).toMatchObject({ state: 'set_aside', why: 'loop' })
    expect(await said(ticket)).toHaveLength(2)
  })

  test('of another house that bears such a mark is nothing special', async () => {
    const { from, ticket } = await somebody()
    for (const mark of ['yes', '00000000-0000-7000-8000-000000000000', ticket.id])
      expect(
        await desk.arrive({ from, to: signed(ticket), more: { 'X-MaGestionPsy-Loop': mark } }),
      ).toMatchObject({ why: expect.not.stringMatching('loop'), body: expect.stringContaining('agenda') })
  })
})

describe('what did not arrive', () => {
  const report = (recipient: string, original: string, status = '5.1.1') => ({
    from: 'MAILER-DAEMON@mx.example.org',
    subject: 'Undelivered Mail Returned to Sender',
    more: {
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
      'Return-Path': '<>',
    },
    content: `--b\nContent-Type: text/plain\n\nIt could not be delivered.\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; ${recipient}\nAction: failed\nStatus: ${status}\nDiagnostic-Code: smtp; 550 no such user\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <${original}>\nFrom: ${supportAddress}\nTo: ${recipient}\n\n--b--\n`,
  })

  test('is said on the reply itself, and nobody waits any more for whom it was for', async () => {
    const { email, ticket } = await somebody()
    await reply(ticket, 'Êtes-vous là ?', 'wait')
    const mail = await desk.arrive({ ...report(email, await lastSent(email)), to: signed(ticket) })
    expect(mail).toMatchObject({ state: 'set_aside', why: 'bounce', ticketId: ticket.id })
    // A number or an address in it is nothing to click on.
    expect(mail.body).toBe('`550 no such user`')
    expect((await said(ticket)).at(-1)).toMatchObject({
      body: 'Êtes-vous là ?',
      bounce: { email, said: expect.stringContaining('no such user') },
    })
    const { waiting, unread, events } = await whole(ticket)
    expect([waiting, unread]).toEqual([false, true])
    expect(events.filter(({ kind }) => kind === 'mail_bounced')).toHaveLength(1)
  })

  test('is found by the address it came back to where it names no mail of ours', async () => {
    const { email, ticket } = await somebody()
    await reply(ticket)
    const mail = await desk.arrive({ ...report(email, 'nothing@example.net'), to: signed(ticket) })
    expect(mail.ticketId).toBe(ticket.id)
    expect((await said(ticket)).at(-1)?.bounce).toMatchObject({ email })
  })

  test('is no more than late where the server says so', async () => {
    const { email, ticket } = await somebody()
    await reply(ticket)
    await desk.arrive({ ...report(email, await lastSent(email), '4.4.1'), to: signed(ticket) })
    expect((await said(ticket)).at(-1)?.bounce).toBeNull()
  })

  test('of somebody’s making touches nothing: not by the name of a mail, nor by the address of another ticket', async () => {
    const { email, ticket } = await somebody()
    const other = await somebody()
    await reply(ticket, 'Êtes-vous là ?', 'wait')
    const forged = report(email, await lastSent(email))
    for (const mail of [
      forged,
      { ...forged, to: signed(other.ticket) },
      { ...forged, to: `${signed(ticket).replace(/.@/, '1@')}` },
      { ...forged, to: signed(ticket), more: { ...forged.more, 'Return-Path': '<me@example.net>' } },
      { ...forged, to: signed(ticket), found: 'dmarc=fail header.from=mx.example.org' },
    ])
      expect(await desk.arrive(mail)).toMatchObject({ state: 'set_aside', why: 'bounce' })
    expect(await whole(ticket)).toMatchObject({ waiting: true })
    expect((await said(ticket)).at(-1)?.bounce).toBeNull()
  })

  test('is kept though its words are cut inside a character', async () => {
    const { email, ticket } = await somebody()
    await reply(ticket)
    const told = report(email, await lastSent(email))
    const words = `550 ${'x'.repeat(489)}😀 ends`
    const content = told.content.replace('550 no such user', words)
    const mail = await desk.arrive({ ...told, content, to: signed(ticket) })
    expect(mail).toMatchObject({ state: 'set_aside', ticketId: ticket.id })
    expect((await said(ticket)).at(-1)?.bounce?.said).toContain('xxx')
  })
})
