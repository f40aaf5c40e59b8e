/** Mail there and back: a real IMAP server it is read from, a real SMTP server it leaves by, and the help desk between them. */
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { simpleParser, type ParsedMail } from 'mailparser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  getReceivedMail,
  getTicket,
  listReceivedMails,
  listTicketMessages,
  replyToTicket,
  addTicketAttachment,
  TicketAttachment,
} from '#contract/support'
import { systemClock } from '#platform/server/clock.ts'
import { openJobs, type Jobs } from '#platform/server/jobs.ts'
import { openMail } from '#platform/server/mail.ts'
import { sentencesOf } from '#platform/server/sentences.ts'
import { readMessages } from '../../../../apps/server/messages.ts'
import {
  deskOf,
  supportAddress,
  withMailbox,
  written,
  type Arriving,
} from '../../../../tests/harness/arriving.ts'
import { freshStaff, type TestStaff } from '../../../../tests/harness/impersonation.ts'
import { startDovecot, type Dovecot } from '../../../../tests/harness/dovecot.ts'
import { startSmtp, type Smtp } from '../../../../tests/harness/smtp.ts'
import { called, promiseAnswers } from '../../../../tests/harness/support.ts'
import { tenancyServer, type TestMember } from '../../../../tests/harness/tenants.ts'
import { leavingByTheClock } from '../conversation/leaving.ts'
import { hearOfLost } from './bouncing.ts'
import { filing } from './filing.ts'
import { readMailbox } from './reading/mailbox.ts'

// It serves alone, as in a fleet: what runs beside it here reads the mailbox, and lets leave what may.
const server = await tenancyServer({ env: { ...withMailbox, ROLE: 'web' } })
const { parts: captured } = deskOf(server, systemClock)
const unreachable = 'gone@example.com'

let dovecot: Dovecot
let smtp: Smtp
let jobs: Jobs
let goingOn: { start(): Promise<void>; close(): Promise<void> }[]
let karim: TestStaff
let odile: TestMember

beforeAll(async () => {
  dovecot = await startDovecot()
  smtp = await startSmtp((email) => email === unreachable)
  const { db, vault, pool, log, mailFrom } = { ...captured, pool: server.pool, ...captured.post }
  const mail = openMail({
    config: { appEnv: 'staging', smtpUrl: smtp.url, mailFrom },
    db,
    vault,
    sentences: sentencesOf(readMessages()),
    clock: systemClock,
    log,
    jobs: () => jobs,
    dataDir: server.dataDir,
  })
  jobs = await openJobs({
    databaseUrl: server.database.appUrl,
    db,
    pool,
    log,
    works: [],
    errands: mail.errands,
    schedules: [],
    runs: true,
  })
  const parts = { ...captured, mail, post: { ...captured.post, imapUrl: dovecot.url } }
  hearOfLost(parts)
  goingOn = [readMailbox(parts, filing(parts), 500), leavingByTheClock(parts)]
  for (const one of goingOn) await one.start()
  await promiseAnswers(server.db)
  karim = await freshStaff(server, 'support')
  odile = (await server.openPractice('Odile Perrin')).holder
}, 90_000)

afterAll(async () => {
  for (const one of goingOn) await one.close()
  await jobs.close()
  await smtp.close()
  await dovecot.stop()
})

/** However long it takes on a busy machine; a test that waits in vain ends by its own time limit. */
async function until<T>(found: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (;;) {
    const it = await found()
    if (it !== undefined && it !== false) return it
    await sleep(50)
  }
}

type Left = { from: string; raw: Buffer; mail: ParsedMail }
const leftFor = (email: string) => smtp.taken.filter(({ to }) => to.includes(email))
/** The nth mail that left for an address. */
const left = (email: string, nth = 1): Promise<Left> =>
  until(async () => {
    const one = leftFor(email)[nth - 1]
    return one && { ...one, mail: await simpleParser(one.raw) }
  })

