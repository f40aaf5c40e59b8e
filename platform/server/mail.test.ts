import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { readConfig } from './config.ts'
import { centralDb, openPool, sql } from './db.ts'
import { openJobs, type Jobs } from './jobs.ts'
import { openLog } from './log.ts'
import { openMail } from './mail.ts'
import type { Letter } from './mail-writing.ts'
import { sentencesOf } from './sentences.ts'
import { sealedFiles } from './tenant-files.ts'
import { vaultOf } from './vault.ts'
import { testDatabase } from '../../tests/harness/database.ts'

const { appUrl, adminUrl } = await testDatabase()
const pool = openPool(appUrl, { name: 'mail test' })
const db = centralDb(pool)
const behind = openPool(adminUrl, { max: 1 })
const log = openLog('silent')
afterAll(() => Promise.all([pool.end(), behind.end()]))

const dataDir = await mkdtemp(join(tmpdir(), 'mgp-mail-'))
afterAll(() => rm(dataDir, { recursive: true }))
const vault = vaultOf(Buffer.from('a key for the tests of 32 bytes!'))
const words = {
  'mail.letter.product': 'MaGestionPsy',
  'mail.letter.link': 'Adresse :',
  'mail.letter.footer': 'Automatique.',
  'test.welcome.subject': 'Bienvenue à {name} 🌿',
  'test.welcome.body': 'Bonjour {name},\n\nvotre accès est prêt.',
  'test.welcome.action': 'Ouvrir',
}
const sentences = sentencesOf({ fr: words, en: { ...words, 'test.welcome.subject': 'Welcome {name}' } })

const roxane: Letter = {
  to: { email: 'roxane@example.com', name: 'Roxane Élodie Arnaud' },
  language: 'fr',
  template: 'test.welcome',
  values: { name: 'Roxane' },
  action: { url: 'https://admin.example.com/welcome#token=secret' },
}

type Received = { from: string; to: string[]; message: string }

/** A real mail server on loopback, and what it took. */
async function mailServer(over: SMTPServerOptions = {}, port = 0, host = '127.0.0.1') {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          message: Buffer.concat(chunks).toString(),
        })
        done()
      })
    },
    ...over,
  })
  server.on('error', () => {}) // a client that went away is the test's own doing
  server.listen(port, host)
  await once(server.server, 'listening')
  const close = () => new Promise<void>((closed) => server.close(() => closed()))
  onTestFinished(close)
  return { received, close, port: (server.server.address() as AddressInfo).port } // listening on TCP
}

/** The mail of a staging installation that sends through this port, and the process that runs its jobs. */
async function mailThrough(port: number, env: Record<string, string> = {}) {
  let jobs: Jobs | undefined
  const config = readConfig({
    APP_ENV: 'staging',
    DATABASE_URL: appUrl,
    MASTER_KEY: Buffer.from('another key, as the server needs').toString('base64'),
    BACKOFFICE_URL: 'https://admin.example.com',
    PRACTICE_URL: 'https://app.example.com',
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: 'MaGestionPsy <no-reply@example.com>',
    ...env,
  })
  const mail = openMail({
    config,
    db,
    vault,
    sentences,
    clock: { now: () => new Date('2026-02-27T08:33:00Z') },
    log,
    jobs: () => jobs!, // opened below, before anything is sent
    retryDelay: 1,
    dataDir,
  })
  jobs = await openJobs({
    databaseUrl: appUrl,
    db,
    pool,
    log,
    works: [],
    errands: mail.errands,
    schedules: [],
    runs: config.role !== 'web',
  })
  onTestFinished(() => jobs?.close())
  return mail
}

const lineOf = (id: string) =>
  db.selectFrom('outgoingMails').where('id', '=', id).selectAll().executeTakeFirstOrThrow()

const becomes = (id: string, state: string) =>
  expect.poll(async () => (await lineOf(id)).state, { timeout: 20_000 }).toBe(state)

/** Headers with their folded lines joined. */
const headersOf = (message: string) => message.split('\r\n\r\n')[0]!.replaceAll(/\r\n[ \t]+/g, ' ')

const decoded = (header: string) =>
  header.replaceAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=(?:\s+(?==\?))?/gi, (_, kind: string, text: string) =>
    kind.toUpperCase() === 'B'
      ? Buffer.from(text, 'base64').toString()
      : decodeURIComponent(text.replaceAll('_', '%20').replaceAll('=', '%')),
  )

