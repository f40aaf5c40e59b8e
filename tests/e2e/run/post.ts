/**
 * A help desk that has post: a real mailbox (Dovecot) it reads, a real SMTP server that takes what leaves, and a worker that
 * does both. Pages are served beside it by a server that runs no jobs, as in a fleet: a demonstration sends nothing by itself.
 */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { startDovecot } from '../../harness/dovecot.ts'
import { startRealServer, type RealServer } from '../../harness/real-server.ts'
import { authservId, type Letter } from './letters.ts'
import { sharedRun } from './shared-run.ts'
import { expect, test as base } from './test.ts'

export const supportEmail = 'support@magestionpsy.example.com'

type Post = {
  /** Hands a letter to the mailbox, as the internet would. */
  deliver(letter: Letter): void
  /** The mail that left for an address and of which this is true, once it has. */
  leftFor(email: string, is?: (mail: ParsedMail) => boolean): Promise<ParsedMail>
  /** The last one that left for it, byte by byte: what a redirection hands back. */
  sentBack(email: string): Letter
  /** How many left for it so far. */
  countFor(email: string): number
}

type Taken = { to: readonly string[]; mail: ParsedMail; raw: string }
type Servers = Post & { env: Record<string, string>; smtpUrl: string }

async function open(): Promise<Servers & { close(): Promise<void> }> {
  const dovecot = await startDovecot()
  const taken: Taken[] = []
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, { envelope }, done) {
      const to = envelope.rcptTo.map(({ address }) => address.toLowerCase())
      void buffer(stream)
        .then(async (raw) => taken.push({ to, mail: await simpleParser(raw), raw: raw.toString('latin1') }))
        .finally(() => done())
    },
  })
  smtp.listen(0, '127.0.0.1')
  await once(smtp.server, 'listening')
  const { port } = smtp.server.address() as AddressInfo // it listens on TCP
  const sentTo = (email: string) => taken.filter(({ to }) => to.includes(email)).map(({ mail }) => mail)
  return {
    env: { SUPPORT_EMAIL: supportEmail, IMAP_URL: dovecot.url, IMAP_AUTHSERV_ID: authservId },
    smtpUrl: `smtp://127.0.0.1:${port}`,
    deliver: ({ raw }) => dovecot.deliver(raw),
    sentBack(email) {
      const last = taken.findLast(({ to }) => to.includes(email))
      if (!last) throw new Error(`nothing left for ${email}`)
      return { raw: last.raw, messageId: last.mail.messageId ?? '' }
    },
    countFor: (email) => sentTo(email).length,
    async leftFor(email, is = () => true) {
      let found: ParsedMail | undefined
      await expect.poll(() => Boolean((found = sentTo(email).findLast(is))), { timeout: 60_000 }).toBe(true)
      if (!found) throw new Error('it was just there')
      return found
    },
    async close() {
      smtp.close()
      await dovecot.stop()
    },
  }
}

type OneWorker = { servers: Servers; post: Post; worker: RealServer }

export const test = base.extend<object, OneWorker>({
  servers: [
    // Playwright reads what a fixture needs from this pattern.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, hand) => {
      const { close, ...servers } = await open()
      await hand(servers)
      await close()
    },
    { scope: 'worker' },
  ],

  env: [async ({ servers }, hand) => hand({ ...servers.env, ROLE: 'web' }), { scope: 'worker' }],

  worker: [
    async ({ demonstration: { server, database }, servers }, hand) => {
      const worker = await startRealServer({
        databaseUrl: database.appUrl,
        dataDir: server.dataDir,
        env: {
          ...servers.env,
          APP_ENV: 'staging',
          ROLE: 'worker',
          MASTER_KEY: sharedRun().masterKey,
          PROVISIONER_DATABASE_URL: database.provisionerUrl,
          BACKOFFICE_URL: server.url,
          PRACTICE_URL: server.practiceUrl,
          SMTP_URL: servers.smtpUrl,
          MAIL_FROM: 'MaGestionPsy <no-reply@example.com>',
        },
      })
      await hand(worker)
      await worker.stop()
    },
    { scope: 'worker', auto: true },
  ],

  post: [async ({ servers }, hand) => hand(servers), { scope: 'worker' }],
})
