/** A reply that leaves is one transaction: whoever dies in the middle of it has lost none, and sent none twice. */
import { beforeAll, expect, test } from 'vitest'
import { getTicket, replyToTicket, listTicketMessages } from '#contract/support'
import { centralDb, openPool } from '#platform/server/db.ts'
import { openLog } from '#platform/server/log.ts'
import { dyingAt, type When } from '../../../../tests/harness/dying.ts'
import { freshStaff, type TestStaff } from '../../../../tests/harness/impersonation.ts'
import { lettersTo, mailOf, noMailbox } from '../../../../tests/harness/mailbox.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { called, promiseAnswers } from '../../../../tests/harness/support.ts'
import { letLeave } from './leaving.ts'

const monday = new Date('2026-11-23T08:00:00Z')
let now = monday
const clock = { now: () => now }
// Nobody but the test lets them leave: a process of the web does not.
const server = await testServer({ clock, env: { ROLE: 'web' } })
const parts = {
  clock,
  log: openLog('silent'),
  vault: server.vault,
  post: noMailbox,
  practiceUrl: new URL('http://app.localhost:3000'),
  backofficeUrl: new URL('http://localhost:3000'),
}
const living = { ...parts, db: server.db, mail: mailOf(server, clock) }
let karim: TestStaff
beforeAll(async () => {
  await promiseAnswers(server.db)
  karim = await freshStaff(server, 'support', monday)
}, 60_000)

async function dueReply(requesterEmail: string) {
  now = monday
  const { id } = await called(karim, { requesterEmail })
  const { rows } = await karim.call(listTicketMessages, { params: { id } })
  await karim.call(replyToTicket, {
    params: { id },
    body: { body: 'Voilà.', seenMessageId: rows.at(-1)!.id, thenDo: 'resolve' },
  })
  now = new Date(monday.getTime() + 15_000)
  return id
}

async function isWhole(id: string, email: string, about: string) {
  const { events, status } = await karim.call(getTicket, { params: { id } })
  expect(
    events.map(({ kind }) => kind),
    about,
  ).toEqual(['opened', 'agent_reply', 'resolved'])
  expect(status, about).toBe('resolved')
  expect(await lettersTo(server, email), about).toHaveLength(1)
}

test.each<When>(process.env['TEST_LONG'] ? ['before', 'unheard'] : ['unheard'])(
  'whoever dies at any statement (%s) is followed by one who finishes, once',
  async (when) => {
    const deaths: string[] = []
    for (let statement = 1; ; statement++) {
      const email = `${when}-${statement}@example.com`
      const id = await dueReply(email)
      const pool = openPool(server.database.appUrl, { max: 1 })
      const db = centralDb(pool)
      const mortal = { ...parts, db, mail: mailOf({ ...server, db }, clock) }
      const { end, at } = await dyingAt(statement, when, () => letLeave(mortal))
      if (end === 'lived') {
        await pool.end()
        await isWhole(id, email, 'lived')
        break
      }
      deaths.push(at)
      await letLeave(living)
      await isWhole(id, email, `${when} ${statement}: ${at}`)
      expect(await letLeave(living)).toBe(0)
    }
    // It died in the middle of each of them, and of what commits them.
    expect(deaths.length).toBeGreaterThan(10)
    expect(deaths).toContain('commit')
  },
  120_000,
)

test('two processes that look at once send it once', async () => {
  const email = 'twice@example.com'
  const id = await dueReply(email)
  const counts = await Promise.all([letLeave(living), letLeave(living), letLeave(living)])
  expect(counts.reduce((sum, count) => sum + count)).toBe(1)
  await isWhole(id, email, 'twice')
})
