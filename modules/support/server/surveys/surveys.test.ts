import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  answerOwnTicket,
  answerSurvey,
  getTicket,
  listTicketMessages,
  mergeTicket,
  openSurvey,
  rateOwnTicket,
  reopenTicket,
  replyToTicket,
  resolveTicket,
  updateTicket,
} from '#contract/support'
import { openLog } from '#platform/server/log.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { openBrowserless } from '../../../../tests/harness/browserless.ts'
import { freshStaff } from '../../../../tests/harness/impersonation.ts'
import { lettersTo, mailOf, noMailbox } from '../../../../tests/harness/mailbox.ts'
import { asked, called } from '../../../../tests/harness/support.ts'
import { tenancyServer, type TestMember } from '../../../../tests/harness/tenants.ts'
import { letLeave } from '../conversation/leaving.ts'
import { askHowItWas } from './asking.ts'
import { surveyToken } from './token.ts'

/** A Monday, 9:00 in Paris. */
const monday = new Date('2026-11-23T08:00:00Z')
let now = monday
const clock = { now: () => now }
const hours = (many: number) => (now = new Date(now.getTime() + many * 3_600_000))

// Nobody but the test asks: a process of the web does not.
const server = await tenancyServer({ clock, env: { ROLE: 'web' } })
const parts = {
  db: server.db,
  clock,
  log: openLog('silent'),
  mail: mailOf(server, clock),
  vault: server.vault,
  post: noMailbox,
  practiceUrl: new URL('http://app.localhost:3000'),
  backofficeUrl: new URL('http://localhost:3000'),
}
let odile: TestMember
beforeAll(async () => {
  odile = (await server.openPractice('Odile Perrin')).holder
}, 90_000)
beforeEach(async () => {
  now = monday
  odile = await server.asMember(odile.memberId)
})

/** Signed in a moment ago: a session that nobody used for hours is over. */
const karim = () => freshStaff(server, 'support', now)
const ask = () => askHowItWas(server.db, parts)
const nobody = openBrowserless(server.app, 'app.localhost:3000', '192.0.2.9')
const someone = () => `claude.${uuidv7()}@example.com`

async function answered(id: string): Promise<void> {
  const { rows } = await (await karim()).call(listTicketMessages, { params: { id } })
  await (
    await karim()
  ).call(replyToTicket, {
    params: { id },
    body: { body: 'C’est réparé.', seenMessageId: rows.at(-1)!.id },
  })
  now = new Date(now.getTime() + 15_000)
  await letLeave(parts)
}
const resolve = async (id: string) => (await karim()).call(resolveTicket, { params: { id } })

/** Of somebody without an account: answered, resolved, and four hours later. */
async function helped(requesterEmail = someone()) {
  const { id, number } = await called(await karim(), { requesterEmail })
  await answered(id)
  await resolve(id)
  hours(4)
  return { id, number, email: requesterEmail }
}
async function surveyed() {
  const ticket = await helped()
  await ask()
  const letters = await lettersTo(server, ticket.email)
  const token = letters.at(-1)!.token
  return { ...ticket, token }
}
const letters = async (email: string) =>
  (await lettersTo(server, email)).map(({ template }) => template.replace('support.mail.', ''))
const ratingOf = async (id: string) => (await (await karim()).call(getTicket, { params: { id } })).rating

