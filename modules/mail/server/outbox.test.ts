import { describe, expect, test } from 'vitest'
import { getMail, getMailPage, listDemonstrationMails, listMails } from '#contract/mail'
import { addressOf } from '#platform/contract/endpoint.ts'
import { systemClock } from '#platform/server/clock.ts'
import { openLog } from '#platform/server/log.ts'
import { openMail, type Mail } from '#platform/server/mail.ts'
import { sentencesOf } from '#platform/server/sentences.ts'
import { testServer, type TestServer } from '../../../tests/harness/server.ts'
import { readMessages } from '../../../apps/server/messages.ts'

const server = await testServer()
const thomas = await server.as('technical_administrator')

const words = {
  'test.reset.subject': 'Choisissez un mot de passe',
  'test.reset.body': 'Bonjour {name},\n\nvoici votre lien.',
  'test.reset.action': 'Choisir',
}
const messages = readMessages()
const sentences = sentencesOf({ fr: { ...messages.fr, ...words }, en: { ...messages.en, ...words } })

/** Mail as the server itself writes it: the demonstration captures it. */
function mailOf({ db, vault }: TestServer): Mail {
  return openMail({
    config: {
      appEnv: 'demonstration',
      smtpUrl: undefined,
      mailFrom: { name: '', email: 'no-reply@example.com' },
    },
    db,
    vault,
    sentences,
    clock: systemClock,
    log: openLog('silent'),
    jobs: () => {
      throw new Error('captured mail needs no job')
    },
  })
}

const sentTo = (email: string, on: TestServer = server) =>
  mailOf(on).send(on.db, {
    to: { name: 'Irène', email },
    language: 'fr',
    template: 'test.reset',
    values: { name: 'Irène' },
    action: { url: 'http://localhost:3000/password-reset#token=secret' },
  })

describe('the outbox', () => {
  test('lists mail newest first, page by page, with how many there are', async () => {
    const ids: string[] = []
    for (const nth of [1, 2, 3]) ids.push(await sentTo(`page${nth}@example.com`))
    const first = await thomas.call(listMails, { query: { q: 'PAGE', limit: 2 } })
    expect(first.rows.map(({ id }) => id)).toEqual([ids[2], ids[1]])
    expect(first).toMatchObject({ total: 3, totalIsExact: true })
    const rest = await thomas.call(listMails, { query: { q: 'PAGE', limit: 2, after: first.next ?? '' } })
    expect([rest.rows.map(({ id }) => id), rest.next]).toEqual([[ids[0]], null])
  })

  test('is searched by any part of the address, whose signs stand for themselves', async () => {
    await sentTo('a_b%c@example.com')
    await sentTo('axbxc@example.com')
    const found = async (q: string) =>
      (await thomas.call(listMails, { query: { q } })).rows.map(({ to }) => to.email)
    expect(await found('A_B')).toEqual(['a_b%c@example.com'])
    expect(await found('b%c@')).toEqual(['a_b%c@example.com'])
    expect(await found('nobody')).toEqual([])
  })

  test('is filtered by how far a mail got', async () => {
    const id = await sentTo('failed@example.com')
    await server.db
      .updateTable('outgoingMails')
      .set({ state: 'failed', bodySealed: null, erasedAt: new Date(), lastError: '550 no such person' })
      .where('id', '=', id)
      .execute()
    const { rows } = await thomas.call(listMails, { query: { state: 'failed' } })
    expect(rows).toMatchObject([{ id, state: 'failed', lastError: '550 no such person' }])
  })

  test('shows what a captured mail says, with its link', async () => {
    const id = await sentTo('irene@example.com')
    expect(await thomas.call(getMail, { params: { id } })).toMatchObject({
      to: { name: 'Irène', email: 'irene@example.com' },
      subject: 'Choisissez un mot de passe',
      state: 'captured',
      words: {
        text: expect.stringContaining('voici votre lien.'),
        action: { label: 'Choisir', url: 'http://localhost:3000/password-reset#token=secret' },
      },
    })
  })

  test('shows it as a page under rules of its own: nothing runs there and it has no session', async () => {
    const id = await sentTo('irene@example.com')
    const page = await thomas.send('GET', addressOf(getMailPage, { id }))
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(page.text).toContain('<p style="margin:0 0 16px">Bonjour Irène,</p>')
    const rules = String(page.headers['content-security-policy']).split('; ')
    expect(rules).toContain("default-src 'none'")
    expect(rules.find((rule) => rule.startsWith('sandbox'))).not.toMatch(/allow-(scripts|same-origin)/)
    expect(page.headers['cache-control']).toBe('no-store')
  })

  test.each(['queued', 'sent', 'failed'])('says nothing of a mail that is %s', async (state) => {
    const id = await sentTo('irene@example.com')
    const isSent = state === 'sent'
    await server.db
      .updateTable('outgoingMails')
      .set({
        state,
        sentAt: isSent ? new Date() : null,
        ...(state === 'queued' ? {} : { bodySealed: null, erasedAt: new Date() }),
      })
      .where('id', '=', id)
      .execute()
    expect(await thomas.call(getMail, { params: { id } })).toMatchObject({ state, words: null })
    expect((await thomas.send('GET', addressOf(getMailPage, { id }))).status).toBe(404)
  })

  test('does not know a mail that is not there', async () => {
    const id = '0199a000-0000-7000-8000-000000000000'
    expect((await thomas.refused(getMail, { params: { id } })).status).toBe(404)
  })

  test.each(['', 'x', '\u0000'])('the made-up cursor %j is a wrong field', async (at) => {
    const after = Buffer.from(JSON.stringify({ at, id: '0199a000-0000-7000-8000-000000000000' }))
    expect(await thomas.refused(listMails, { query: { after: after.toString('base64url') } })).toMatchObject({
      status: 400,
      fields: [{ in: 'query', path: 'after', code: 'cursor_invalid' }],
    })
  })
})

describe('who tries the demonstration', () => {
  test('reads the latest mail without signing in', async () => {
    const id = await sentTo('visitor@example.com')
    const { rows } = await server.anybody.call(listDemonstrationMails)
    expect(rows[0]).toMatchObject({
      id,
      action: { label: 'Choisir' },
      text: expect.stringContaining('Irène'),
    })
    expect(rows.length).toBeLessThanOrEqual(20)
  })
})

test('no other environment shows anybody its mail', async () => {
  const staging = await testServer({
    env: {
      APP_ENV: 'staging',
      BACKOFFICE_URL: 'http://localhost:3000',
      PRACTICE_URL: 'http://app.localhost:3000',
    },
  })
  await sentTo('visitor@example.com', staging)
  expect((await staging.anybody.refused(listDemonstrationMails)).status).toBe(404)
})
