import { randomUUID } from 'node:crypto'
import * as identity from '#contract/identity'
import { openBrowserless } from '../../harness/browserless.ts'
import { tokenMailed } from '../../harness/mailbox.ts'
import { roleId } from '../../harness/made-roles.ts'
import { lucieSignedIn } from '../../harness/newcomer.ts'
import type { TestServer } from '../../harness/server.ts'
import type { RefusalStory, WriteStory } from './story.ts'

const anybody = (server: TestServer) => openBrowserless(server.app, 'localhost:3000', '192.0.2.77')
const password = 'girafe violon nuage tracteur'

async function invitation(server: TestServer): Promise<string> {
  const email = `lea.${randomUUID()}@example.com`
  const roles = [await roleId(server.db, 'support')]
  const claire = await server.as('administrator')
  await claire.call(identity.inviteStaff, { body: { email, firstName: 'Léa', lastName: 'Simonnet', roles } })
  return tokenMailed(server, email, 'invitation')
}

async function refusalOfReset(server: TestServer): Promise<string> {
  const { email } = await lucieSignedIn(server)
  const claire = await server.as('administrator')
  const { rows } = await claire.call(identity.listStaff, { query: { q: email } })
  const [lucie] = rows
  if (!lucie) throw new Error(`nobody has the address ${email}`)
  await claire.call(identity.startFactorReset, {
    params: { id: lucie.id },
    body: { reason: 'Téléphone perdu' },
  })
  return tokenMailed(server, email, 'factor_reset_requested')
}

export const writes: WriteStory[] = [
  {
    endpoint: identity.askPasswordReset,
    tell: async (server) => ({ as: anybody(server), input: { body: { email: 'nobody@example.com' } } }),
  },
  {
    endpoint: identity.openLink,
    tell: async (server) => ({ as: anybody(server), input: { body: { token: await invitation(server) } } }),
  },
  {
    endpoint: identity.choosePassword,
    tell: async (server) => ({
      as: anybody(server),
      input: { body: { token: await invitation(server), password } },
    }),
  },
  {
    endpoint: identity.refuseFactorReset,
    tell: async (server) => ({
      as: anybody(server),
      input: { body: { token: await refusalOfReset(server) } },
    }),
  },
]

export const refusals: RefusalStory[] = [
  {
    endpoint: identity.openLink,
    refusal: identity.linkGone,
    tell: async (server) => ({ as: anybody(server), input: { body: { token: 'never given' } } }),
  },
  {
    endpoint: identity.choosePassword,
    refusal: identity.linkGone,
    async tell(server) {
      const token = await invitation(server)
      await anybody(server).call(identity.choosePassword, { body: { token, password } })
      return { as: anybody(server), input: { body: { token, password } } }
    },
  },
  {
    endpoint: identity.refuseFactorReset,
    refusal: identity.linkGone,
    tell: async (server) => ({
      as: anybody(server),
      input: { body: { token: await invitation(server) } },
    }),
  },
]
