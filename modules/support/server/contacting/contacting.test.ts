import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  addTicketAttachment,
  contactClient,
  contactFromTicket,
  getOwnTicket,
  getTicket,
  listTicketMessages,
  replyToTicket,
  takeBackReply,
  TicketAttachment,
} from '#contract/support'
import { uuidv7 } from '#platform/server/ids.ts'
import { deskOf, supportAddress, withMailbox } from '../../../../tests/harness/arriving.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { freshStaff, type TestStaff } from '../../../../tests/harness/impersonation.ts'
import { asked, called, promiseAnswers } from '../../../../tests/harness/support.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../../tests/harness/tenants.ts'

/** A Monday, 9:00 in Paris. */
const monday = new Date('2026-11-23T08:00:00Z')
let now = monday
const clock = { now: () => now }
const later = (seconds: number) => (now = new Date(now.getTime() + seconds * 1_000))

const server = await tenancyServer({ clock, env: withMailbox })
const desk = deskOf(server, clock)
let karim: TestStaff
let lea: TestStaff
let practice: TestPractice
let odile: TestMember
beforeAll(async () => {
  await promiseAnswers(server.db)
  karim = await freshStaff(server, 'support', monday)
  lea = await freshStaff(server, 'administrator', monday)
  practice = await server.openPractice('Odile Perrin')
  odile = practice.holder
}, 90_000)
beforeEach(() => later(60))

const leave = async () => {
  later(15)
  await desk.letLeave()
}
const contact = (over: Partial<Parameters<typeof body>[0]> = {}, as = karim) =>
  as.call(contactClient, { body: body(over) })
const body = (over: {
  id?: string
  body?: string
  subject?: string
  insists?: boolean
  attachmentIds?: string[]
}) => ({
  id: uuidv7(),
  clientId: practice.clientId,
  subject: 'Votre abonnement',
  body: 'Bonjour Odile,\n\n- votre essai finit\n- rien n’est perdu',
  ...over,
})
const whole = (id: string) => karim.call(getTicket, { params: { id } })
const said = async (id: string) => (await karim.call(listTicketMessages, { params: { id } })).rows
const lettersTo = async (email: string, template = 'support.mail.written') => {
  const rows = await server.db
    .selectFrom('outgoingMails')
    .where('toEmail', '=', email)
    .where('template', '=', template)
    .orderBy('id')
    .selectAll()
    .execute()
  return rows.map((row) => ({ ...row, ...desk.parts.mail.open({ id: row.id, bodySealed: row.bodySealed! }) }))
}

