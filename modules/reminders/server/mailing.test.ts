import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cancelFeeNote, issueFeeNote } from '#contract/fees'
import { listMessages, resendMessage, sendFeeNote, sendMessage } from '#contract/reminders'
import { systemClock } from '#platform/server/clock.ts'
import { openLog } from '#platform/server/log.ts'
import { sentencesOf } from '#platform/server/sentences.ts'
import { readMessages } from '../../../apps/server/messages.ts'
import { aPatient, heldAppointment, withMentions } from '../../../tests/harness/fees.ts'
import { textOfPdf } from '../../../tests/harness/pdf-text.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../tests/harness/tenants.ts'
import { openCarriers } from './carriers.ts'
import { deliverDue } from './delivering.ts'
import type { Parts } from './parts.ts'

// It answers and runs no jobs: what leaves, leaves where this file looks.
const server = await tenancyServer({ env: { ROLE: 'web' } })
let practice: TestPractice
let claire: TestMember
let parts: Parts
type Received = { to: string[]; message: string }
const received: Received[] = []
const mailServer = new SMTPServer({
  authOptional: true,
  logger: false,
  onData(stream, { envelope }, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      received.push({
        to: envelope.rcptTo.map(({ address }) => address),
        message: Buffer.concat(chunks).toString('latin1'),
      })
      done()
    })
  },
})

beforeAll(async () => {
  practice = await server.openPractice('Claire Moreau')
  claire = practice.holder
  await withMentions(server, practice)
  mailServer.listen(0, '127.0.0.1')
  await once(mailServer.server, 'listening')
  const { port } = mailServer.server.address() as AddressInfo // it listens on TCP
  parts = {
    db: server.db,
    databases: server.tenants.databases,
    jobs: () => ({ send: () => Promise.resolve() }),
    sentences: sentencesOf(readMessages()),
    clock: systemClock,
    log: openLog('silent'),
    carriers: openCarriers({
      appEnv: 'staging',
      smtpUrl: `smtp://127.0.0.1:${port}`,
      mailFrom: { name: 'MaGestionPsy', email: 'no-reply@example.com' },
      smsUrl: undefined,
      smsToken: undefined,
      smsFrom: undefined,
    }),
  }
  await server.tenants.databases.within(practice.tenantId, 'practitioner', (db) =>
    db.updateTable('practice').set({ name: 'Cabinet Moreau', email: 'cabinet@example.com' }).execute(),
  )
}, 60_000)
afterAll(() => new Promise<void>((closed) => mailServer.close(() => closed())))

const withEmail = async (name: string, email: string) => {
  const patientId = await aPatient(server, practice, name)
  await server.tenants.databases.within(practice.tenantId, 'practitioner', (db) =>
    db.updateTable('patients').set({ email }).where('id', '=', patientId).execute(),
  )
  return patientId
}

async function noteOf(patientId: string, payerId?: string) {
  const id = await heldAppointment(server, practice, { patientId })
  const items = [{ kind: 'appointment' as const, id }]
  const body = { patientId, items, totalCents: 6000, ...(payerId && { payerId }) }
  return claire.call(issueFeeNote, { body })
}

const beside = (patientId: string, name: string, email: string, pays = false) =>
  server.tenants.databases.within(practice.tenantId, 'practitioner', async (db) => {
    const [firstName = '', lastName = ''] = name.split(' ')
    const row = { patientId, role: 'other', firstName, lastName, email, pays }
    return (await db.insertInto('relatives').values(row).returning('id').executeTakeFirstOrThrow()).id
  })

const last = () => received.at(-1) ?? { to: [], message: '' }

/** Quoted-printable (RFC 2045, 6.7), as text and pages are sent. */
const readable = (message: string) =>
  Buffer.from(
    message
      .replaceAll('=\r\n', '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()

function attached(message: string): { filename: string; content: Buffer } {
  const found = /filename="?([^"\r\n]+)"?[^]*?\r\n\r\n([\w+/=\r\n]+)/.exec(message)
  return { filename: found?.[1] ?? '', content: Buffer.from(found?.[2] ?? '', 'base64') }
}

test('an e-mail comes in the practice’s name, is answered to the practice, and says what was written', async () => {
  const patientId = await withEmail('Nora Benali', 'nora@example.com')
  const { id } = await claire.call(sendMessage, {
    body: {
      channel: 'email',
      patientId,
      subject: 'Fermeture',
      body: 'Le cabinet est fermé lundi.\n\nÀ <bientôt>',
    },
  })
  await deliverDue(practice.tenantId, parts)
  const { to, message } = last()
  expect(to).toEqual(['nora@example.com'])
  for (const line of [
    'Subject: Fermeture',
    `Message-ID: <${id}@example.com>`,
    'From: Cabinet Moreau <no-reply@example.com>',
    'Reply-To: cabinet@example.com',
  ])
    expect(message).toContain(`${line}\r\n`)
  expect(readable(message)).toContain('Le cabinet est fermé lundi.')
  expect(readable(message)).toContain('À &lt;bientôt&gt;')
})