describe('who has no account is asked how it was', () => {
  test('once, four hours after it was resolved, by a mail that says no word of what was said', async () => {
    const { id, email, number } = await helped()
    hours(-1)
    await ask()
    expect(await letters(email)).toEqual(['answered_here'])
    hours(1)
    expect(await ask()).toBeGreaterThan(0)
    expect(await ask()).toBe(0)
    expect(await letters(email)).toEqual(['answered_here', 'survey'])
    const letter = (await lettersTo(server, email)).at(-1)!
    expect(letter.text).toContain(String(number))
    expect(letter.text).not.toContain('agenda')
    expect(letter.url).toMatch(/^http:\/\/app\.localhost:3000\/satisfaction#[\w-]{48}$/)
    expect(await ratingOf(id)).toBeNull()
  })

  test('not about what was resolved in silence, as spam is', async () => {
    const email = someone()
    const { id } = await called(await karim(), { requesterEmail: email })
    await resolve(id)
    hours(4)
    await ask()
    expect(await letters(email)).toEqual([])
  })

  test('not about what was opened again meanwhile; anew once it is resolved anew', async () => {
    const { id, email } = await helped()
    await (await karim()).call(reopenTicket, { params: { id } })
    await ask()
    expect(await letters(email)).not.toContain('survey')
    await resolve(id)
    hours(4)
    await ask()
    expect(await letters(email)).toContain('survey')
  })

  test('not where a mail of ours came back, and once in seven days at most', async () => {
    const bounced = await helped()
    await server.db
      .insertInto('ticketMails')
      .values({
        messageId: `${uuidv7()}@example.com`,
        ticketId: bounced.id,
        direction: 'out',
        email: bounced.email,
        at: now,
        bouncedAt: now,
      })
      .execute()
    await ask()
    expect(await letters(bounced.email)).not.toContain('survey')

    const { email } = await surveyed()
    await helped(email)
    await ask()
    expect((await letters(email)).filter((template) => template === 'survey')).toHaveLength(1)
  })

  test('by one process of two', async () => {
    const { email } = await helped()
    await Promise.all([ask(), ask()])
    expect((await letters(email)).filter((template) => template === 'survey')).toHaveLength(1)
  })
})

describe('the link', () => {
  test('opens without rating, rates, and rates otherwise; the team sees what was said last', async () => {
    const { id, token, number } = await surveyed()
    expect(await nobody.call(openSurvey, { body: { token } })).toMatchObject({ number, rating: null })
    expect(await ratingOf(id)).toBeNull()
    await nobody.call(answerSurvey, { body: { token, score: 2, comment: ' Un peu lent.\nMerci ' } })
    expect(await ratingOf(id)).toMatchObject({ score: 2, comment: 'Un peu lent.\nMerci' })
    await nobody.call(answerSurvey, { body: { token, score: 5 } })
    expect(await ratingOf(id)).toMatchObject({ score: 5, comment: '' })
    expect((await nobody.call(openSurvey, { body: { token } })).rating).toEqual({ score: 5 })
  })

  test('shows nobody what was written, not even who holds it', async () => {
    const { token } = await surveyed()
    const said = await nobody.call(answerSurvey, {
      body: { token, score: 2, comment: 'Ma patiente, Mme Roux' },
    })
    expect(JSON.stringify(said)).not.toContain('Roux')
    expect(JSON.stringify(await nobody.call(openSurvey, { body: { token } }))).not.toContain('Roux')
  })

  test('neither shows nor overwrites what a member of the practice said in the app', async () => {
    const { id } = await asked(odile)
    await resolve(id)
    const body = { score: 4, comment: 'Dit par Odile.' }
    await odile.call(rateOwnTicket, { params: { id }, body })
    const expiresAt = new Date(now.getTime() + 24 * 3_600_000)
    const token = surveyToken(server.vault, { ticketId: id, expiresAt })
    for (const refused of [
      await nobody.refused(openSurvey, { body: { token } }),
      await nobody.refused(answerSurvey, { body: { token, score: 1 } }),
    ])
      expect([refused.code, JSON.stringify(refused)]).toEqual([
        'ticket_survey_rated_elsewhere',
        expect.not.stringContaining('Odile'),
      ])
    expect(await ratingOf(id)).toMatchObject(body)
  })

  test('leads on to the ticket that its own was put into, as long as that is of the same customer', async () => {
    const { id, token, email } = await surveyed()
    const other = await called(await karim(), { requesterEmail: email })
    await answered(other.id)
    await (await karim()).call(mergeTicket, { params: { id }, body: { intoId: other.id } })
    await resolve(other.id)
    expect(await nobody.call(openSurvey, { body: { token } })).toMatchObject({ number: other.number })
    await nobody.call(answerSurvey, { body: { token, score: 5 } })
    expect(await ratingOf(other.id)).toMatchObject({ score: 5 })

    const { clientId } = await server.openPractice('Hugo Lefèvre')
    const { revision } = await (await karim()).call(getTicket, { params: { id: other.id } })
    await (await karim()).call(updateTicket, { params: { id: other.id }, body: { revision, clientId } })
    expect((await nobody.refused(openSurvey, { body: { token } })).code).toBe('ticket_survey_gone')
  })

  test('is not followed by a GET, to whatever address', async () => {
    const { id, token } = await surveyed()
    for (const path of [
      '/satisfaction',
      '/api/v1/practice/surveys/rating',
      '/api/v1/practice/surveys/opening',
    ])
      await nobody.send('GET', `${path}?token=${token}&score=5`)
    expect(await ratingOf(id)).toBeNull()
  })

  test('holds for thirty days, and whoever changes a letter of it holds none', async () => {
    const { id, token } = await surveyed()
    const gone = async (said: string) => (await nobody.refused(openSurvey, { body: { token: said } })).code
    for (let at = 0; at < token.length; at += 5) {
      const other = token[at] === 'A' ? 'B' : 'A'
      expect(await gone(token.slice(0, at) + other + token.slice(at + 1))).toBe('ticket_survey_gone')
    }
    expect(await gone('')).toBe('input_invalid')
    const expiresAt = new Date(now.getTime() + 30 * 24 * 3_600_000)
    expect(surveyToken(server.vault, { ticketId: id, expiresAt })).toBe(token)
    hours(30 * 24)
    expect(await gone(token)).toBe('ticket_survey_gone')
  })

  test('rates nothing while the ticket is open again, nor what was thrown away', async () => {
    const { id, token } = await surveyed()
    await (await karim()).call(reopenTicket, { params: { id } })
    const input = { body: { token, score: 1 } }
    expect((await nobody.refused(answerSurvey, input)).code).toBe('ticket_not_resolved')
    await resolve(id)
    await server.db.updateTable('tickets').set({ trashedAt: now }).where('id', '=', id).execute()
    expect((await nobody.refused(answerSurvey, input)).code).toBe('ticket_survey_gone')
  })

  test('is not tried as often as one likes from one address', async () => {
    const guesser = openBrowserless(server.app, 'app.localhost:3000', '2001:db8::1')
    const codes = new Set<number>()
    for (let nth = 0; nth < 61; nth++)
      codes.add((await guesser.ask(openSurvey, { body: { token: `guess ${nth}` } })).status)
    expect([...codes]).toEqual([410, 429])
    const neighbour = openBrowserless(server.app, 'app.localhost:3000', '2001:db8::2')
    expect((await neighbour.ask(openSurvey, { body: { token: 'guess' } })).status).toBe(429)
  })
})

describe('a member', () => {
  test('is told that it is resolved, with the way to rate in the app, once', async () => {
    const { id } = await asked(odile)
    await resolve(id)
    hours(4)
    await ask()
    await ask()
    const told = (await lettersTo(server, odile.email)).filter(({ template }) =>
      template.endsWith('resolved'),
    )
    expect(told.map(({ url }) => url)).toEqual([`http://app.localhost:3000/help/${id}`])
  })

  test('is not asked again once they rated, nor while they wait for an answer', async () => {
    const rated = await asked(odile)
    await resolve(rated.id)
    await odile.call(rateOwnTicket, { params: { id: rated.id }, body: { score: 4 } })
    const open = await asked(odile)
    await resolve(open.id)
    await odile.call(answerOwnTicket, { params: { id: open.id }, body: { body: 'Toujours pas.' } })
    hours(4)
    await ask()
    const urls = (await lettersTo(server, odile.email)).map(({ url }) => url ?? '')
    expect(urls.filter((url) => url.includes(rated.id) || url.includes(open.id))).toEqual([])
  })
})
