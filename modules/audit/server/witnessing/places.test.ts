import { describe, expect, test } from 'vitest'
import { ConfigError } from '#platform/server/config.ts'
import { generateKey } from '../tree/keys.ts'
import { readPlaces } from './places.ts'

const witness = generateKey('witness.example/w1', 0x04).signer.vkey
const log = generateKey('localhost:3000/audit/log').signer.vkey

const problems = (...texts: string[]): readonly string[] => {
  try {
    readPlaces(texts)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

test('each kind is read, and named without its secrets', () => {
  const places = readPlaces([
    'folder:///mnt/a%20witness',
    's3://KEY:top%2Fsecret@s3.example.com:9000/journal/mgp/prod?region=eu-west-3&days=30&insecure=1',
    `https://witness.example/prefix/#${encodeURIComponent(witness.text)}`,
    `http://other.example#${witness.text}`,
    'mailto:notary@example.com',
  ])
  expect(places).toMatchObject([
    { kind: 'folder', name: 'folder:///mnt/a%20witness', folder: '/mnt/a witness' },
    {
      kind: 's3',
      name: 's3://s3.example.com:9000/journal/mgp/prod',
      address: 'http://s3.example.com:9000/journal/mgp/prod/',
      accessKey: 'KEY',
      secretKey: 'top/secret',
      region: 'eu-west-3',
      days: 30,
    },
    { kind: 'http', name: 'https://witness.example/prefix', prefix: 'https://witness.example/prefix' },
    { kind: 'http', name: 'http://other.example', vkey: { text: witness.text } },
    { kind: 'mail', name: 'mailto:notary@example.com', email: 'notary@example.com' },
  ])
})

test('a bucket without more is kept for ten years, over TLS', () => {
  expect(readPlaces(['s3://K:S@s3.example.com/journal'])).toMatchObject([
    { address: 'https://s3.example.com/journal/', region: 'us-east-1', days: 3650 },
  ])
})

describe('what cannot be read is said in a sentence that names the place and holds no secret', () => {
  test.each([
    ['/mnt/witness', 'must begin with folder:///'],
    ['ftp://example.com', 'must begin with folder:///'],
    ['folder://mnt/witness', 'folder:///absolute/path'],
    ['folder:///', 'folder:///absolute/path'],
    ['s3://s3.example.com/journal', 'needs its key and its secret'],
    ['s3://KEY:hush@s3.example.com/', 'must be a bucket'],
    ['s3://KEY:hush@s3.example.com/journal?days=0', 'days must be a whole number'],
    ['s3://KEY:hush@s3.example.com/journal?mode=none', 'only region, days and insecure'],
    ['s3://KEY:hush@s3.example.com/journal/é', 'what follows the bucket'],
    ['https://witness.example/prefix', 'must stand after the #'],
    ['https://witness.example#hush', 'cannot be read: this is no vkey'],
    [`https://witness.example#${log.text}`, 'its type must be 04'],
    [`https://user:hush@witness.example#${witness.text}`, 'neither a user nor a ?'],
    ['mailto:nobody', 'mailto:somebody@example.com'],
  ])('%s', (text, sentence) => {
    const [problem, ...more] = problems('folder:///mnt/witness', text)
    expect(more).toEqual([])
    expect(problem).toMatch(/^AUDIT_WITNESSES, place 2: .*\.$/)
    expect(problem).toContain(sentence)
    expect(problem).not.toContain('hush')
  })

  test('all of them at once, and one place twice', () => {
    expect(problems('nowhere', 'folder:///a', 'folder:///a')).toEqual([
      expect.stringContaining('place 1'),
      'AUDIT_WITNESSES names folder:///a twice.',
    ])
  })
})
