import { readFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createClient, updateClient } from '#contract/clients'
import {
  checkIdentity,
  CopyOutcome,
  getPrivacyRequest,
  prepareCopy,
  receivePrivacyRequest,
  type RequestKind,
} from '#contract/privacy'
import { addTicketNote } from '#contract/support'
import { getJob } from '#platform/contract/jobs.ts'
import { dayOf } from '#platform/server/clock.ts'
import { tellStories } from '../../../../tests/harness/billing-stories.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { called } from '../../../../tests/harness/support.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import type { Copy } from './contents.ts'

const server = await testServer()
const nadege = await server.as('compliance')
const stories = await tellStories(server.pool)
const today = dayOf(new Date())

const { id: roxane, version } = await nadege.call(createClient, {
  body: {
    kind: 'practitioner',
    status: 'active',
    lastName: 'Arnaud',
    firstName: 'Roxane',
    email: 'roxane.arnaud@example.com',
    internalNote: 'Paie toujours le 5',
    origin: 'Pages Jaunes',
  },
})
await nadege.call(updateClient, { params: { id: roxane }, body: { version, city: 'Metz' } })
await stories.subscribe(roxane, { from: '2026-01-01' })
await stories.pay(await stories.invoice(roxane, { on: '2026-02-01' }), 2_900, '2026-02-03')
await stories.client('Odile Verneuil')

async function identified(kind: RequestKind, clientId: string | null = roxane) {
  const { id, number } = await nadege.call(receivePrivacyRequest, {
    body: {
      kind,
      clientId,
      name: 'x',
      email: null,
      receivedOn: today,
      channel: 'email',
      wording: 'Mes données.',
    },
  })
  const params = { id }
  await nadege.call(checkIdentity, { params, body: { method: 'account', checkedOn: today } })
  return { params, number }
}

async function copied(kind: 'access' | 'portability') {
  const { params, number } = await identified(kind)
  const { jobId } = await nadege.call(prepareCopy, { params })
  await expect
    .poll(async () => (await nadege.call(getJob, { params: { id: jobId } })).state, { timeout: 10_000 })
    .toBe('done')
  const job = await nadege.call(getJob, { params: { id: jobId } })
  const outcome = CopyOutcome.parse(job.result)
  expect(outcome.number).toBe(number)
  const { storageKey, name, mediaType } = await server.db
    .selectFrom('storedFiles')
    .where('id', '=', outcome.fileId)
    .select(['storageKey', 'name', 'mediaType'])
    .executeTakeFirstOrThrow()
  const text = await readFile(`${server.dataDir}/files/${storageKey}`, 'utf8')
  expect([name, mediaType]).toEqual([`demande-${number}-copie-${today}.json`, 'application/json'])
  return { params, text, copy: JSON.parse(text) as Copy, fileId: outcome.fileId }
}

test('a copy for access holds everything that is held of the person, and nothing of anybody else', async () => {
  const { copy, text } = await copied('access')
  expect(copy).toMatchObject({
    format: 'magestionpsy.client-data',
    request: { article: 'GDPR article 15' },
    identity: { lastName: 'Arnaud', email: 'roxane.arnaud@example.com', city: 'Metz' },
    subscriptions: [{ plan: 'Solo', status: 'active', monthlyCents: 2_417, payingFrom: '2026-01-01' }],
    invoices: [
      { issuedOn: '2026-02-01', totalInclCents: 2_900, lines: [{ quantity: 1, unitPriceCents: 2_417 }] },
    ],
    payments: [{ receivedOn: '2026-02-03', amountCents: 2_900 }],
    internalNote: 'Paie toujours le 5',
    origin: 'Pages Jaunes',
    history: [{ verb: 'client.created' }, { verb: 'client.updated' }],
  })
  expect(text).not.toContain('Verneuil')
  // Who did it are other people's data.
  expect(text).not.toContain('Rousseau')
})

test('a copy for portability leaves out what the house noted for itself', async () => {
  const { copy, text } = await copied('portability')
  expect(Object.keys(copy)).toEqual([
    'format',
    'version',
    'preparedAt',
    'request',
    'identity',
    'subscriptions',
    'invoices',
    'payments',
    'tickets',
  ])
  expect(text).not.toContain('Paie toujours')
})

test('what was said to support is copied: with answers and notes for access, without for portability, and nobody else’s words', async () => {
  const karim = await server.as('support')
  const { id } = await called(karim, {
    subject: 'Un virement manque',
    body: 'Il devait arriver lundi.',
    clientId: roxane,
    requesterName: 'Roxane Arnaud',
    requesterEmail: 'roxane.arnaud@example.com',
  })
  await karim.call(addTicketNote, {
    params: { id },
    body: { body: 'Vu avec la banque.', attachmentIds: [], mentions: [] },
  })
  await called(karim, { body: 'Cela n’est pas à elle.', requesterEmail: 'odile.perrin@example.com' })
  const { copy } = await copied('access')
  expect(copy.tickets).toMatchObject([
    {
      subject: 'Un virement manque',
      messages: [
        { by: 'you', body: 'Il devait arriver lundi.', files: [] },
        { by: 'note', body: 'Vu avec la banque.' },
      ],
      rating: null,
    },
  ])
  const portable = await copied('portability')
  expect(portable.copy.tickets.map(({ messages }) => messages.map(({ by }) => by))).toEqual([['you']])
  expect(portable.text).not.toContain('n’est pas à elle')
})

test('the steps and the log tell that it was prepared, with its fingerprint', async () => {
  const { params, text, fileId } = await copied('access')
  const sha256 = createHash('sha256').update(text).digest('hex')
  const { steps } = await nadege.call(getPrivacyRequest, { params })
  expect(steps.map(({ kind }) => kind)).toEqual([
    'received',
    'identity_checked',
    'copy_requested',
    'copy_prepared',
  ])
  expect(steps.at(-1)).toMatchObject({ note: sha256, by: 'Nadège Rousseau' })
  const [entry] = await entriesOf(server, { verb: 'privacy_request.copy_prepared', object: params.id })
  expect(entry?.after).toMatchObject({ fileId, sha256 })
})

test('the file is its maker’s alone', async () => {
  const { fileId } = await copied('access')
  expect((await nadege.send('GET', `/api/v1/files/${fileId}`)).status).toBe(200)
  const top = await server.as('super_administrator')
  expect((await top.send('GET', `/api/v1/files/${fileId}`)).status).toBe(404)
})
