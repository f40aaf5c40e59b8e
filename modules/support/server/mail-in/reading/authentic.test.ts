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
  ['mx.example.org; dmarc=pass header.from=example.net', 'unknown'],
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