describe('writing first', () => {
  test('opens a ticket of the client that leaves by mail in the writer’s own words, and waits for the answer', async () => {
    const { ticket, message } = await contact()
    expect(ticket).toMatchObject({
      client: { id: practice.clientId },
      tenant: { id: practice.tenantId },
      assignee: { id: karim.staffId },
      requester: { email: odile.email },
    })
    expect(message).toMatchObject({ kind: 'contact', toEmail: odile.email, leavesAt: expect.any(String) })
    expect(await lettersTo(odile.email)).toEqual([])
    await leave()
    const [letter] = await lettersTo(odile.email)
    expect(letter?.subject).toBe('Votre abonnement')
    expect(letter?.text).toMatch(/^Bonjour Odile,\n\n- votre essai finit\n- rien n’est perdu\n/)
    expect(letter?.post).toMatchObject({ automatic: 'no', from: { email: supportAddress } })
    expect(await whole(ticket.id)).toMatchObject({ waiting: true, status: 'in_progress' })
    const own = await odile.call(getOwnTicket, { params: { id: ticket.id } })
    expect(own.messages).toMatchObject([{ from: 'support' }])
  })

  test('is answered by mail into that ticket, which goes on', async () => {
    const { ticket } = await contact()
    await leave()
    const [letter] = await lettersTo(odile.email)
    const to = (await lettersTo(odile.email)).at(-1)?.post?.replyTo
    expect(letter).toBeDefined()
    const mail = await desk.arrive({ from: odile.email, to: to ?? '', body: 'Merci, je reste.' })
    expect(mail).toMatchObject({ state: 'filed', ticketId: ticket.id })
    expect(await whole(ticket.id)).toMatchObject({ waiting: false })
  })

  test('that is taken back leaves nothing but a ticket in the trash, and can be written as it should have been', async () => {
    const id = uuidv7()
    const { ticket, message } = await contact({ id })
    const before = await lettersTo(odile.email)
    await karim.call(takeBackReply, { params: { id, messageId: message.id } })
    expect(await whole(id)).toMatchObject({ trashedAt: expect.any(String) })
    await leave()
    expect(await lettersTo(odile.email)).toHaveLength(before.length)
    const again = await contact({ id, subject: 'Votre essai', body: 'Bonjour Odile, mieux dit.' })
    expect(again.ticket).toMatchObject({ number: ticket.number, subject: 'Votre essai', trashedAt: null })
    await leave()
    expect((await lettersTo(odile.email)).at(-1)?.text).toContain('mieux dit')
  })

  test('twice by one id is written once; nobody else’s id is theirs', async () => {
    const id = uuidv7()
    const { message } = await contact({ id })
    expect((await contact({ id })).message.id).toBe(message.id)
    expect(await said(id)).toHaveLength(1)
    expect((await lea.ask(contactClient, { body: body({ id }) })).status).toBe(404)
  })

  test('brings the files that were chosen before there was a ticket', async () => {
    const id = uuidv7()
    const kept = await karim.ask(addTicketAttachment, {
      params: { id },
      query: { name: 'tarifs.pdf', begins: 'yes' },
      file: new Blob(['%PDF-1.7\n'], { type: 'application/octet-stream' }),
    })
    const { id: fileId } = TicketAttachment.parse(JSON.parse(kept.text))
    const { message } = await contact({ id, attachmentIds: [fileId] })
    expect(message.attachments).toMatchObject([{ name: 'tarifs.pdf' }])
    await leave()
    expect((await lettersTo(odile.email)).at(-1)?.post?.attachments).toEqual([
      { name: 'tarifs.pdf', mediaType: 'application/pdf', store: 'support-files', folder: id, file: fileId },
    ])
  })

  test('from a ticket goes to the client’s own address, beside what is said in the app', async () => {
    const own = await asked(odile)
    const seenMessageId = (await said(own.id)).at(-1)?.id ?? null
    const message = await karim.call(contactFromTicket, {
      params: { id: own.id },
      body: { body: 'Bonjour, je vous écris aussi par e-mail.', seenMessageId },
    })
    expect(message).toMatchObject({ kind: 'contact', toEmail: odile.email })
    await leave()
    expect((await lettersTo(odile.email)).at(-1)?.text).toContain('aussi par e-mail')
    expect(await whole(own.id)).toMatchObject({ waiting: true })
  })

  test('from a ticket without a client is refused: there is nobody to write to', async () => {
    const { id } = await called(karim)
    const seenMessageId = (await said(id)).at(-1)?.id ?? null
    expect(
      await karim.refused(contactFromTicket, { params: { id }, body: { body: 'Bonjour', seenMessageId } }),
    ).toMatchObject({ status: 422, code: 'ticket_nobody_to_contact' })
  })
})

describe('a patient’s data', () => {
  const naming = 'Bonjour,\n\nla fiche de la patiente Durand est là.'

  test('does not leave by mail unless its writer insists, which the log remembers', async () => {
    const refused = await karim.refused(contactClient, { body: body({ body: naming }) })
    expect(refused).toMatchObject({
      status: 422,
      code: 'ticket_patient_data_by_mail',
      details: { field: 'body', findings: [{ kind: 'name', words: 'patiente Durand' }] },
    })
    const { message } = await contact({ body: naming, insists: true })
    expect(message.insisted).toBe(true)
    const entries = await entriesOf(server, { verb: 'ticket.client_contacted' })
    expect(entries.some(({ after }) => (after as { insisted?: boolean } | null)?.insisted)).toBe(true)
  })

  test('is looked for in replies to whoever has no account, and not in those that are read in the app', async () => {
    const answer = async (id: string) => {
      const seenMessageId = (await said(id)).at(-1)?.id ?? null
      return karim.ask(replyToTicket, { params: { id }, body: { body: naming, seenMessageId } })
    }
    expect((await answer((await called(karim)).id)).status).toBe(422)
    expect((await answer((await asked(odile)).id)).status).toBe(201)
  })

  test('is looked for in what a letter is called; and what a customer called theirs is repeated to nobody', async () => {
    const named = { subject: 'La patiente Durand' }
    expect(await karim.refused(contactClient, { body: body(named) })).toMatchObject({
      details: { field: 'subject' },
    })
    const mail = await desk.arrive({ from: odile.email, subject: 'Ma patiente Durand' })
    const { number } = await whole(mail.ticketId ?? '')
    const [letter] = (await lettersTo(odile.email, 'support.mail.received')).slice(-1)
    expect(letter?.subject).toBe(`Votre demande nº\u00A0${number}`)
    expect(JSON.stringify([letter?.text, letter?.html])).not.toContain('Durand')
  })

  test('is not whoever is written to', async () => {
    const { message } = await contact({ body: 'Bonjour Mme Perrin, Madame Odile Perrin,\n\nmerci.' })
    expect(message.insisted).toBe(false)
  })
})