describe('a mail', () => {
  test('leaves after the commit, in both forms, and what it said is erased here', async () => {
    const server = await mailServer()
    const mail = await mailThrough(server.port)
    const id = await db.transaction().execute((transaction) => mail.send(transaction, roxane))
    await becomes(id, 'sent')

    const [taken] = server.received
    expect(taken).toMatchObject({ from: 'no-reply@example.com', to: ['roxane@example.com'] })
    const headers = headersOf(taken!.message) // matched just above
    expect(decoded(headers)).toContain('Subject: Bienvenue à Roxane 🌿')
    expect(decoded(headers)).toContain('To: Roxane Élodie Arnaud <roxane@example.com>')
    expect(headers).toContain('From: MaGestionPsy <no-reply@example.com>')
    expect(headers).toContain(`Message-ID: <${id}@example.com>`)
    expect(headers).toContain('Date: Fri, 27 Feb 2026 08:33:00 +0000')
    expect(headers).toContain('Auto-Submitted: auto-generated')
    expect(headers).toContain('Content-Language: fr')
    expect(taken?.message).toMatch(/multipart\/alternative[^]*text\/plain[^]*text\/html/)

    const line = await lineOf(id)
    expect(line).toMatchObject({ toEmail: 'roxane@example.com', subject: 'Bienvenue à Roxane 🌿', tries: 1 })
    expect([line.bodySealed, line.erasedAt]).toEqual([null, expect.any(Date)])
  })

  test('of a conversation says from whom it is, what it answers and where answers go, and brings its files', async () => {
    const server = await mailServer()
    const mail = await mailThrough(server.port)
    const [folder, file] = ['0199a0de-0000-7000-8000-000000000001', '0199a0de-0000-7000-8000-000000000002']
    await sealedFiles(join(dataDir, 'support-files')).put(
      folder,
      file,
      Buffer.from('%PDF-1.7 facture'),
      vault,
    )
    const id = await mail.send(db, {
      ...roxane,
      post: {
        from: { name: 'Support', email: 'support@example.com' },
        replyTo: 'support+33-k7@example.com',
        inReplyTo: 'two@else.example',
        references: ['one@else.example', 'no\r\nBcc: x@example.com', 'two@else.example'],
        automatic: 'no',
        attachments: [
          { name: 'facture.pdf', mediaType: 'application/pdf', store: 'support-files', folder, file },
        ],
      },
    })
    await becomes(id, 'sent')
    const [taken] = server.received
    expect(taken).toMatchObject({ from: 'support+33-k7@example.com', to: ['roxane@example.com'] })
    const headers = headersOf(taken!.message) // matched just above
    expect(headers).toContain('From: Support <support@example.com>')
    expect(headers).toContain('Reply-To: support+33-k7@example.com')
    expect(headers).toContain('In-Reply-To: <two@else.example>')
    expect(headers).toContain('References: <one@else.example> <two@else.example>')
    expect(headers).toContain(`X-Magestionpsy-Loop: ${id}`)
    expect(headers).not.toMatch(/Auto-Submitted|Bcc/)
    expect(taken?.message).toMatch(/Content-Type: application\/pdf; name=facture\.pdf/)
    expect(taken?.message).toContain(Buffer.from('%PDF-1.7 facture').toString('base64'))
  })

  test('of a transaction that is rolled back never leaves', async () => {
    const server = await mailServer()
    const mail = await mailThrough(server.port)
    const undone = db.transaction().execute(async (transaction) => {
      await mail.send(transaction, { ...roxane, to: { email: 'never@example.com', name: 'Personne' } })
      throw new Error('changed our mind')
    })
    await expect(undone).rejects.toThrow('changed our mind')
    const after = await db.transaction().execute((transaction) => mail.send(transaction, roxane))
    await becomes(after, 'sent')
    expect(server.received.flatMap(({ to }) => to)).toEqual(['roxane@example.com'])
    expect(
      await db.selectFrom('outgoingMails').where('toEmail', '=', 'never@example.com').selectAll().execute(),
    ).toEqual([])
  })

  test('waits for a mail server that is down, and keeps what it says only sealed meanwhile', async () => {
    const { port, close } = await mailServer()
    await close()
    const mail = await mailThrough(port)
    const id = await mail.send(db, roxane)
    await expect.poll(async () => (await lineOf(id)).tries, { timeout: 20_000 }).toBeGreaterThan(0)
    const waiting = await lineOf(id)
    expect(waiting).toMatchObject({ state: 'queued', lastError: expect.stringContaining('ECONNREFUSED') })
    expect(waiting.bodySealed?.includes('secret')).toBe(false)

    const server = await mailServer({}, port)
    await becomes(id, 'sent')
    expect(server.received).toHaveLength(1)
    expect((await lineOf(id)).lastError).toBeNull()
  })

  test('to an address the server refuses has failed, and is not tried again', async () => {
    let asked = 0
    const server = await mailServer({
      onRcptTo(_address, _session, done) {
        asked += 1
        done(Object.assign(new Error('5.1.1 nobody here by that name'), { responseCode: 550 }))
      },
    })
    const mail = await mailThrough(server.port)
    const id = await mail.send(db, roxane)
    await becomes(id, 'failed')
    const line = await lineOf(id)
    expect(line).toMatchObject({ tries: 1, bodySealed: null, sentAt: null })
    expect(line.lastError).toContain('550 5.1.1 nobody here by that name')
    const states = async () => {
      const { rows } = await sql<{ state: string }>`
        select state from pgboss.job where name = 'mail' and data ->> 'id' = ${id}`.execute(db)
      return rows.map(({ state }) => state)
    }
    // The line is written before its job is done.
    await expect.poll(states, { timeout: 20_000 }).toEqual(['completed'])
    expect(asked).toBe(1)
  })

  test('that the server cannot take for now is tried again', async () => {
    let asked = 0
    const server = await mailServer({
      onRcptTo(_address, _session, done) {
        asked += 1
        done(asked === 1 ? Object.assign(new Error('come back later'), { responseCode: 451 }) : undefined)
      },
    })
    const mail = await mailThrough(server.port)
    const id = await mail.send(db, roxane)
    await becomes(id, 'sent')
    expect([asked, server.received.length, (await lineOf(id)).tries]).toEqual([2, 1, 2])
  })

  test('that was taken, which then could not be written down, is sent again under the same Message-ID', async () => {
    const server = await mailServer()
    const mail = await mailThrough(server.port)
    const id = await mail.send(db, roxane)
    const queued = async () =>
      (await sql<{ state: string }>`select state from pgboss.job where data ->> 'id' = ${id}`.execute(db))
        .rows[0]
    await behind.query('revoke update (sent_at) on outgoing_mails from mgp_app')
    await expect.poll(queued, { timeout: 20_000 }).toEqual({ state: 'retry' })
    expect([server.received.length, (await lineOf(id)).state]).toEqual([1, 'queued'])
    await behind.query('grant update (sent_at) on outgoing_mails to mgp_app')
    await becomes(id, 'sent')
    expect(server.received).toHaveLength(2)
    for (const { message } of server.received)
      expect(headersOf(message)).toContain(`Message-ID: <${id}@example.com>`)
  })

  test('written by a process that only serves the web waits for one that runs jobs', async () => {
    const server = await mailServer()
    const web = await mailThrough(server.port, { ROLE: 'web' })
    const id = await web.send(db, roxane)
    const queue = async () =>
      (await sql<{ state: string }>`select state from pgboss.job where data ->> 'id' = ${id}`.execute(db))
        .rows
    expect(await queue()).toEqual([{ state: 'created' }])
    await mailThrough(server.port, { ROLE: 'worker' })
    await becomes(id, 'sent')
    expect(server.received).toHaveLength(1)
  })

  // Only Linux has more than one address of its own.
  describe.runIf(process.platform === 'linux')('and its password are not told over a network to', () => {
    const host = '127.0.0.2'
    test.each([
      ['a server without TLS', ['STARTTLS'], /STARTTLS/],
      ['a server nobody vouches for', [], /certificate/],
    ])('%s', async (_name, disabledCommands, answer) => {
      const heard: unknown[] = []
      const server = await mailServer(
        {
          disabledCommands,
          allowInsecureAuth: true,
          onAuth({ username, password }, _session, done) {
            heard.push(username, password)
            done(null, { user: username })
          },
        },
        0,
        host,
      )
      const mail = await mailThrough(server.port, {
        SMTP_URL: `smtp://mailer:hunter2@${host}:${server.port}`,
      })
      const id = await mail.send(db, roxane)
      await expect.poll(async () => (await lineOf(id)).tries, { timeout: 20_000 }).toBeGreaterThan(0)
      expect([server.received, heard, (await lineOf(id)).state]).toEqual([[], [], 'queued'])
      expect((await lineOf(id)).lastError).toMatch(answer)
    })
  })

  test('is handed over with the password of the mail server, and waits while that is wrong', async () => {
    let isRight = false
    const heard: unknown[] = []
    const server = await mailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({ username, password }, _session, done) {
        heard.push(username, password)
        if (isRight) done(null, { user: username })
        else done(Object.assign(new Error('not today'), { responseCode: 535 }))
      },
    })
    const url = `smtp://mailer:hunter%402@127.0.0.1:${server.port}`
    const mail = await mailThrough(server.port, { SMTP_URL: url })
    const id = await mail.send(db, roxane)
    await expect.poll(async () => (await lineOf(id)).tries, { timeout: 20_000 }).toBeGreaterThan(0)
    expect((await lineOf(id)).state).toBe('queued')
    expect(heard.slice(0, 2)).toEqual(['mailer', 'hunter@2'])
    isRight = true
    await becomes(id, 'sent')
  })
})

