import {
  addPasskey,
  codeAlreadyUsed,
  codeWrong,
  credentialsWrong,
  enrolAuthenticator,
  enrolmentExpired,
  getAccount,
  getNewAuthenticator,
  getNewPasskey,
  getPasskeySignIn,
  getStepUp,
  lastFactor,
  makeRecoveryCodes,
  passkeyRefused,
  removeAuthenticator,
  removePasskey,
  renamePasskey,
  signIn,
  signInExpired,
  signInWithPasskey,
  stepUp,
  verifySecondFactor,
} from '#contract/identity'
import { demonstrationPassword } from '#server/identity'
import { Secret, TOTP } from 'otpauth'
import { openBrowserless, type Browserless } from '../../harness/browserless.ts'
import { lucieEnrolling, lucieSignedIn, lucieWithPasskey } from '../../harness/newcomer.ts'
import { openAuthenticator } from '../../harness/passkey.ts'
import type { TestServer } from '../../harness/server.ts'
import type { RefusalStory, WriteStory } from './story.ts'

const salesWith = (password: string) => ({ body: { email: 'sales@example.com', password } })

/** An authenticator app that scanned what the account page offers, and its code of now. */
async function scanned(browser: Browserless) {
  const { secret, enrolment } = await browser.call(getNewAuthenticator)
  const totp = new TOTP({ secret: Secret.fromBase32(secret) })
  return { enrolment, code: totp.generate(), oldCode: totp.generate({ timestamp: 0 }) }
}

/** Lucie with a passkey and an authenticator. */
async function lucieWithBoth(server: TestServer) {
  const lucie = await lucieWithPasskey(server)
  const { enrolment, code } = await scanned(lucie.browser)
  await lucie.browser.call(enrolAuthenticator, { body: { enrolment, code } })
  return lucie
}

async function firstPasskeyOf(browser: Browserless): Promise<string> {
  const { passkeys } = await browser.call(getAccount)
  return passkeys[0]?.id ?? ''
}

/** Lucie's answer to a step-up. */
async function answered(
  { browser, authenticator }: Awaited<ReturnType<typeof lucieWithPasskey>>,
  forged = false,
) {
  const { passkey } = await browser.call(getStepUp)
  return { method: 'passkey', response: authenticator.answer(passkey ?? {}, { forged }) } as const
}

export const writes: WriteStory[] = [
  {
    endpoint: signIn,
    tell: async (server) => ({ as: openBrowserless(server.app), input: salesWith(demonstrationPassword) }),
  },
  {
    endpoint: verifySecondFactor,
    async tell(server) {
      const { browser, totp } = await lucieEnrolling(server)
      return { as: browser, input: { body: { method: 'totp', code: totp.generate() } } }
    },
  },
  {
    endpoint: signInWithPasskey,
    async tell(server) {
      const { authenticator } = await lucieWithPasskey(server)
      const as = openBrowserless(server.app)
      const { passkey } = await as.call(getPasskeySignIn)
      return { as, input: { body: { response: authenticator.answer(passkey) } } }
    },
  },
  {
    endpoint: stepUp,
    async tell(server) {
      const lucie = await lucieWithPasskey(server)
      return { as: lucie.browser, input: { body: await answered(lucie) } }
    },
  },
  {
    endpoint: enrolAuthenticator,
    async tell(server) {
      const { browser } = await lucieWithPasskey(server)
      const { enrolment, code } = await scanned(browser)
      return { as: browser, input: { body: { enrolment, code } } }
    },
  },
  {
    endpoint: removeAuthenticator,
    tell: async (server) => ({ as: (await lucieWithBoth(server)).browser }),
  },
  {
    endpoint: addPasskey,
    async tell(server) {
      const { browser } = await lucieSignedIn(server)
      const { passkey } = await browser.call(getNewPasskey)
      const response = openAuthenticator().make(passkey)
      return { as: browser, input: { body: { name: 'Téléphone de Lucie', response } } }
    },
  },
  {
    endpoint: renamePasskey,
    async tell(server) {
      const { browser } = await lucieWithPasskey(server)
      const params = { id: await firstPasskeyOf(browser) }
      return { as: browser, input: { params, body: { name: 'Clé du bureau' } } }
    },
  },
  {
    endpoint: removePasskey,
    async tell(server) {
      const { browser } = await lucieWithBoth(server)
      return { as: browser, input: { params: { id: await firstPasskeyOf(browser) } } }
    },
  },
  {
    endpoint: makeRecoveryCodes,
    tell: async (server) => ({ as: (await lucieSignedIn(server)).browser }),
  },
]