/** What became of a mail that is put into the mailbox. */
async function arrives(mail: Arriving | Buffer) {
  const raw = Buffer.isBuffer(mail) ? mail : written(mail)
  dovecot.deliver(raw)
  const sha256 = createHash('sha256').update(raw).digest()
  const line = server.db.selectFrom('incomingMails').selectAll().where('sha256', '=', sha256)
  return until(() => line.executeTakeFirst())
}

/** As a mail program answers: to where answers go, naming what is answered, with the history below. */
const answerTo = ({ mail }: Left, from: string, body: string): Arriving => ({
  from,
  to: mail.replyTo?.value[0]?.address ?? '',
  subject: `Re: ${mail.subject}`,
  answers: (mail.messageId ?? '').replaceAll(/[<>]/g, ''),
  body: `${body}\n\nLe 22 nov. 2026 à 10:00, Support <${supportAddress}> a écrit :\n\n> ${(mail.text ?? '').split('\n').join('\n> ')}`,
})

const said = async (id: string) => (await karim.call(listTicketMessages, { params: { id } })).rows
async function reply(id: string, body: string, attachmentIds: string[] = []) {
  const seenMessageId = (await said(id)).at(-1)?.id ?? null
  await karim.call(replyToTicket, {
    params: { id },
    body: { body, seenMessageId, attachmentIds, thenDo: 'wait' },
  })
}
const someone = async (email: string) =>
  called(karim, { requesterName: 'Hugo Lefèvre', requesterEmail: email })

/** Each waits for what may be taken back for fifteen seconds: they wait together. */
const together = { concurrent: true, timeout: 120_000 }

test('whoever writes is told that it came in, and nothing is left in the mailbox', together, async () => {
  const mail = await arrives({ from: `Odile Perrin <${odile.email}>`, subject: 'Une question' })
  expect(mail).toMatchObject({ state: 'filed', clientId: expect.any(String) })
  const ticket = await karim.call(getTicket, { params: { id: mail.ticketId ?? '' } })
  const told = await left(odile.email)
  expect(told.mail.subject).toBe('Re: Une question')
  expect(told.mail.inReplyTo).toBe(`<${mail.messageId}>`)
  expect(told.mail.headers.get('auto-submitted')).toBe('auto-replied')
  expect(told.mail.text).toContain(`nº\u00A0${ticket.number}`)
  const isIt = (raw: Buffer) => raw.includes(mail.messageId ?? '—')
  await until(() => !dovecot.mailsIn('INBOX').some(isIt) || undefined)
  expect(dovecot.mailsIn('MaGestionPsy').filter(isIt)).toHaveLength(1)
})

test(
  'an answer leaves with its files as a person’s mail, is answered in turn, and both stand in one ticket and one thread',
  together,
  async () => {
    const email = 'thread@example.com'
    const { id } = await someone(email)
    const file = await karim.ask(addTicketAttachment, {
      params: { id },
      query: { name: 'guide.pdf' },
      file: new Blob(['%PDF-1.7 guide'], { type: 'application/octet-stream' }),
    })
    await reply(id, 'Bonjour,\n\n- ouvrez le guide\n- suivez-le', [
      TicketAttachment.parse(JSON.parse(file.text)).id,
    ])
    const first = await left(email)
    expect(first.mail.headers.has('auto-submitted')).toBe(false)
    expect(first.mail.from?.value[0]?.address).toBe(supportAddress)
    expect(first.mail.text).toContain('- ouvrez le guide\n- suivez-le')
    expect(first.mail.html).toContain('<li>ouvrez le guide</li>')
    expect(first.mail.attachments.map(({ filename, content }) => [filename, content.toString()])).toEqual([
      ['guide.pdf', '%PDF-1.7 guide'],
    ])

    const mail = await arrives(answerTo(first, email, 'Merci, c’est clair.'))
    expect(mail).toMatchObject({ state: 'filed', ticketId: id })
    expect((await said(id)).at(-1)).toMatchObject({ kind: 'customer', body: 'Merci, c’est clair.' })
    expect(await karim.call(getTicket, { params: { id } })).toMatchObject({ waiting: false })

    await reply(id, 'Avec plaisir.')
    const second = await left(email, 2)
    expect(second.mail.inReplyTo).toBe(`<${mail.messageId}>`)
    expect(second.mail.references).toEqual([first.mail.messageId, `<${mail.messageId}>`])
    expect(second.mail.subject).toBe(`Re: ${first.mail.subject}`)
  },
)

