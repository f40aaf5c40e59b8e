import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { openReader, understandApart } from './apart.ts'
import { head, onTheWire, page, receivedAt, saying, understood, withFiles } from './mails.ts'

const received = (raw: Buffer) => ({
  raw,
  bytes: raw.length,
  receivedAt,
  authservId: 'mx.example.org',
})
const slow = (subject: string) => page('<b>mot</b> '.repeat(170_000), { Subject: subject })

test('what is read apart is what is read here, bytes and all', async () => {
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100_000, 'image')])
  const raw = withFiles('Bonjour', [
    { type: 'image/png', content: png, name: 'ecran.png' },
    { type: 'text/plain', content: 'petit', name: 'petit.txt' },
  ])
  const before = Buffer.from(raw)
  const mail = await understandApart(received(raw))
  expect(mail).toEqual(await understood(raw))
  expect(Buffer.isBuffer(mail.sha256) && mail.files.every(({ content }) => Buffer.isBuffer(content))).toBe(
    true,
  )
  // Who files it still has it.
  expect(raw).toEqual(before)
})

test('many at once are each answered with their own', async () => {
  const mails = await Promise.all(
    Array.from({ length: 40 }, (_, i) => understandApart(received(saying(`Le mot ${i}`)))),
  )
  expect(mails.map(({ body }) => body)).toEqual(mails.map((_, i) => `Le mot ${i}`))
})

test('one that takes too long is known by its head alone, and the next is read', async () => {
  const read = openReader({ seconds: 0, megabytes: 256 })
  const raw = slow('Trop long')
  const [mail, next] = await Promise.all([read(received(raw)), read(received(saying('Suivant')))])
  expect(mail).toMatchObject({
    problem: 'unreadable',
    body: '',
    quoted: '',
    files: [],
    bytes: raw.length,
    sha256: createHash('sha256').update(raw).digest(),
  })
  expect(next.bytes).toBe(saying('Suivant').length)
})

test('one that takes more memory than it may ends its thread and no more: its head says from whom it is', async () => {
  const read = openReader({ seconds: 30, megabytes: 64 })
  // Each line of a head is an object of its own.
  const part = `--edge\n${'a:b\n'.repeat(240_000)}\nx\n`
  const raw = onTheWire(
    `${head({ Subject: 'Trop lourd', 'Content-Type': 'multipart/mixed; boundary=edge' })}\n${part.repeat(5)}`,
  )
  expect(await read(received(raw))).toMatchObject({
    problem: 'unreadable',
    bytes: raw.length,
    subject: 'Trop lourd',
    from: { email: 'odile.perrin@example.com' },
    body: '',
  })
  expect(await read(received(saying('Suivant')))).toMatchObject({ problem: null, body: 'Suivant' })
})
