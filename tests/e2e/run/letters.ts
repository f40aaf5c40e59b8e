/** Mails as people and machines write them, byte by byte, for a mailbox that is really read. */
import { randomUUID } from 'node:crypto'

type Written = {
  from: string
  to: string
  subject: string
  text: string
  /** Of what it answers, with its angles. */
  inReplyTo?: string
  /** Header lines besides. */
  headers?: readonly string[]
  file?: { name: string; type: string; base64: string }
}

export type Letter = { raw: string; messageId: string }

/** Our own mail server's word on the sender's domain, which a stranger cannot write. */
export const authservId = 'mx.example.com'
const authentic = (from: string) =>
  `Authentication-Results: ${authservId}; dmarc=pass header.from=${/@([^>]+)/.exec(from)?.[1] ?? ''}`

export function aLetter({ from, to, subject, text, inReplyTo, headers = [], file }: Written): Letter {
  const messageId = `<${randomUUID()}@mail.example.com>`
  const head = [
    authentic(from),
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${encoded(subject)}`,
    `Message-ID: ${messageId}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    ...(inReplyTo ? [`In-Reply-To: ${inReplyTo}`, `References: ${inReplyTo}`] : []),
    ...headers,
    'MIME-Version: 1.0',
  ]
  const plain = [
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    base64(text),
  ]
  if (!file) return { raw: [...head, ...plain, ''].join('\r\n'), messageId }
  const edge = randomUUID()
  const parts = [
    `--${edge}`,
    ...plain,
    `--${edge}`,
    `Content-Type: ${file.type}; name="${file.name}"`,
    `Content-Disposition: attachment; filename="${file.name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    file.base64,
    `--${edge}--`,
  ]
  return {
    raw: [...head, `Content-Type: multipart/mixed; boundary="${edge}"`, '', ...parts, ''].join('\r\n'),
    messageId,
  }
}

/** What a mail server writes that cannot hand a mail over (RFC 3464). */
export function aBounce(of: { messageId: string; recipient: string; said: string; to: string }): Letter {
  const edge = randomUUID()
  const messageId = `<${randomUUID()}@mx.example.net>`
  const raw = [
    'Return-Path: <>',
    'From: Mail Delivery System <mailer-daemon@mx.example.net>',
    `To: ${of.to}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Message-ID: ${messageId}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${edge}"`,
    '',
    `--${edge}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    'I could not deliver your message.',
    `--${edge}`,
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.net',
    '',
    `Final-Recipient: rfc822; ${of.recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    `Diagnostic-Code: smtp; ${of.said}`,
    '',
    `--${edge}`,
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${of.messageId}`,
    `To: ${of.recipient}`,
    '',
    `--${edge}--`,
    '',
  ].join('\r\n')
  return { raw, messageId }
}

const base64 = (text: string) => Buffer.from(text).toString('base64').replaceAll(/.{76}/g, '$&\r\n')
const encoded = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`