describe('outside staging and production', () => {
  test.each(['demonstration', 'development', 'test'])(
    '%s captures its mail, even with a mail server at hand',
    async (APP_ENV) => {
      const server = await mailServer()
      const mail = await mailThrough(server.port, { APP_ENV })
      const id = await mail.send(db, roxane)
      const line = await lineOf(id)
      expect(line).toMatchObject({ state: 'captured', sentAt: null, erasedAt: null })
      const written = mail.open({ id, bodySealed: line.bodySealed! }) // captured, as expected above
      expect(written.text).toContain('votre accès est prêt.')
      expect(written.action).toEqual({
        label: 'Ouvrir',
        url: 'https://admin.example.com/welcome#token=secret',
      })
      const { rows } = await sql`select from pgboss.job where data ->> 'id' = ${id}`.execute(db)
      expect([rows, server.received, mail.errands]).toEqual([[], [], []])
    },
  )

  test('staging captures too while it is not told where to send', async () => {
    const mail = await mailThrough(1, { SMTP_URL: '' })
    expect((await lineOf(await mail.send(db, roxane))).state).toBe('captured')
  })

  test('a captured mail is readable for thirty days; one that never left is given up after three', async () => {
    const mail = await mailThrough(1, { SMTP_URL: '' })
    const ids: string[] = []
    for (let nth = 0; nth < 4; nth += 1) ids.push(await mail.send(db, roxane))
    const [old, young, stuck, waiting] = ids as [string, string, string, string] // as many as sent
    const arrange = (id: string, on: string, state: string) =>
      behind.query('update outgoing_mails set created_at = $1, state = $2 where id = $3', [on, state, id])
    await arrange(old, '2026-01-27T08:00:00Z', 'captured')
    await arrange(young, '2026-01-29T08:00:00Z', 'captured')
    await arrange(stuck, '2026-02-24T08:00:00Z', 'queued')
    await arrange(waiting, '2026-02-25T08:00:00Z', 'queued')
    for (const schedule of mail.schedules) await schedule.run(db)
    const kept = await Promise.all(
      ids.map(async (id) => {
        const { state, bodySealed } = await lineOf(id)
        return [state, bodySealed !== null]
      }),
    )
    expect(kept).toEqual([
      ['captured', false],
      ['captured', true],
      ['failed', false],
      ['queued', true],
    ])
    await behind.query('delete from outgoing_mails where id = any ($1)', [ids])
  })
})

test('the body opens in its own line only', async () => {
  const mail = await mailThrough(1, { SMTP_URL: '' })
  const id = await mail.send(db, roxane)
  const other = await mail.send(db, roxane)
  const { bodySealed } = await lineOf(id)
  expect(() => mail.open({ id: other, bodySealed: bodySealed! })).toThrow() // captured
})

test('the server may not rewrite what was sent to whom, nor make it vanish', async () => {
  await expect(sql`update outgoing_mails set to_email = 'x@example.com'`.execute(db)).rejects.toMatchObject({
    code: '42501',
  })
  await expect(sql`delete from outgoing_mails`.execute(db)).rejects.toMatchObject({ code: '42501' })
})
