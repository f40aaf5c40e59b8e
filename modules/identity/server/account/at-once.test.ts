import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import {
  enrolAuthenticator,
  getAccount,
  getNewAuthenticator,
  getPasskeySignIn,
  removeAuthenticator,
  removePasskey,
  signInWithPasskey,
} from '#contract/identity'
import { openBrowserless } from '../../../../tests/harness/browserless.ts'
import { lucieWithPasskey } from '../../../../tests/harness/newcomer.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()

test('both factors removed and one of them shown, all at once: one stays, and nobody waits for ever', async () => {
  for (let round = 0; round < 5; round++) {
    const { browser, authenticator } = await lucieWithPasskey(server)
    const { enrolment, secret } = await browser.call(getNewAuthenticator)
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
    const { passkeys } = await browser.call(enrolAuthenticator, { body: { enrolment, code } })
    const other = openBrowserless(server.app)
    const { passkey } = await other.call(getPasskeySignIn)
    const replies = await Promise.all([
      browser.ask(removeAuthenticator),
      browser.ask(removePasskey, { params: { id: passkeys[0]?.id ?? '' } }),
      other.ask(signInWithPasskey, { body: { response: authenticator.answer(passkey) } }),
    ])
    const [one, another, entry] = replies.map(({ status }) => status)
    expect([one, another].toSorted()).toEqual([200, 409])
    expect([200, 403]).toContain(entry)
    const account = await browser.call(getAccount)
    expect(account.passkeys.length + (account.authenticator ? 1 : 0)).toBe(1)
  }
})
