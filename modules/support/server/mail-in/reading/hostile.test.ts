/** Whatever somebody sends: reading it ends, throws nothing, and what comes out can be shown and kept. */
import v8 from 'node:v8'
import vm from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attachmentLimit } from '#contract/support'
import type { IncomingMail } from '../incoming.ts'
import { head, mailNamed, onTheWire, page, saying, understood, withFiles } from './mails.ts'
import { winmailWith } from './tnef-made.ts'
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
  ['comments of a machine', saying('x', { Precedence: many('(', 900_000) })],
  [
    'a link whose words are signs of an address',
    page(`<a href="https://x.fr">${many('@', 1_900_000)} x</a>`),
  ],
  ['a packed file whose name is dots', packed(`x${many('.', 1_500_000)}x`)],
  ['empty pages in twelve alternatives, four of them each time', alternatives(12)],
  ['texts that are tags alone, two megabytes each', manyPages(28, many('<b></b>', 285_000))],
] as const)('%s', async ([, raw]) => {
  expectSound(await understood(raw))
})

function packed(name: string): Buffer {
  const content = winmailWith(name, Buffer.from('%PDF-1.7'))
  return withFiles('x', [{ type: 'application/ms-tnef', content, name: 'winmail.dat' }])
}

function manyPages(count: number, html: string): Buffer {
  const one = `--edge\r\nContent-Type: text/html\r\n\r\n${html}\r\n`
  const beginning = onTheWire(`${head({ 'Content-Type': 'multipart/mixed; boundary=edge' })}\n`)
  return Buffer.concat([beginning, Buffer.from(`${many(one, count)}--edge--\r\n`)])
}

/** Each of an alternative within it and four pages with nothing in them. */
function alternatives(depth: number): Buffer {
  let parts = 0
  const multipart = (kind: string, children: readonly string[]) => {
    const edge = `edge${++parts}`
    return `Content-Type: multipart/${kind}; boundary=${edge}\n\n${children.map((child) => `--${edge}\n${child}\n`).join('')}--${edge}--\n`
  }
  const pages = () => multipart('mixed', Array<string>(4).fill('Content-Type: text/html\n\n<p></p>'))
  let whole = pages()
  for (let level = 0; level < depth; level++) whole = multipart('alternative', [whole, pages()])
  return onTheWire(`${head()}${whole}`)
}

test('of texts in many parts what goes beyond the measure of one is not read', async () => {
  const mail = await understood(manyPages(10, `<p>début</p>${many('<b></b>', 40_000)}<p>fin</p>`))
  expectSound(mail)
  expect(mail.body.match(/début/g)?.length).toBeLessThan(10)
})

test('a page with nothing in it is stood in for once by what says the same', async () => {
  const part = (type: string, said: string) => `--a\nContent-Type: text/${type}; charset=utf-8\n\n${said}\n`
  const mixed = `--a\nContent-Type: multipart/mixed; boundary=b\n\n${many('--b\nContent-Type: text/html\n\n<p></p>\n', 3)}--b--\n`
  const raw = onTheWire(
    `${head({ 'Content-Type': 'multipart/alternative; boundary=a' })}\n${part('plain', 'Bonjour')}${mixed}--a--\n`,
  )
  expect((await understood(raw)).body).toBe('Bonjour')
})

test('a file as large as a mail, in quoted-printable, is decoded no further than it may be large', async () => {
  const line = `${'=41'.repeat(25)}=\r\n`
  const mailWith = (content: Buffer) =>
    Buffer.concat([
      onTheWire(`${head({ 'Content-Type': 'multipart/mixed; boundary=edge' })}
--edge\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable
Content-Disposition: attachment; filename=a.txt\n\n`),
      content,
      Buffer.from('\r\n--edge--\r\n'),
    ])
  const large = await understood(mailWith(Buffer.alloc(30_000_000, `${'A'.repeat(70)}=\r\n`)))
  expect(large.files.map(({ name, why, content }) => [name, why, content.length])).toEqual([
    ['a.txt', 'size', 0],
  ])
  const fits = await understood(mailWith(Buffer.from('d=C3=A9j=c3=A0 =\r\nl=3D= \t\r\n=zz =4')))
  expect(fits.files[0]?.content.toString()).toBe('déjà l==zz =4')
  // What is coded in three letters each is as large as it is without them.
  const nearly = Math.floor(attachmentLimit.bytes / 25) - 1
  const most = await understood(mailWith(Buffer.alloc(line.length * nearly, line)))
  expect(most.files.map(({ why, bytes }) => [why, bytes])).toEqual([[null, nearly * 25]])
})

test('a text’s line separators are line breaks', async () => {
  expect((await understood(saying('un\u2028deux\u2029trois'))).body).toBe('un\ndeux\ntrois')
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