test('a fee note goes as a PDF to the payer it is addressed to, and the mail names neither amount nor patient', async () => {
  const patientId = await withEmail('Emma Petit', 'emma@example.com')
  const paul = await beside(patientId, 'Paul Petit', 'paul@example.com', true)
  const note = await noteOf(patientId, paul)
  await claire.call(sendFeeNote, { body: { feeNoteId: note.id } })
  await deliverDue(practice.tenantId, parts)
  const { to, message } = last()
  expect(to).toEqual(['paul@example.com'])
  expect(readable(message)).toContain(`la note d’honoraires ${note.number} du`)
  const [text = ''] = message.split('filename=')
  expect(readable(text)).not.toMatch(/Emma|60,00/)
  const pdf = attached(message)
  expect(pdf.filename).toBe(`${note.number}.pdf`)
  expect(textOfPdf(pdf.content)).toContain('Petit')
})

test('a fee note that was cancelled before it left stays, and the journal says why', async () => {
  const note = await noteOf(await withEmail('Hugo Perrin', 'hugo@example.com'))
  const { id } = await claire.call(sendFeeNote, { body: { feeNoteId: note.id } })
  await claire.call(cancelFeeNote, { params: { id: note.id }, body: { reason: 'Erreur' } })
  const before = received.length
  await deliverDue(practice.tenantId, parts)
  expect(received).toHaveLength(before)
  const { rows } = await claire.call(listMessages, { query: { feeNoteId: note.id } })
  expect(rows).toMatchObject([{ id, state: 'failed', problem: 'attachment_missing' }])
})

describe('a fee note goes to whom it is addressed to', () => {
  const sentTo = async (feeNoteId: string) =>
    (await claire.call(sendFeeNote, { body: { feeNoteId } })).recipient
  const unsent = async (feeNoteId: string) =>
    (await claire.refused(sendFeeNote, { body: { feeNoteId } })).code

  test('whoever else pays for the patient: the payer, or the patient', async () => {
    const patientId = await withEmail('Tom Garnier', 'tom@example.com')
    await beside(patientId, 'Sonia Garnier', 'sonia@example.com', true)
    const luc = await beside(patientId, 'Luc Garnier', 'luc@example.com')
    expect(await sentTo((await noteOf(patientId, luc)).id)).toBe('luc@example.com')
    expect(await sentTo((await noteOf(patientId)).id)).toBe('tom@example.com')
  })

  test('and to nobody in their place: not where they have no address, nor where two of the name have their own', async () => {
    const patientId = await withEmail('Lou Roche', 'lou@example.com')
    await beside(patientId, 'Sonia Roche', 'sonia@example.com', true)
    const unreached = await noteOf(patientId, await beside(patientId, 'Luc Roche', ''))
    expect(await unsent(unreached.id)).toBe('message_recipient_missing')
    const ambiguous = await noteOf(patientId, await beside(patientId, 'Max Roche', 'max@example.com'))
    await beside(patientId, 'Max Roche', 'other-max@example.com')
    expect(await unsent(ambiguous.id)).toBe('message_recipient_missing')
    const patients = await withEmail('Ida Roche', '')
    await beside(patients, 'Sonia Roche', 'sonia@example.com', true)
    expect(await unsent((await noteOf(patients)).id)).toBe('message_recipient_missing')
  })
})

test('a fee note is sent again by who may send one, whatever else they may send', async () => {
  const note = await noteOf(await withEmail('Zoé Blin', 'zoe@example.com'))
  const { id } = await claire.call(sendFeeNote, { body: { feeNoteId: note.id } })
  await deliverDue(practice.tenantId, parts)
  const lea = await practice.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
  const before = received.length
  expect(await lea.refused(resendMessage, { params: { id } })).toMatchObject({
    status: 403,
    code: 'forbidden',
    details: { permission: 'fees.manage' },
  })
  await deliverDue(practice.tenantId, parts)
  expect(received).toHaveLength(before)
  const ida = await practice.join({ firstName: 'Ida', lastName: 'Roux', profile: 'secretary' })
  const rights = ['patients', 'messages', 'fees']
  await server.db.updateTable('members').set({ rights }).where('id', '=', ida.memberId).execute()
  await ida.call(resendMessage, { params: { id } })
  await deliverDue(practice.tenantId, parts)
  expect(last().to).toEqual(['zoe@example.com'])
})
