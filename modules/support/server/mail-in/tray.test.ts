import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  discardReceivedMail,
  fileReceivedMail,
  getMailboxState,
  getReceivedMail,
  getTicket,
  listReceivedMails,
  listTicketMessages,
  type ReceivedState,
} from '#contract/support'
import { deskOf, withMailbox, type Arriving } from '../../../../tests/harness/arriving.ts'
import { freshStaff, type TestStaff } from '../../../../tests/harness/impersonation.ts'
import { lettersTo } from '../../../../tests/harness/mailbox.ts'
import { called, promiseAnswers } from '../../../../tests/harness/support.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../../tests/harness/tenants.ts'

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
beforeAll(async () => {
  await promiseAnswers(server.db)
  karim = await freshStaff(server, 'support', monday)
  practice = await server.openPractice('Odile Perrin')
  odile = practice.holder
}, 90_000)
beforeEach(() => later(1))

let strangers = 0
const stranger = () => `stranger${++strangers}@example.net`
const waiting = (over: Arriving = {}) => desk.arrive({ from: `Inconnu <${stranger()}>`, ...over })
type Mail = { id: string; revision: number }
const one = ({ id }: Pick<Mail, 'id'>) => karim.call(getReceivedMail, { params: { id } })
const listed = (query: { state?: ReceivedState; q?: string; limit?: number; after?: string } = {}) =>
  karim.call(listReceivedMails, { query })
const into = ({ id, revision }: Mail, ticketId: string) => ({
  params: { id },
  body: { revision, into: { to: 'ticket' as const, ticketId } },
})
const anew = ({ id, revision }: Mail, clientId: string | null = null) => ({
  params: { id },
  body: { revision, into: { to: 'new' as const, subject: 'Une question', clientId } },
})
const discard = ({ id, revision }: Mail, discarded = true) =>
  karim.call(discardReceivedMail, { params: { id }, body: { revision, discarded } })
const said = async (id: string) => (await karim.call(listTicketMessages, { params: { id } })).rows

describe('the tray', () => {
  test('lists the latest first, page by page, and is searched by sender and subject', async () => {
    const mails: Mail[] = []
    for (const nth of [1, 2, 3]) {
      later(1)
      mails.push(await waiting({ subject: `Éclairage ${nth}`, body: 'Bonjour,\n\n  une   question.' }))
    }
    const first = await listed({ q: 'eclairage', limit: 2 })
    expect(first.rows.map(({ id }) => id)).toEqual([mails[2]?.id, mails[1]?.id])
    expect(first).toMatchObject({ total: 3, totalIsExact: true })
    expect(first.rows[0]?.excerpt).toBe('Bonjour, une question.')
    const rest = await listed({ q: 'eclairage', limit: 2, after: first.next ?? '' })
    expect([rest.rows.map(({ id }) => id), rest.next]).toEqual([[mails[0]?.id], null])
  })

  test('shows where a mail may belong: the ticket it names first, then those of its sender and their practice', async () => {
    const theirs = await called(karim, {
      clientId: practice.clientId,
      requesterEmail: 'a.colleague@example.com',
    })
    const forged = { 'Authentication-Results': 'mx.example.org; dmarc=fail' }
    const mail = await desk.arrive({ from: odile.email, more: forged })
    const shown = await one(mail)
    expect(shown).toMatchObject({ why: 'not_authentic', client: { id: practice.clientId } })
    expect(shown.suggestions.map(({ id }) => id)).toContain(theirs.id)
    expect(shown.clients).toMatchObject([{ id: practice.clientId }])
  })

  test('says that no mailbox is read, and how many wait', async () => {
    const { address, toConfirm } = await karim.call(getMailboxState)
    expect([address, toConfirm]).toEqual([null, (await listed()).total])
  })
})

describe('somebody decides', () => {
  test('that a mail belongs to a ticket: it stands there with its files, and its sender is of it from then on', async () => {
    const ticket = await called(karim)
    const from = `Nouvelle adresse <${stranger()}>`
    const mail = await desk.arrive({
      from,
      more: { 'Content-Type': 'multipart/mixed; boundary=edge' },
      content:
        '--edge\nContent-Type: text/plain; charset=utf-8\n\nC’est moi.\n--edge\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="facture.pdf"\n\n%PDF-1.7\n--edge--\n',
    })
    const filed = await karim.call(fileReceivedMail, into(mail, ticket.id))
    expect(filed).toMatchObject({ state: 'filed', ticket: { id: ticket.id }, decidedBy: expect.any(String) })
    expect((await said(ticket.id)).at(-1)).toMatchObject({
      kind: 'customer',
      body: 'C’est moi.',
      attachments: [{ name: 'facture.pdf', mediaType: 'application/pdf' }],
    })
    const { messageId } = mail
    const next = await desk.arrive({ from, answers: messageId ?? '', body: 'Et encore.' })
    expect(next).toMatchObject({ state: 'filed', ticketId: ticket.id })
  })

  test('that it begins a ticket: of whom, since when they wait, and they are told', async () => {
    const mail = await waiting()
    later(900)
    const filed = await karim.call(fileReceivedMail, anew(mail, practice.clientId))
    const ticket = await karim.call(getTicket, { params: { id: filed.ticket?.id ?? '' } })
    expect(ticket).toMatchObject({
      channel: 'mail',
      client: { id: practice.clientId },
      openedAt: mail.receivedAt.toISOString(),
      requester: { email: mail.fromEmail, memberId: null },
    })
    expect(await lettersTo(server, mail.fromEmail)).toMatchObject([{ template: 'support.mail.received' }])
  })

  test('against it, and takes that back', async () => {
    const gone = await discard(await waiting())
    expect(gone).toMatchObject({ state: 'discarded', why: 'unknown_sender', decidedBy: expect.any(String) })
    expect(await discard(gone, false)).toMatchObject({
      state: 'to_confirm',
      decidedBy: null,
      decidedAt: null,
    })
  })

  test('that a machine’s mail was none: what was set aside is filed as well, and lies there again if not', async () => {
    const aside = await waiting({ more: { 'List-Id': '<news.example.net>' } })
    expect(aside).toMatchObject({ state: 'set_aside', why: 'list' })
    const gone = await discard(aside)
    expect(await discard(gone, false)).toMatchObject({ state: 'set_aside' })
    const ticket = await called(karim)
    const { revision } = await one(aside)
    await karim.call(fileReceivedMail, into({ ...aside, revision }, ticket.id))
    expect(await said(ticket.id)).toHaveLength(2)
  })

  test('once: whoever comes second is shown what stands', async () => {
    const mail = await waiting()
    const ticket = await called(karim)
    await karim.call(fileReceivedMail, into(mail, ticket.id))
    expect(await karim.refused(fileReceivedMail, anew(mail))).toMatchObject({
      code: 'received_mail_decided',
      details: { current: { state: 'filed', ticket: { id: ticket.id } } },
    })
    expect(await said(ticket.id)).toHaveLength(2)
  })

  test('of what has no sender that it begins nothing: nobody could be answered', async () => {
    const mail = await desk.arrive({ from: 'undisclosed' })
    expect(await karim.refused(fileReceivedMail, anew(mail))).toMatchObject({
      code: 'input_invalid',
      fields: [{ path: 'into', code: 'received_mail_no_sender' }],
    })
  })
})
