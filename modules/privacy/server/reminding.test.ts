import { beforeEach, expect, test } from 'vitest'
import { readMessages } from '../../../apps/server/messages.ts'
import { answerPrivacyRequest, receivePrivacyRequest, type RequestFields } from '#contract/privacy'
import { sentencesOf } from '#platform/server/sentences.ts'
import { lettersTo, mailOf } from '../../../tests/harness/mailbox.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { reminding, remindOfDeadlines } from './reminding.ts'

const clock = { now: () => new Date('2026-07-06T06:00:00Z') }
const server = await testServer({ clock })
const nadege = await server.as('compliance')
const on = {
  mail: mailOf(server, clock),
  sentences: sentencesOf(readMessages()),
  clock,
  backofficeUrl: new URL('https://admin.example.com'),
}

const aRequest = (receivedOn: string, kind: RequestFields['kind'] = 'access') =>
  nadege.call(receivePrivacyRequest, {
    body: {
      kind,
      clientId: null,
      name: 'Yvonne Delaunay',
      email: null,
      receivedOn,
      channel: 'email',
      wording: 'Mes données ?',
    },
  })
const letters = (email = 'compliance@example.com') => lettersTo(server, email)

beforeEach(async () => {
  const waiting = await server.db
    .selectFrom('privacyRequests')
    .where('answeredOn', 'is', null)
    .select('id')
    .execute()
  for (const { id } of waiting)
    await nadege.call(answerPrivacyRequest, {
      params: { id },
      body: { outcome: 'withdrawn', answeredOn: '2026-07-06' },
    })
})

test('nothing near, nothing mailed', async () => {
  const before = (await letters()).length
  await aRequest('2026-06-14')
  await remindOfDeadlines(server.db, on)
  expect((await letters()).length).toBe(before)
})

test('whoever handles requests is told each morning what is late and what is near, and names nobody', async () => {
  const late = await aRequest('2026-06-02', 'erasure')
  const near = await aRequest('2026-06-10')
  await aRequest('2026-06-20')
  await remindOfDeadlines(server.db, on)
  const letter = (await letters()).at(-1)
  expect(letter).toMatchObject({
    template: 'privacy.mail.deadlines',
    subject: 'Une demande RGPD est en retard',
    url: 'https://admin.example.com/privacy',
  })
  const said = letter?.text.replaceAll('\u00A0', ' ')
  expect(said).toContain(
    `n° ${late.number}, Effacement : en retard de 4 jours · n° ${near.number}, Accès : à répondre dans 4 jours`,
  )
  expect(said).not.toContain('Delaunay')
  expect((await letters('super-administrator@example.com')).at(-1)?.template).toBe('privacy.mail.deadlines')
  // Reading the register is not handling it.
  for (const reader of ['auditor', 'direction', 'administrator'])
    expect((await letters(`${reader}@example.com`)).map(({ template }) => template)).not.toContain(
      'privacy.mail.deadlines',
    )
})

test('many are counted, and ten are named', async () => {
  for (let n = 0; n < 12; n++) await aRequest('2026-06-08')
  await remindOfDeadlines(server.db, on)
  const letter = (await letters()).at(-1)
  expect(letter?.subject.replaceAll('\u00A0', ' ')).toBe('12 demandes RGPD arrivent à échéance')
  expect(letter?.text.match(/n°/g)).toHaveLength(10)
  expect(letter?.text).toContain('Et 2 autres dans le registre.')
})

test('it is eight o’clock in Paris', () => {
  expect(reminding(on).cron).toBe('0 8 * * *')
})
