import { randomUUID } from 'node:crypto'
import { Secret } from 'otpauth'
import {
  chooseLanguage,
  codeAlreadyUsed,
  codeWrong,
  credentialsWrong,
  signIn,
  signInExpired,
  signOut,
  verifySecondFactor,
} from '#contract/identity'
import { createStaff, demonstrationPassword } from '#server/identity'
import { TOTP } from 'otpauth'
import { openBrowserless } from '../../harness/browserless.ts'
import type { TestServer } from '../../harness/server.ts'
import type { RefusalStory, WriteStory } from './story.ts'

/** Lucie, hired today, has typed her password and is asked to enrol. */
async function lucieEnrolling(server: TestServer) {
  const email = `lucie.${randomUUID()}@example.com`
  const password = 'une phrase de passe assez longue'
  await createStaff(
    server.db,
    { email, firstName: 'Lucie', lastName: 'Aubert', role: 'support', password },
    'a story',
  )
  const lucie = openBrowserless(server.app)
  const first = await lucie.call(signIn, { body: { email, password } })
  if (first.step !== 'enrolment') throw new Error('enrolment expected')
  const totp = new TOTP({ secret: Secret.fromBase32(first.secret) })
  return {
    lucie,
    email,
    password,
    code: () => totp.generate(),
    wrongCode: () => totp.generate({ timestamp: 0 }),
  }
}

export const writes: WriteStory[] = [
  {
    endpoint: signIn,
    tell: async (server) => ({
      as: openBrowserless(server.app),
      input: { body: { email: 'sales@example.com', password: demonstrationPassword } },
    }),
  },
  {
    endpoint: verifySecondFactor,
    async tell(server) {
      const { lucie, code } = await lucieEnrolling(server)
      return { as: lucie, input: { body: { code: code() } } }
    },
  },
  {
    endpoint: signOut,
    tell: async (server) => ({ as: await openBrowserless(server.app).signIn('technical_administrator') }),
  },
  {
    endpoint: chooseLanguage,
    tell: async (server) => ({ as: await server.as('support'), input: { body: { language: 'en' } } }),
  },
]

export const refusals: RefusalStory[] = [
  {
    endpoint: signIn,
    refusal: credentialsWrong,
    tell: async (server) => ({
      as: openBrowserless(server.app),
      input: { body: { email: 'sales@example.com', password: 'wrong' } },
    }),
  },
  {
    endpoint: verifySecondFactor,
    refusal: codeWrong,
    async tell(server) {
      const { lucie, wrongCode } = await lucieEnrolling(server)
      return { as: lucie, input: { body: { code: wrongCode() } } }
    },
  },
  {
    endpoint: verifySecondFactor,
    refusal: codeAlreadyUsed,
    async tell(server) {
      const { lucie, email, password, code } = await lucieEnrolling(server)
      const spent = code()
      await lucie.call(verifySecondFactor, { body: { code: spent } })
      const again = openBrowserless(server.app)
      await again.call(signIn, { body: { email, password } })
      return { as: again, input: { body: { code: spent } } }
    },
  },
  {
    endpoint: verifySecondFactor,
    refusal: signInExpired,
    tell: async (server) => ({ as: openBrowserless(server.app), input: { body: { code: '123456' } } }),
  },
]
