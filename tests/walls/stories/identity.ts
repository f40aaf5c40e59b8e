import { chooseLanguage, signOut } from '#contract/identity'
import { openBrowserless } from '../../harness/browserless.ts'
import type { WriteStory } from './story.ts'

export const writes: WriteStory[] = [
  {
    endpoint: signOut,
    tell: async (server) => ({ as: await openBrowserless(server.app).signIn('technical_administrator') }),
  },
  {
    endpoint: chooseLanguage,
    tell: async (server) => ({ as: await server.as('support'), input: { body: { language: 'en' } } }),
  },
]
