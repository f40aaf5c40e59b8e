import { expect, test } from 'vitest'
import { signatureOf, verdictOn } from './signing.ts'

// The vector that standardwebhooks' own libraries are tested by.
const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64')
const call = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: '1614265330',
  body: Buffer.from('{"test": 2432232314}'),
}
const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
const then = (seconds = 0) => new Date((1_614_265_330 + seconds) * 1_000)

test('a call is signed as everybody signs it', () => {
  expect(signatureOf(secret, call)).toBe(signature)
})

test.each([
  ['as it was sent', {}, 0, 'genuine'],
  ['beside another signature', { signature: `v1,AAAA ${signature}` }, 0, 'genuine'],
  ['five minutes later', {}, 300, 'genuine'],
  ['said again six minutes later', {}, 360, 'stale'],
  ['from the future', {}, -360, 'stale'],
  ['with another body', { body: Buffer.from('{"test": 2432232315}') }, 0, 'forged'],
  ['with another id', { id: 'msg_other' }, 0, 'forged'],
  ['dated anew', { timestamp: '1614265331' }, 0, 'forged'],
  ['without a signature', { signature: '' }, 0, 'forged'],
  ['of another version', { signature: signature.replace('v1', 'v0') }, 0, 'forged'],
] as const)('%s it is %s', (_, over, seconds, verdict) => {
  expect(verdictOn({ ...call, signature, ...over }, secret, then(seconds))).toBe(verdict)
})

test('signed with another secret it is forged', () => {
  expect(verdictOn({ ...call, signature }, Buffer.from('another'), then())).toBe('forged')
})
