/** A help desk that people write to: mail that arrives, as the mailbox hands it over, and mail that leaves. */
import type { Clock } from '#platform/server/clock.ts'
import { openLog } from '#platform/server/log.ts'
import { letLeave } from '../../modules/support/server/conversation/leaving.ts'
import { filing } from '../../modules/support/server/mail-in/filing.ts'
import { understand } from '../../modules/support/server/mail-in/reading/understanding.ts'
import { mailOf, noMailbox } from './mailbox.ts'
import type { TestServer } from './server.ts'

export const supportAddress = 'support@example.org'

/** For the server, whose handlers answer by the same address. */
export const withMailbox = { SUPPORT_EMAIL: `Support MaGestionPsy <${supportAddress}>` }

export type Arriving = {
  from?: string
  to?: string
  subject?: string
  body?: string
  /** By which it is known; another one each time unless told. */
  messageId?: string
  /** What it answers. */
  answers?: string
  /** What our own mail server found of its sender; that it is theirs unless told. */
  found?: string
  /** More lines of its head. */
  more?: Record<string, string>
  /** Its parts, where it is not of text alone: with a head of their own that says so. */
  content?: string
}

let nth = 0

export function deskOf(server: TestServer, clock: Clock) {
  const post = {
    ...noMailbox,
    supportEmail: { name: 'Support MaGestionPsy', email: supportAddress },
    imapAuthservId: 'mx.example.org',
  }
  const parts = {
    db: server.db,
    audit: server.audit,
    vault: server.vault,
    dataDir: server.dataDir,
    clock,
    post,
    mail: mailOf(server, clock),
    log: openLog('silent'),
    practiceUrl: new URL('http://app.localhost:3000'),
    backofficeUrl: new URL('http://localhost:3000'),
  }
  const file = filing(parts)
  return {
    parts,
    /** @returns the line of what came in, the latest where the same came again */
    async arrive(mail: Arriving = {}) {
      const raw = written(mail)
      const receivedAt = clock.now()
      const read = await understand({ raw, bytes: raw.length, receivedAt, authservId: 'mx.example.org' })
      await file(read, raw)
      return server.db
        .selectFrom('incomingMails')
        .where('sha256', '=', read.sha256)
        .selectAll()
        .executeTakeFirstOrThrow()
    },
    letLeave: () => letLeave(parts),
  }
}

/** As it stands on the wire. */
export function written({
  body = 'Bonjour,\n\nl’agenda reste blanc.',
  more = {},
  ...mail
}: Arriving): Buffer {
  nth += 1
  const from = mail.from ?? 'Odile Perrin <odile.perrin@example.com>'
  const head = {
    'Authentication-Results': `mx.example.org; ${mail.found ?? `dmarc=pass header.from=${/@([^>]+)/.exec(from)?.[1] ?? ''}`}`,
    From: from,
    To: mail.to ?? supportAddress,
    Subject: mail.subject ?? 'L’agenda ne s’affiche plus',
    'Message-ID': `<${mail.messageId ?? `mail-${nth}@elsewhere.example`}>`,
    ...(mail.answers && { 'In-Reply-To': `<${mail.answers}>`, References: `<${mail.answers}>` }),
    'MIME-Version': '1.0',
    ...(mail.content === undefined && { 'Content-Type': 'text/plain; charset=utf-8' }),
    ...more,
  }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(`${lines.join('\n')}\n\n${mail.content ?? body}`.replaceAll('\n', '\r\n'))
}
