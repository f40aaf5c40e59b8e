/** Whatever somebody sends: reading it ends, throws nothing, and what comes out can be shown and kept. */
import v8 from 'node:v8'
import vm from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IncomingMail } from '../incoming.ts'
import { mailNamed, onTheWire, page, saying, understood, withFiles } from './mails.ts'
import { longestBody, longestQuoted } from './understanding.ts'

// oxlint-disable-next-line no-control-regex
const unkept = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uE000-\uE006]/

function expectSound(mail: IncomingMail): void {
  expect(mail.body.length).toBeLessThanOrEqual(longestBody)
  expect(mail.quoted.length).toBeLessThanOrEqual(longestQuoted)
  const lines = [
    mail.subject,
    mail.from?.name,
    ...[...mail.to, ...mail.cc].flatMap(({ name, email }) => [name, email]),
  ]
  for (const text of [...lines, mail.body, mail.quoted]) {
    expect(text ?? '').not.toMatch(unkept)
    expect((text ?? '').isWellFormed()).toBe(true)
  }
  for (const line of lines) expect(line ?? '').not.toMatch(/[\r\n]/)
  for (const { name } of mail.files) expect(name).toMatch(/^[^/\\\p{Cc}]+$/u)
}

const programs = ['gmail-fr', 'outlook-fr', 'postfix-bounce', 'thunderbird-html', 'gmail-interleaved'].map(
  mailNamed,
)

test('a mail that was changed anywhere is still read', async () => {
  const change = fc.record({
    at: fc.nat(),
    cut: fc.nat(80),
    put: fc.oneof(fc.uint8Array({ maxLength: 40 }), token),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...programs),
      fc.array(change, { maxLength: 6 }),
      async (mail, changes) => {
        let raw = mail
        for (const { at, cut, put } of changes) {
          const place = at % (raw.length + 1)
          raw = Buffer.concat([raw.subarray(0, place), put, raw.subarray(place + cut)])
        }
        expectSound(await understood(raw))
      },
    ),
    { numRuns: 300 },
  )
})

const token = fc
  .constantFrom(
    '\r\n\r\n',
    '--000000000000f00d',
    '<blockquote type=cite>',
    '</div>',
    '<li>',
    '=?utf-8?Q?=00=ED=A0=80?=',
    'Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n',
    'Content-Transfer-Encoding: base64\r\n',
    '> ',
    'Le 1 janvier, X a écrit :',
    '<a href="https://x/">',
    '&#xD800;&#0;',
  )
  .map((text) => Buffer.from(text))

test('any bytes at all are read', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
      expectSound(await understood(Buffer.from(bytes)))
      expectSound(
        await understood(Buffer.concat([onTheWire('From: a@b\nContent-Type: text/html\n\n'), bytes])),
      )
    }),
    { numRuns: 300 },
  )
})

const many = (text: string, times: number) => text.repeat(times)

/** Each would cost a careless reader time in proportion to the square of its length, or a stack. */
test.for([
  ['a page nested a hundred thousand deep', page(many('<div>', 100_000) + 'x')],
  ['styles nested as deep', page(many('<b><i>', 50_000) + 'x')],
  ['quotes nested as deep', page(many('<blockquote>', 50_000) + 'x')],
  ['lists nested as deep', page(many('<ul><li>', 50_000) + 'x')],
  ['scripts that never end', page(many('<script>', 50_000))],
  ['tags that never end', page(many('<a href="', 100_000))],
  ['marks of bold', page(many('<b>x</b>', 100_000))],
  ['comments that never end', page(many('<!--', 200_000))],
  ['a line of two million letters', saying(many('a', 2_000_000))],
  ['a line of two million spaces', saying(`x${many(' ', 2_000_000)}y`)],
  ['lines that seem to begin a head', saying(many('De : x\n', 100_000))],
  ['lines that seem to announce a quote', saying(many('Le 1 janvier x\n> y\n', 50_000))],
  ['quotes in turn with answers', saying(many('> a\nb\n', 100_000), { 'In-Reply-To': '<a@b>' })],
  ['marks of a signature', saying(many('-- \n', 100_000))],
  ['references by the ten thousand', saying('x', { References: many('<a@b>\n ', 40_000) })],
  ['encoded words by the ten thousand', saying('x', { Subject: many('=?utf-8?Q?a?=\n ', 20_000) })],
  ['an address of brackets', saying('x', { From: many('(', 200_000), To: many('<', 200_000) })],
  ['groups in groups', saying('x', { To: many('a:', 100_000) })],
  [
    'four hundred parts',
    withFiles('x', Array(400).fill({ type: 'text/plain', content: 'y', name: 'a.txt' })),
  ],
  ['a thousand parts', withFiles('x', Array(1_000).fill({ type: 'text/plain', content: 'y' }))],
  ['plus signs in UTF-7', saying(many('+', 500_000), { 'Content-Type': 'text/plain; charset=utf-7' })],
  ['soft line breaks', saying(many('=  ', 500_000), { 'Content-Transfer-Encoding': 'quoted-printable' })],
  [
    'findings of a server',
    saying('x', { 'Authentication-Results': `mx.example.org; ${many('(', 300_000)}` }),
  ],
] as const)('%s', async ([, raw]) => {
  expectSound(await understood(raw))
})

test('of a text of fifty megabytes the beginning is read', async () => {
  const lines = Buffer.alloc(50 * 2 ** 20, 'Une ligne comme une autre.\r\n')
  const before = held()
  for (const type of ['text/plain', 'text/html']) {
    const raw = Buffer.concat([onTheWire(`From: a@example.com\nContent-Type: ${type}\n\n`), lines])
    const mail = await understood(raw)
    expectSound(mail)
    expect(mail.body).toMatch(/^Une ligne comme une autre\./)
    expect(mail.body.length).toBeGreaterThan(longestBody - 100)
  }
  // What is held of it is what is shown of it.
  expect(held() - before).toBeLessThan(10 * 2 ** 20)
})

/** Bytes that are still reached from somewhere. */
function held(): number {
  v8.setFlagsFromString('--expose-gc')
  const collect = vm.runInNewContext('gc') as () => void // by that flag
  collect()
  return process.memoryUsage().heapUsed
}
