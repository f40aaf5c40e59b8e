import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'

export const permissions = ['mail.read'] as const
export const topics = { mails: 'mail.read' } as const

/**
 * - `queued`   waits for the mail server, also between two tries
 * - `sent`     the mail server took it over
 * - `captured` outside production: it went nowhere, and can be read here
 * - `failed`   refused for good, or tried often enough
 */
export const mailStates = ['queued', 'sent', 'captured', 'failed'] as const
export const MailState = z.enum(mailStates)
export type MailState = z.infer<typeof MailState>

/** One mail as the outbox lists it: to whom, about what, how far it got. What it says is not here. */
export const OutgoingMail = z.object({
  id: Id,
  at: Instant,
  /** The prefix of its messages, `identity.mail.password_reset`. */
  template: z.string(),
  language: z.enum(['fr', 'en']),
  to: z.object({ name: z.string(), email: z.string() }),
  subject: z.string(),
  state: MailState,
  tries: z.int(),
  /** What the mail server answered last, where it was no. */
  lastError: z.string().nullable(),
  sentAt: Instant.nullable(),
})
export type OutgoingMail = z.infer<typeof OutgoingMail>

/** What a mail says, with the link of its button. */
const Words = z.object({
  text: z.string(),
  action: z.object({ label: z.string(), url: z.string() }).nullable(),
})

export const WholeMail = OutgoingMail.extend({
  /** Of a captured mail for thirty days; null for every other, since it may carry a link that opens an account. */
  words: Words.nullable(),
})
export type WholeMail = z.infer<typeof WholeMail>

export const listMails = endpoint({
  method: 'GET',
  path: '/mails',
  realm: 'staff',
  may: 'mail.read',
  summary: 'Mail on its way out, newest first',
  input: {
    query: z.object({
      ...pageQuery,
      state: MailState.optional(),
      /** Any part of the address. */
      q: line(254).optional(),
    }),
  },
  output: pageOf(OutgoingMail),
  refreshedBy: ['mails'],
})

export const getMail = endpoint({
  method: 'GET',
  path: '/mails/:id',
  realm: 'staff',
  may: 'mail.read',
  records: 'mail.read',
  summary: 'One mail, with what it says while it is captured',
  input: { params: z.object({ id: Id }) },
  output: WholeMail,
  refreshedBy: ['mails'],
})

/** For a frame of the outbox: a page under rules of its own, where nothing runs and nothing is fetched. */
export const getMailPage = endpoint({
  method: 'GET',
  path: '/mails/:id/page',
  realm: 'staff',
  may: 'mail.read',
  records: 'mail.read',
  summary: 'A captured mail as a mail program shows it',
  input: { params: z.object({ id: Id }) },
  output: { stream: ['text/html'] },
})

/** Only in the demonstration environment; elsewhere this is not found. */
export const listDemonstrationMails = endpoint({
  method: 'GET',
  path: '/demonstration/mails',
  realm: 'public',
  may: 'anyone',
  summary: 'The latest captured mails of the demonstration, for who tries it and is not signed in',
  output: z.object({
    rows: z.array(
      OutgoingMail.pick({ id: true, at: true, to: true, language: true, subject: true }).extend(Words.shape),
    ),
  }),
})
