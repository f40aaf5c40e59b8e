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
import { demonstrationPassword } from '#server/identity'
import { openBrowserless } from '../../harness/browserless.ts'
import { lucieEnrolling, lucieSignedIn } from '../../harness/newcomer.ts'
import type { RefusalStory, WriteStory } from './story.ts'

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
      const { browser, totp } = await lucieEnrolling(server)
      return { as: browser, input: { body: { method: 'totp', code: totp.generate() } } }
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
    refusal: signInExpired,
    tell: async (server) => ({ as: openBrowserless(server.app), input: { body: { method: 'totp', code: '123456' } } }),
  },
]
