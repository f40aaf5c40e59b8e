import { createTransport } from 'nodemailer'
import type { MailAddress } from './config.ts'
import type { Posting } from './mail-writing.ts'

/** A header that every mail of ours bears: what comes in with it came back, and is answered by nobody. */
export const ownMark = 'X-Magestionpsy-Loop'

export type Postman = {
  /** Done when the mail server took it over. */
  deliver(mail: {
    id: string
    toEmail: string
    toName: string
    language: string
    subject: string
    text: string
    html: string
    at: Date
    /** In whose name, under the address that is the sender's. */
    fromName?: string
    replyTo?: string
    attachments?: readonly { filename: string; content: Buffer; contentType: string }[]
    post?: Omit<Posting, 'attachments'>
  }): Promise<void>
}

/** What a mail of this id is called all over the world, without the angles. */
export const messageIdOf = (id: string, from: MailAddress) =>
  `${id}@${from.email.slice(from.email.lastIndexOf('@') + 1)}`

/** Hands mail to an SMTP server: `smtp://user:password@host:587` or `smtps://…:465`. */
export function openPostman(smtpUrl: string, from: MailAddress): Postman {
  const url = new URL(smtpUrl)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const isSecure = url.protocol === 'smtps:'
  const isHere = ['localhost', '127.0.0.1', '::1'].includes(host)
  const transport = createTransport({
    host,
    port: Number(url.port) || (isSecure ? 465 : 587),
    secure: isSecure,
    // Over a network never in the clear. On this machine there is nobody to hide it from, and its certificate is
    // usually one that nobody vouches for.
    requireTLS: !isSecure && !isHere,
    ignoreTLS: !isSecure && isHere,
    ...(url.username
      ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
      : {}),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // A mail is what was rendered: nothing in it may name a file or an address to be fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async deliver({ id, toEmail, toName, language, subject, text, html, at, post = {}, ...rest }) {
      const sender = post.from ?? from
      const replyTo = post.replyTo ?? rest.replyTo
      const automatic = post.automatic ?? 'generated'
      await transport.sendMail({
        from: { name: rest.fromName ?? sender.name, address: sender.email },
        ...(replyTo && { replyTo }),
        ...(post.inReplyTo && { inReplyTo: `<${post.inReplyTo}>` }),
        ...(post.references?.length && { references: post.references.map((one) => `<${one}>`) }),
        ...(rest.attachments && { attachments: [...rest.attachments] }),
        to: { name: toName, address: toEmail },
        // What does not arrive comes back to where answers go, so that whoever wrote it learns of it.
        envelope: { from: post.replyTo ?? sender.email, to: [toEmail] },
        messageId: `<${messageIdOf(id, from)}>`,
        date: at,
        subject,
        text,
        html,
        headers: {
          ...(automatic !== 'no' && { 'Auto-Submitted': `auto-${automatic}` }),
          [ownMark]: id,
          'Content-Language': language,
        },
      })
    },
  }
}

/**
 * Whether the mail server said that this mail, to this address, will never pass (RFC 5321 section 4.2.1: 5yz). A refused
 * password is no such answer: the operator mends that, and the mail goes then.
 */
export function isRefusedForGood(error: unknown): boolean {
  const { code, responseCode = 0 } = error as { code?: string; responseCode?: number }
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode >= 500 && responseCode < 600
}
