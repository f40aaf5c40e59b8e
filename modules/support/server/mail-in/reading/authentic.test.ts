import { expect, test } from 'vitest'
import { onTheWire, saying, understood } from './mails.ts'

const found = async (...results: string[]) => {
  const lines = results.map((result) => `Authentication-Results: ${result}\n`).join('')
  return (await understood(onTheWire(lines + saying('Bonjour').toString()))).authentic
}

test.for([
  ['mx.example.org; dmarc=pass header.from=example.com', 'pass'],
  ['mx.example.org 1; dmarc=fail (p=reject) header.from=example.com; dkim=pass header.d=example.com', 'fail'],
  ['mx.example.org; dkim=pass header.d=example.com header.s=a; spf=none smtp.mailfrom=example.com', 'pass'],
  ['mx.example.org; spf=pass smtp.mailfrom=bounces@example.com', 'pass'],
  ['mx.example.org; spf=fail smtp.mailfrom=odile.perrin@example.com', 'fail'],
  ['mx.example.org; none', 'unknown'],
  // Proven is another domain than the one people see.
  ['mx.example.org; dkim=pass header.d=example.net; spf=pass smtp.mailfrom=a@example.net', 'unknown'],
  ['mx.example.org; dmarc=pass header.from=example.net', 'fail'],
  ['mx.example.org; dmarc=none header.from=example.net; spf=pass smtp.mailfrom=example.com', 'fail'],
  ['mx.example.org; dmarc=none header.from=example.com; spf=pass smtp.mailfrom=example.net', 'unknown'],
  ['mx.example.org; dmarc=temperror header.from=example.com; spf=pass smtp.mailfrom=example.com', 'unknown'],
  ['mx.example.org; spf=softfail smtp.mailfrom=example.com', 'unknown'],
  // Of one house, where there is no policy.
  ['mx.example.org; dmarc=none header.from=example.com; spf=pass smtp.mailfrom=bounces.example.com', 'pass'],
  ['mx.example.org; dmarc=none; dkim=pass header.d=mail.example.com', 'pass'],
  ['mx.example.org; dkim=pass header.d=badexample.com', 'unknown'],
  ['mx.example.org; dkim=pass header.d=com', 'unknown'],
  // What the sender chose stands in quotes and comments.
  ['mx.example.org; dmarc=fail header.from=example.com (; dmarc=pass)', 'fail'],
  ['mx.example.org; spf=fail smtp.mailfrom="a; dmarc=pass "@example.com', 'fail'],
  // Another server's word.
  ['mx.example.com; dmarc=pass header.from=example.com', 'unknown'],
  ['mx.example.org.example.com; dmarc=pass header.from=example.com', 'unknown'],
] as const)('%s', async ([result, authentic]) => {
  expect(await found(result)).toBe(authentic)
})

test('a finding that the sender wrote below the server’s own is not believed', async () => {
  const forged = 'mx.example.org; dmarc=pass header.from=example.com'
  expect(await found('mx.example.org; dmarc=fail header.from=example.com', forged)).toBe('fail')
  expect(await found('mx.example.org; spf=none smtp.mailfrom=example.com', forged)).toBe('unknown')
})

test('nobody is believed where no server is trusted', async () => {
  const raw = onTheWire(
    `Authentication-Results: mx.example.org; dmarc=pass header.from=example.com\n${saying('Bonjour').toString()}`,
  )
  expect((await understood(raw, { authservId: undefined })).authentic).toBe('unknown')
})

test('a mail with two senders proves neither', async () => {
  const raw = onTheWire(
    `Authentication-Results: mx.example.org; dmarc=pass header.from=example.com\nFrom: support@example.org\n${saying('Bonjour').toString()}`,
  )
  expect((await understood(raw)).authentic).toBe('fail')
})

const passing = (from: string, domain = 'example.com') =>
  onTheWire(
    `Authentication-Results: mx.example.org; dmarc=pass header.from=${domain}\n${saying('Bonjour', { From: from }).toString()}`,
  )

test.for([
  'victim@example.com, me@example.net',
  'me@example.net, victim@example.com',
  '<victim@example.com> <me@example.net>',
  'victim@example.com <me@example.net>',
  'group: victim@example.com;, me@example.net',
  'group: victim@example.com;',
  'me@example.net <victim@example.com',
  'victim@example.com me@example.net',
  '"victim@example.com"@example.net',
  '<victim@example.com>, <me@example.net>',
  'victim@"me"example.com',
])('whoever is named by %s is nobody: one program reads the one, one the other', async (from) => {
  for (const domain of ['example.com', 'example.net'])
    expect((await understood(passing(from, domain))).authentic).not.toBe('pass')
  for (const authservId of [undefined, 'none'])
    expect((await understood(passing(from), { authservId })).authentic).not.toBe('pass')
})

test.for([
  'odile@example.com',
  '<odile@example.com>',
  'Odile Perrin <Odile@Example.com>',
  '"Perrin, Odile" <odile@example.com>',
  '"someone@example.net" <odile@example.com>',
  'odile@example.com (Odile Perrin)',
  '=?utf-8?Q?L=C3=A9a=2C_secr=C3=A9tariat?= <odile@example.com>',
])('%s names one sender', async (from) => {
  const read = await understood(passing(from))
  expect([read.from?.email, read.authentic]).toEqual(['odile@example.com', 'pass'])
})

test('where the server refuses what is forged, as its keeper says, one whole sender is believed', async () => {
  expect((await understood(saying('Bonjour'), { authservId: 'none' })).authentic).toBe('pass')
})
