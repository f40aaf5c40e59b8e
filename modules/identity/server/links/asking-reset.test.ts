import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { askPasswordReset, inviteStaff, suspendStaff } from '#contract/identity'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { openBrowserless } from '../../../../tests/harness/browserless.ts'
import { lettersTo } from '../../../../tests/harness/mailbox.ts'
import { roleId } from '../../../../tests/harness/made-roles.ts'
import { lucieEnrolling } from '../../../../tests/harness/newcomer.ts'
import { testServer, type TestServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
// Where nothing answers what is asked, so that it can be looked at.
const web = await testServer({ env: { ROLE: 'web' } })

const stranger = (on: TestServer = server, ip = '192.0.2.8') => openBrowserless(on.app, 'localhost:3000', ip)
const ask = (email: string, on?: TestServer, ip?: string) =>
  stranger(on, ip).call(askPasswordReset, { body: { email } })

/** Done when everything that was asked has been looked for. */
const answered = () =>
  expect
    .poll(() => server.db.selectFrom('staffPasswordRequests').select('id').execute(), { timeout: 10_000 })
    .toEqual([])
const idOf = async (email: string) =>
  (
    await server.db
      .selectFrom('staffMembers')
      .where('email', '=', email)
      .select('id')
      .executeTakeFirstOrThrow()
  ).id
const about = async (email: string) => (await lettersTo(server, email)).map(({ template }) => template)

describe('whoever asks', () => {
  test('gets a link at the address of the account, whatever capitals were typed', async () => {
    const { email } = await lucieEnrolling(server)
    await ask(`  ${email.toUpperCase()} `)
    await answered()
    const [letter, ...others] = await lettersTo(server, email)
    expect(others).toEqual([])
    expect(letter).toMatchObject({ template: 'password_reset' })
    expect(letter?.url).toMatch(/^http:\/\/localhost:3000\/password#[\w-]{43}$/)
    expect(letter?.text).toContain('192.0.2.8')
  })

  test('gets nothing at an address that only looks like an account’s', async () => {
    const { email } = await lucieEnrolling(server)
    // A Kelvin sign is a k in lower case, a dotless ı an I in capitals, a Cyrillic е no e at all.
    for (const alike of [
      email.replace('l', 'ḷ'),
      email.replace('e', 'е'),
      email.replace('i', 'ı'),
      `\u212A${email}`,
    ])
      await ask(alike)
    await ask(`${email}.evil.example`)
    await answered()
    expect(await about(email)).toEqual([])
    expect(
      await server.db
        .selectFrom('outgoingMails')
        .where('template', '=', 'identity.mail.password_reset')
        .where('toEmail', 'like', '%evil%')
        .select('id')
        .execute(),
    ).toEqual([])
  })

  test('uses up nobody’s mails by an address that only looks like theirs', async () => {
    const email = `karine.${randomUUID()}@example.com`
    for (let asked = 0; asked < 5; asked++) await ask(email.replace('k', '\u212A'), web, `203.0.113.${asked}`)
    await ask(email, web, '203.0.113.99')
  })

  test('is invited again when no password was ever chosen', async () => {
    const email = `lea.${randomUUID()}@example.com`
    const claire = await server.as('administrator')
    const roles = [await roleId(server.db, 'support')]
    await claire.call(inviteStaff, { body: { email, firstName: 'Léa', lastName: 'Simonnet', roles } })
    await ask(email)
    await answered()
    expect(await about(email)).toEqual(['invitation', 'invitation'])
  })

  test('does not bring an invitation back that is over', async () => {
    const email = `lea.${randomUUID()}@example.com`
    const claire = await server.as('administrator')
    const roles = [await roleId(server.db, 'support')]
    await claire.call(inviteStaff, { body: { email, firstName: 'Léa', lastName: 'Simonnet', roles } })
    await server.db
      .updateTable('staffLinks')
      .set({ expiresAt: new Date(Date.now() - 1_000) })
      .where('staffId', '=', await idOf(email))
      .execute()
    await ask(email)
    await answered()
    expect(await about(email)).toEqual(['invitation'])
  })

  test('gets nothing while the account is suspended', async () => {
    const { email } = await lucieEnrolling(server)
    const claire = await server.as('administrator')
    await claire.call(suspendStaff, { params: { id: await idOf(email) }, body: { reason: 'Départ' } })
    await ask(email)
    await answered()
    expect(await about(email)).toEqual(['suspended'])
  })

  test('leaves one line in the log of the person when a link was mailed, and none of theirs when not', async () => {
    const { email } = await lucieEnrolling(server)
    await ask(email)
    await ask('nobody@example.com')
    await answered()
    const lines = await entriesOf(server, { verb: 'staff.password_link_mailed', object: await idOf(email) })
    expect(lines).toMatchObject([{ actorType: 'system', actorId: 'sign_in_page' }])
    const asked = await entriesOf(server, { verb: 'staff.password_reset_asked' })
    expect(asked.length).toBeGreaterThan(1)
    for (const line of asked) expect(line).toMatchObject({ objectId: null, after: null })
  })
})

describe('nothing tells an account from none', () => {
  /** Every statement the server makes while something is done. */
  async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
    const statements: string[] = []
    const listen = (client: pg.PoolClient) => {
      const ask = client.query.bind(client) as (...args: unknown[]) => unknown
      Object.assign(client, {
        query: (...args: unknown[]) => {
          const [first] = args
          statements.push(typeof first === 'string' ? first : String((first as { text?: string }).text))
          return ask(...args)
        },
      })
    }
    const forget = (_error: unknown, client: pg.PoolClient) => void Reflect.deleteProperty(client, 'query')
    web.pool.on('acquire', listen).on('release', forget)
    await work()
    web.pool.off('acquire', listen).off('release', forget)
    return statements
  }

  test('the answer and every statement behind it are the same', async () => {
    const { email } = await lucieEnrolling(web)
    await ask(email, web)
    const replies: unknown[] = []
    const send = (typed: string, ip: string) => async () => {
      const { status, text } = await stranger(web, ip).ask(askPasswordReset, { body: { email: typed } })
      replies.push({ status, text })
    }
    const known = await statementsOf(send(email, '192.0.2.9'))
    const unknown = await statementsOf(send('nobody@example.com', '192.0.2.10'))
    const alike = await statementsOf(send(`\u212A${email}`, '192.0.2.11'))
    expect(known.some((statement) => statement.includes('staff_password_requests'))).toBe(true)
    expect(known.some((statement) => statement.includes('staff_members'))).toBe(false)
    expect(unknown).toEqual(known)
    expect(alike).toEqual(known)
    expect(new Set(replies.map((reply) => JSON.stringify(reply)))).toEqual(
      new Set([JSON.stringify({ status: 204, text: '' })]),
    )
  })

  test('what was typed, which may be a password, lies nowhere in the clear', async () => {
    const typed = 'my-secret-passphrase@typed-in-the-wrong-field.example'
    await ask(typed, web)
    const admin = new pg.Client(web.database.adminUrl)
    await admin.connect()
    try {
      for (const table of ['pgboss.job', 'staff_password_requests', 'audit_entries', 'attempt_counters']) {
        const { rows } = await admin.query<{ line: string }>(
          `select to_jsonb(t)::text as line from ${table} t`,
        )
        expect(rows.length, table).toBeGreaterThan(0)
        const hex = Buffer.from(typed).toString('hex')
        for (const { line } of rows)
          expect(line.includes('my-secret') || line.includes(hex), table).toBe(false)
      }
    } finally {
      await admin.end()
    }
  })
})
