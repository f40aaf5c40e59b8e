import { readMessages } from '../../apps/server/messages.ts'
import { systemClock, type Clock } from '#platform/server/clock.ts'
import { openLog } from '#platform/server/log.ts'
import { openMail, type Mail } from '#platform/server/mail.ts'
import { sentencesOf } from '#platform/server/sentences.ts'
import type { TestServer } from './server.ts'

/** Mail as the server itself writes and opens it, captured. */
export function mailOf({ db, vault }: Pick<TestServer, 'db' | 'vault'>, clock: Clock = systemClock): Mail {
  return openMail({
    config: { appEnv: 'test', smtpUrl: undefined, mailFrom: { name: '', email: 'no-reply@example.com' } },
    db,
    vault,
    sentences: sentencesOf(readMessages()),
    clock,
    log: openLog('silent'),
    jobs: () => {
      throw new Error('what is captured needs no queue')
    },
  })
}

export type ReadLetter = {
  template: string
  language: string
  subject: string
  text: string
  /** Where its button leads, and what stands behind the # of it. */
  url: string | null
  token: string
}

/** What was captured for an address, the oldest first: the letters as they are, opened as the outbox opens them. */
export async function lettersTo(
  { db, vault }: Pick<TestServer, 'db' | 'vault'>,
  email: string,
): Promise<ReadLetter[]> {
  const mail = mailOf({ db, vault })
  const rows = await db
    .selectFrom('outgoingMails')
    .where('toEmail', '=', email)
    .orderBy('id')
    .selectAll()
    .execute()
  return rows.map(({ id, bodySealed, template, language, subject }) => {
    if (!bodySealed) throw new Error(`the mail ${id} was erased`)
    const { text, action } = mail.open({ id, bodySealed })
    const about = template.replace('identity.mail.', '')
    return {
      template: about,
      language,
      subject,
      text,
      url: action?.url ?? null,
      token: action?.url.split('#')[1] ?? '',
    }
  })
}

/** The token of the latest letter about something. @throws when there is none */
export async function tokenMailed(
  server: Pick<TestServer, 'db' | 'vault'>,
  email: string,
  about: string,
): Promise<string> {
  const letter = (await lettersTo(server, email)).findLast(({ template }) => template === about)
  if (!letter) throw new Error(`no letter about ${about} to ${email}`)
  return letter.token
}

/** A help desk that no mailbox belongs to: answers to its mails are read by nobody. */
export const noMailbox = {
  appEnv: 'test',
  mailFrom: { name: 'MaGestionPsy', email: 'no-reply@example.com' },
  supportEmail: undefined,
  imapUrl: undefined,
  imapFolder: 'MaGestionPsy',
  imapAuthservId: undefined,
} as const