export const refusals: RefusalStory[] = [
  {
    endpoint: signIn,
    refusal: credentialsWrong,
    tell: async (server) => ({ as: openBrowserless(server.app), input: salesWith('wrong') }),
  },
  {
    endpoint: verifySecondFactor,
    refusal: codeWrong,
    async tell(server) {
      const { browser, totp } = await lucieEnrolling(server)
      return { as: browser, input: { body: { method: 'totp', code: totp.generate({ timestamp: 0 }) } } }
    },
  },
  {
    endpoint: verifySecondFactor,
    refusal: codeAlreadyUsed,
    async tell(server) {
      const { email, password, totp } = await lucieSignedIn(server)
      const again = openBrowserless(server.app)
      await again.call(signIn, { body: { email, password } })
      return { as: again, input: { body: { method: 'totp', code: totp.generate() } } }
    },
  },
  {
    endpoint: verifySecondFactor,
    refusal: passkeyRefused,
    async tell(server) {
      const { browser, passkeyOptions } = await lucieEnrolling(server)
      const response = openAuthenticator().make(passkeyOptions, { userVerified: false })
      return { as: browser, input: { body: { method: 'new_passkey', response } } }
    },
  },
  {
    endpoint: verifySecondFactor,
    refusal: signInExpired,
    tell: async (server) => ({
      as: openBrowserless(server.app),
      input: { body: { method: 'totp', code: '123456' } },
    }),
  },
  {
    endpoint: signInWithPasskey,
    refusal: passkeyRefused,
    async tell(server) {
      const { authenticator, passkeyOptions } = await lucieWithPasskey(server)
      // Made for enrolling, not for signing in.
      const response = authenticator.answer({ rpId: 'localhost', challenge: passkeyOptions.challenge })
      return { as: openBrowserless(server.app), input: { body: { response } } }
    },
  },
  {
    endpoint: stepUp,
    refusal: codeWrong,
    async tell(server) {
      const { browser, totp } = await lucieSignedIn(server)
      return { as: browser, input: { body: { method: 'totp', code: totp.generate({ timestamp: 0 }) } } }
    },
  },
  {
    endpoint: stepUp,
    refusal: codeAlreadyUsed,
    async tell(server) {
      const { browser, totp } = await lucieSignedIn(server)
      return { as: browser, input: { body: { method: 'totp', code: totp.generate() } } }
    },
  },
  {
    endpoint: stepUp,
    refusal: passkeyRefused,
    async tell(server) {
      const lucie = await lucieWithPasskey(server)
      return { as: lucie.browser, input: { body: await answered(lucie, true) } }
    },
  },
  {
    endpoint: enrolAuthenticator,
    refusal: codeWrong,
    async tell(server) {
      const { browser } = await lucieWithPasskey(server)
      const { enrolment, oldCode } = await scanned(browser)
      return { as: browser, input: { body: { enrolment, code: oldCode } } }
    },
  },
  {
    endpoint: enrolAuthenticator,
    refusal: enrolmentExpired,
    async tell(server) {
      const [lucie, other] = [await lucieWithPasskey(server), await lucieWithPasskey(server)]
      // Sealed for another session.
      const { enrolment, code } = await scanned(other.browser)
      return { as: lucie.browser, input: { body: { enrolment, code } } }
    },
  },
  {
    endpoint: removeAuthenticator,
    refusal: lastFactor,
    tell: async (server) => ({ as: (await lucieSignedIn(server)).browser }),
  },
  {
    endpoint: addPasskey,
    refusal: passkeyRefused,
    async tell(server) {
      const { browser } = await lucieSignedIn(server)
      const { passkey } = await browser.call(getNewPasskey)
      const response = openAuthenticator().make(passkey, { origin: 'http://localhost:4000' })
      return { as: browser, input: { body: { name: 'Ailleurs', response } } }
    },
  },
  {
    endpoint: removePasskey,
    refusal: lastFactor,
    async tell(server) {
      const { browser } = await lucieWithPasskey(server)
      return { as: browser, input: { params: { id: await firstPasskeyOf(browser) } } }
    },
  },
]