test(
  'an unknown sender waits for somebody, though they answer what was written to another, and is told nothing',
  together,
  async () => {
    const { id } = await someone('known@example.com')
    await reply(id, 'Le bouton est en haut.')
    const first = await left('known@example.com')
    const mail = await arrives(answerTo(first, 'intruder@example.net', 'Et la facture de Hugo ?'))
    expect(mail).toMatchObject({ state: 'to_confirm', why: 'other_sender', ticketId: id })
    const { rows } = await karim.call(listReceivedMails, { query: {} })
    expect(rows.map((row) => row.id)).toContain(mail.id)
    const shown = await karim.call(getReceivedMail, { params: { id: mail.id } })
    expect(shown.suggestions[0]).toMatchObject({ id })
    expect(await said(id)).toHaveLength(2)
    expect(leftFor('intruder@example.net')).toEqual([])
  },
)

test('what another server could not hand over comes back to the reply, which says so', together, async () => {
  const email = 'full@example.com'
  const { id } = await someone(email)
  await reply(id, 'Êtes-vous là ?')
  const first = await left(email)
  // RFC 3464: to the address the mail was sent from, which is no other than where answers go.
  expect(first.from).toBe(first.mail.replyTo?.value[0]?.address)
  const mail = await arrives({
    from: 'MAILER-DAEMON@mx.example.com',
    to: first.from,
    subject: 'Undelivered Mail Returned to Sender',
    more: {
      'Return-Path': '<>',
      'Auto-Submitted': 'auto-replied',
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
    },
    content: `--b\nContent-Type: text/plain\n\nSorry.\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\n\nFinal-Recipient: rfc822; ${email}\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 mailbox full\n\n--b\nContent-Type: message/rfc822\n\n${first.raw.toString()}\n--b--\n`,
  })
  expect(mail).toMatchObject({ state: 'set_aside', why: 'bounce', ticketId: id })
  const bounce = { email, said: expect.stringContaining('mailbox full') }
  expect((await said(id)).at(-1)).toMatchObject({ body: 'Êtes-vous là ?', bounce })
  expect(await karim.call(getTicket, { params: { id } })).toMatchObject({ waiting: false, unread: true })
})

test('what our own server would not take is said on the reply too', together, async () => {
  const { id } = await someone(unreachable)
  await reply(id, 'Êtes-vous là ?')
  const bounce = await until(async () => (await said(id)).at(-1)?.bounce ?? undefined)
  expect(bounce).toMatchObject({ email: unreachable, said: expect.stringContaining('nobody here') })
  const ticket = () => karim.call(getTicket, { params: { id } })
  await until(async () => (await ticket()).events.some(({ kind }) => kind === 'mail_bounced') || undefined)
  const { waiting, events } = await ticket()
  expect([waiting, events.filter(({ kind }) => kind === 'mail_bounced')]).toEqual([
    false,
    [expect.anything()],
  ])
})

test(
  'our own mail that comes back, and a machine that answers it, end there: nothing leaves for them',
  together,
  async () => {
    const email = 'loop@example.com'
    const { id } = await someone(email)
    await reply(id, 'Le bouton est en haut.')
    const first = await left(email)
    expect(await arrives(first.raw)).toMatchObject({ state: 'set_aside', why: 'loop' })
    const absent = {
      ...answerTo(first, email, 'Je suis absente.'),
      more: { 'Auto-Submitted': 'auto-replied' },
    }
    expect(await arrives(absent)).toMatchObject({ state: 'filed', ticketId: id })
    expect((await said(id)).at(-1)).toMatchObject({ kind: 'auto' })
    expect(await karim.call(getTicket, { params: { id } })).toMatchObject({ waiting: true })
    expect([leftFor(email).length, leftFor(supportAddress)]).toEqual([1, []])
  },
)
