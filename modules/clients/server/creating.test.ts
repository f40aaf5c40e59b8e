import { expect, test } from 'vitest'
import { createClient, getClient, listClients, trashClient } from '#contract/clients'
import { testServer } from '../../../tests/harness/server.ts'

const server = await testServer()
const support = await server.as('support')
const roxane = {
  kind: 'practitioner',
  status: 'active',
  lastName: 'Arnaud',
  firstName: 'Roxane',
} as const
let made = 0
const freshEmail = () => `new.client${made++}@example.com`

test('a client is kept as it should be written: e-mail in small letters, phone in E.164, numbers without spaces', async () => {
  const created = await support.call(createClient, {
    body: {
      ...roxane,
      email: '  Roxane.ARNAUD@Example.com ',
      phone: '06.39.98.01 02',
      postalCode: '20000',
      city: ' Ajaccio ',
      department: '2a',
      rpps: '1239 7010 146',
      siret: '732 829 320 00074',
      address: 'Résidence « Les Tilleuls »\n12, rue de l’Église',
      internalNote: '',
      nextPaymentOn: '2026-12-14',
    },
  })
  expect(created).toMatchObject({
    ...roxane,
    email: 'roxane.arnaud@example.com',
    phone: '+33639980102',
    city: 'Ajaccio',
    department: '2A',
    rpps: '12397010146',
    siret: '73282932000074',
    internalNote: null,
    nextPaymentOn: '2026-12-14',
    lastSignInAt: null,
    version: 1,
    trashedAt: null,
    subscription: null,
  })
  expect(await support.call(getClient, { params: { id: created.id } })).toEqual(created)
})

test.each([
  ['lastName', { lastName: ' ' }, 'last_name_missing'],
  ['lastName', { lastName: 'x'.repeat(121) }, 'too_big'],
  ['lastName', { lastName: 'a\u0000b' }, 'control_characters'],
  ['lastName', { lastName: ['Arnaud'] }, 'invalid_type'],
  ['firstName', { firstName: 'a\nb' }, 'control_characters'],
  ['email', { email: 'roxane' }, 'email_invalid'],
  ['email', { email: 'roxane@example' }, 'email_invalid'],
  ['email', { email: `${'x'.repeat(250)}@example.com` }, 'email_invalid'],
  ['email', { email: null }, 'invalid_type'],
  ['status', { status: 'closed' }, 'invalid_value'],
  ['kind', { kind: 'patient' }, 'invalid_value'],
  ['phone', { phone: 'by letter' }, 'phone_invalid'],
  ['department', { department: '20' }, 'department_unknown'],
  ['department', { department: '99' }, 'department_unknown'],
  ['rpps', { rpps: '10001234567' }, 'rpps_invalid'],
  ['rpps', { rpps: '123' }, 'rpps_invalid'],
  ['siret', { siret: '73282932000075' }, 'siret_invalid'],
  ['nextPaymentOn', { nextPaymentOn: '0000-00-00' }, 'invalid_format'],
  ['nextPaymentOn', { nextPaymentOn: '2026-02-30' }, 'invalid_format'],
  ['nextPaymentOn', { nextPaymentOn: '0001-01-01' }, 'date_out_of_range'],
  ['internalNote', { internalNote: 'x'.repeat(5_001) }, 'too_big'],
  ['internalNote', { internalNote: { text: 'x' } }, 'invalid_type'],
  ['id', { id: '0198c5d2-0000-7000-8000-000000000000' }, 'unknown'],
  ['version', { version: 7 }, 'unknown'],
  ['lastSignInAt', { lastSignInAt: '2026-01-01T00:00:00Z' }, 'unknown'],
])('the field %s is named when it is wrong: %o', async (path, wrong, code) => {
  const body = { ...roxane, email: freshEmail(), ...wrong }
  const reply = await support.send('POST', '/api/v1/clients', { body })
  expect(reply.status).toBe(400)
  const { error } = JSON.parse(reply.text) as { error: { fields: { path: string; code: string }[] } }
  expect(error.fields[0]).toMatchObject({ in: 'body', path, code })
})

test('every wrong field is told at once, in the reader’s language', async () => {
  const body = { ...roxane, lastName: '', email: 'x', siret: '1' }
  const [french, english] = await Promise.all(
    ['fr', 'en'].map((language) =>
      support.send('POST', '/api/v1/clients', { body, headers: { 'accept-language': language } }),
    ),
  )
  expect(french?.text).toContain('Indiquez le nom de famille.')
  expect(english?.text).toContain('Enter the last name.')
  const fields = (JSON.parse(french?.text ?? '') as { error: { fields: { path: string }[] } }).error.fields
  expect(fields.map(({ path }) => path)).toEqual(['lastName', 'email', 'siret'])
})

test('a second client with the same e-mail is refused, and told who has it', async () => {
  const email = freshEmail()
  const { id } = await support.call(createClient, { body: { ...roxane, email } })
  const refused = await support.refused(createClient, { body: { ...roxane, email: email.toUpperCase() } })
  expect(refused).toMatchObject({
    status: 409,
    code: 'client_email_taken',
    details: { id, lastName: 'Arnaud', firstName: 'Roxane', inTrash: false },
  })
})

test('the refusal says when the one who has the e-mail is in the trash', async () => {
  const email = freshEmail()
  const { id } = await support.call(createClient, { body: { ...roxane, email } })
  await (await server.as('compliance')).call(trashClient, { params: { id } })
  const refused = await support.refused(createClient, { body: { ...roxane, email } })
  expect(refused).toMatchObject({ code: 'client_email_taken', details: { id, inTrash: true } })
  expect(refused.message).toContain('corbeille')
})

test('ten people adding the same client at once add one', async () => {
  const email = freshEmail()
  const replies = await Promise.all(
    Array.from({ length: 10 }, () =>
      support.send('POST', '/api/v1/clients', { body: { ...roxane, lastName: 'Course', email } }),
    ),
  )
  expect(replies.map(({ status }) => status).toSorted()).toEqual([
    201,
    ...Array.from({ length: 9 }, () => 409),
  ])
  expect((await support.call(listClients, { query: { q: 'course' } })).total).toBe(1)
})

test('whoever may only read adds nobody', async () => {
  const auditor = await server.as('auditor')
  expect(await auditor.refused(createClient, { body: { ...roxane, email: freshEmail() } })).toMatchObject({
    status: 403,
    code: 'forbidden',
  })
})
