import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { vaultOf } from '#platform/server/vault.ts'
import { openAuthenticator, type Twist } from '../../../../tests/harness/passkey.ts'
import { newChallenge, openChallenge } from './challenges.ts'
import {
  askForNewPasskey,
  askForPasskey,
  holderOf,
  isCertified,
  readAnswer,
  readNewPasskey,
  relyingPartyAt,
  wentBack,
} from './passkeys.ts'

const vault = vaultOf(randomBytes(32))
const party = relyingPartyAt(new URL('https://administration.example.com'))
const origin = 'https://administration.example.com'
const now = new Date()
const open = (text: string) => openChallenge(vault, text, 'a test', now)
const challenge = () => newChallenge(vault, 'a test', now)
const lucie = { id: '01900000-0000-7000-8000-00000000abcd', email: 'lucie@example.com', name: 'Lucie Aubert' }

const optionsOfNew = () => askForNewPasskey(party, { challenge: challenge(), person: lucie, exclude: [] })

/** Lucie's passkey, kept. */
async function kept(counts = false) {
  const authenticator = openAuthenticator({ origin, counts })
  const passkey = await readNewPasskey(party, authenticator.make(await optionsOfNew()), open)
  if (!passkey) throw new Error('a passkey was expected')
  return { authenticator, passkey }
}

test('a passkey is asked for that knows its holder, verifies them, and is not there yet', async () => {
  const { passkey } = await kept()
  const options = await askForNewPasskey(party, { challenge: challenge(), person: lucie, exclude: [passkey] })
  expect(options).toMatchObject({
    rp: { id: 'administration.example.com', name: 'MaGestionPsy' },
    user: { id: Buffer.from('0190000000007000800000000000abcd', 'hex').toString('base64url') },
    attestation: 'none',
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    excludeCredentials: [
      { id: passkey.credentialId.toString('base64url'), transports: ['hybrid', 'internal'] },
    ],
  })
})

test('what the authenticator made is kept, and its answers are true', async () => {
  const { authenticator, passkey } = await kept()
  expect(passkey).toMatchObject({ signCount: 0, backedUp: true })
  const options = await askForPasskey(party, { challenge: challenge(), allow: [passkey] })
  expect(options).toMatchObject({ rpId: 'administration.example.com', userVerification: 'required' })
  const response = authenticator.answer(options)
  expect(await readAnswer(party, response, passkey, open)).toMatchObject({ signCount: 0, backedUp: true })
  expect(holderOf(response)).toBe(lucie.id)
})

const lies: [string, Twist][] = [
  ['nobody was verified', { userVerified: false }],
  ['nobody was there', { userPresent: false, userVerified: false }],
  ['another origin asked', { origin: 'https://administration.example.com.evil.example' }],
  ['the same host asked without TLS', { origin: 'http://administration.example.com' }],
  ['it is for another host', { rpId: 'evil.example' }],
  ['it was asked inside another page', { crossOrigin: true }],
  ['it answers another challenge', { challenge: randomBytes(56).toString('base64url') }],
  ['it answers no challenge', { challenge: '' }],
]

describe('no passkey is kept where', () => {
  test.each([...lies, ['it is an answer', { type: 'webauthn.get' }]] as [string, Twist][])(
    '%s',
    async (_, twist) => {
      const response = openAuthenticator({ origin }).make(await optionsOfNew(), twist)
      expect(await readNewPasskey(party, response, open)).toBeNull()
    },
  )
})

describe('no answer is true where', () => {
  test.each([
    ...lies,
    ['it is a new passkey', { type: 'webauthn.create' }],
    ['another key signed it', { forged: true }],
  ] as [string, Twist][])('%s', async (_, twist) => {
    const { authenticator, passkey } = await kept()
    const options = await askForPasskey(party, { challenge: challenge() })
    expect(await readAnswer(party, authenticator.answer(options, twist), passkey, open)).toBeNull()
  })
})

test('truncated anywhere, neither a new passkey nor an answer is one, and nothing stumbles', async () => {
  const { authenticator, passkey } = await kept()
  const options = await askForPasskey(party, { challenge: challenge() })
  const answer = authenticator.answer(options)
  const made = openAuthenticator({ origin }).make(await optionsOfNew())
  for (const field of ['clientDataJSON', 'authenticatorData', 'signature']) {
    const whole = String((answer.response as Record<string, string>)[field])
    for (const length of [0, 1, 7, whole.length >> 1, whole.length - 4]) {
      const response = { ...(answer.response as object), [field]: whole.slice(0, length) }
      expect(await readAnswer(party, { ...answer, response }, passkey, open)).toBeNull()
    }
  }
  for (const field of ['clientDataJSON', 'attestationObject']) {
    const whole = String((made.response as Record<string, string>)[field])
    for (const length of [0, 1, 7, whole.length >> 1, whole.length - 4]) {
      const response = { ...(made.response as object), [field]: whole.slice(0, length) }
      expect(await readNewPasskey(party, { ...made, response }, open)).toBeNull()
    }
  }
})

test.each([
  ['nothing', {}],
  ['null', { response: null }],
  ['numbers', { response: { clientDataJSON: 1, attestationObject: 2, authenticatorData: 3, signature: 4 } }],
  ['JSON that is null', { response: { clientDataJSON: Buffer.from('null').toString('base64url') } }],
  [
    'a thousand maps in each other',
    { response: { attestationObject: Buffer.alloc(4_000, 0xa1).toString('base64url') } },
  ],
])('a browser that sends %s sent no passkey', async (_what, said) => {
  const { passkey } = await kept()
  const response = { id: passkey.credentialId.toString('base64url'), type: 'public-key', ...said }
  expect(await readNewPasskey(party, response, open)).toBeNull()
  expect(await readAnswer(party, response, passkey, open)).toBeNull()
  expect(holderOf(response)).toBeNull()
})

test('a count goes on or is always zero; whatever else it does, the authenticator was copied', () => {
  expect(wentBack({ signCount: 0 }, { signCount: 0 })).toBe(false)
  expect(wentBack({ signCount: 0 }, { signCount: 1 })).toBe(false)
  expect(wentBack({ signCount: 7 }, { signCount: 8 })).toBe(false)
  expect(wentBack({ signCount: 7 }, { signCount: 7 })).toBe(true)
  expect(wentBack({ signCount: 7 }, { signCount: 6 })).toBe(true)
  expect(wentBack({ signCount: 7 }, { signCount: 0 })).toBe(true)
})

// CBOR: a map of x5c to an empty list, and an empty map.
const certified = Buffer.from('a16378356380', 'hex')
const bare = Buffer.from('a0', 'hex')

test.each([
  ['none', bare, false],
  ['packed', bare, false],
  ['packed', certified, true],
  ['tpm', bare, true],
  ['android-key', certified, true],
  ['apple', certified, true],
  ['of another world', bare, true],
] as const)('a maker’s certificates are told by the format %s', async (format, statement, is) => {
  const made = openAuthenticator({ origin }).make(await optionsOfNew(), { attestation: [format, statement] })
  expect(isCertified(made)).toBe(is)
  expect(await readNewPasskey(party, made, open)).toEqual(format === 'none' ? expect.anything() : null)
})
