/** Mails for tests: those of `mails/`, as mail programs write them (with invented people), and such as are put together. */
import fs from 'node:fs'
import path from 'node:path'
import type { IncomingMail } from '../incoming.ts'
import { understand } from './understanding.ts'

/** On the wire lines end in CR LF. */
export const onTheWire = (text: string, encoding: 'utf8' | 'latin1' = 'utf8') =>
  Buffer.from(text.replaceAll(/\r?\n/g, '\r\n'), encoding)

export function mailNamed(name: string): Buffer {
  const file = path.join(import.meta.dirname, 'mails', `${name}.eml`)
  return onTheWire(fs.readFileSync(file, 'latin1'), 'latin1')
}

export const receivedAt = new Date('2026-11-22T09:31:02Z')

export function understood(
  raw: Buffer,
  over: Partial<Parameters<typeof understand>[0]> = {},
): Promise<IncomingMail> {
  return understand({ raw, bytes: raw.length, receivedAt, authservId: 'mx.example.org', ...over })
}

export const head = (lines: Record<string, string> = {}) =>
  Object.entries({
    From: 'Odile Perrin <odile.perrin@example.com>',
    To: 'support@example.org',
    Subject: 'Facture',
    Date: 'Sun, 22 Nov 2026 10:31:00 +0100',
    'Message-ID': '<1@example.com>',
    'MIME-Version': '1.0',
    ...lines,
  })
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')

/** One of text alone. */
export const saying = (text: string, lines: Record<string, string> = {}) =>
  onTheWire(`${head({ 'Content-Type': 'text/plain; charset=utf-8', ...lines })}\n${text}`)

export const page = (html: string, lines: Record<string, string> = {}) =>
  saying(html, { 'Content-Type': 'text/html; charset=utf-8', ...lines })

export type Sent = { type: string; content: Buffer | string; name?: string; more?: string }

/** One with files, each in base64. */
export function withFiles(text: string, files: readonly Sent[], kind = 'mixed'): Buffer {
  const parts = files.map(({ type, content, name, more = '' }) => {
    const coded = Buffer.from(content).toString('base64').replaceAll(/.{76}/g, '$&\n')
    const disposition = name === undefined ? '' : `Content-Disposition: attachment; filename="${name}"\n`
    return `--edge\nContent-Type: ${type}\nContent-Transfer-Encoding: base64\n${disposition}${more}\n${coded}\n`
  })
  return onTheWire(
    `${head({ 'Content-Type': `multipart/${kind}; boundary=edge` })}\n` +
      `--edge\nContent-Type: ${text.startsWith('<') ? 'text/html' : 'text/plain'}; charset=utf-8\n\n${text}\n` +
      `${parts.join('')}--edge--\n`,
  )
}
