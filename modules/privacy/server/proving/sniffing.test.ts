import { expect, test } from 'vitest'
import { typeOf } from './sniffing.ts'

const mail = [
  'Received: by mail.example.com; Mon, 6 Jul 2026 10:00:00 +0200',
  'From: Nadège <nadege@example.com>',
  'Subject: Votre demande',
  ' du 10 juin',
  'Date: Mon, 6 Jul 2026 10:00:00 +0200',
  '',
  'Madame, …',
]

test.each([
  ['application/pdf', '%PDF-1.7\n%âãÏÓ'],
  ['image/png', Buffer.from('89504e470d0a1a0a0000000d', 'hex')],
  ['image/jpeg', Buffer.from('ffd8ffe000104a464946', 'hex')],
  ['message/rfc822', mail.join('\r\n')],
  ['message/rfc822', mail.join('\n')],
] as const)('%s is known by its bytes', (type, bytes) => {
  expect(typeOf(Buffer.from(bytes))).toBe(type)
})

test.each([
  ['nothing', ''],
  ['a text', 'Madame, voici ma réponse.'],
  ['a page', '<!doctype html>\n\n<script>alert(1)</script>'],
  ['a page that pretends to be a PDF further down', '<script></script>\n%PDF-1.7'],
  ['a drawing with a script in it', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'],
  ['a program', Buffer.from('4d5a9000', 'hex')],
  ['an archive', Buffer.from('504b0304', 'hex')],
  ['a mail without a sender', mail.filter((line) => !line.startsWith('From')).join('\r\n')],
  ['a mail without a day', mail.filter((line) => !line.startsWith('Date')).join('\r\n')],
  ['headers without a letter', mail.slice(0, 5).join('\r\n')],
  ['headers with a NUL', mail.join('\r\n').replace('Votre', '\0')],
  ['something with a sender after lines that are no fields', `bonjour\r\n${mail.join('\r\n')}`],
])('%s is not kept', (_, bytes) => {
  expect(typeOf(Buffer.from(bytes))).toBeUndefined()
})

test('bytes are looked at where they lie, not where their buffer begins', () => {
  const around = Buffer.concat([Buffer.from('xx'), Buffer.from('%PDF-1.7')])
  expect(typeOf(new Uint8Array(around.buffer, around.byteOffset + 2, 8))).toBe('application/pdf')
})
