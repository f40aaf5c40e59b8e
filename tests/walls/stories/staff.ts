import { randomUUID } from 'node:crypto'
import type { BuiltInRole } from '#contract/access'
import * as identity from '#contract/identity'
import { openBrowserless, type Browserless } from '../../harness/browserless.ts'
import { losingTheTop } from '../../harness/losing-the-top.ts'
import { roleId } from '../../harness/made-roles.ts'
import { lucieSignedIn } from '../../harness/newcomer.ts'
import type { TestServer } from '../../harness/server.ts'
import type { RefusalStory, WriteStory } from './story.ts'

const claire = (server: TestServer) => server.as('administrator')
const thomas = (server: TestServer) => server.as('technical_administrator')
const antoine = (server: TestServer) => server.as('super_administrator')

const idOf = async (server: TestServer, email: string) =>
  (
    await server.db
      .selectFrom('staffMembers')
      .where('email', '=', email)
      .select('id')
      .executeTakeFirstOrThrow()
  ).id

/** Léa, of whom nothing is known but what the invitation says. */
async function lea(server: TestServer) {
  return {
    email: `lea.${randomUUID()}@example.com`,
    firstName: 'Léa',
    lastName: 'Simonnet',
    roles: [await roleId(server.db, 'support')],
  }
}

const invited = async (server: TestServer) =>
  (await claire(server)).call(identity.inviteStaff, { body: await lea(server) })

/** Lucie with a session, and her id. */
async function lucie(server: TestServer, role?: BuiltInRole) {
  const person = await lucieSignedIn(server, role)
  return { ...person, id: await idOf(server, person.email) }
}

async function suspended(server: TestServer) {
  const { id } = await invited(server)
  return (await claire(server)).call(identity.suspendStaff, { params: { id }, body: { reason: 'Départ' } })
}

const top = (server: TestServer) => idOf(server, 'super-administrator@example.com')
const reason = { reason: 'Téléphone perdu' }

/** A reset that Claire asked for. */
async function resetAsked(server: TestServer, role?: BuiltInRole) {
  const person = await lucie(server, role)
  const reset = await (
    await claire(server)
  ).call(identity.startFactorReset, { params: { id: person.id }, body: reason })
  return { ...person, reset }
}

async function resetOver(server: TestServer) {
  const { reset } = await resetAsked(server)
  return (await thomas(server)).call(identity.cancelFactorReset, { params: { id: reset.id } })
}

/** Lucie at the second step of signing in. */
async function lucieWithoutPhone(server: TestServer): Promise<Browserless> {
  const { email, password } = await lucieSignedIn(server)
  const browser = openBrowserless(server.app)
  await browser.call(identity.signIn, { body: { email, password } })
  return browser
}

export const writes: WriteStory[] = [
  {
    endpoint: identity.inviteStaff,
    tell: async (server) => ({ as: await claire(server), input: { body: await lea(server) } }),
  },
  {
    endpoint: identity.resendInvitation,
    async tell(server) {
      const { id } = await invited(server)
      return { as: await claire(server), input: { params: { id } } }
    },
  },
  {
    endpoint: identity.updateStaff,
    async tell(server) {
      const { id } = await invited(server)
      const email = `lea.${randomUUID()}@example.com`
      return { as: await claire(server), input: { params: { id }, body: { email } } }
    },
  },
  {
    endpoint: identity.suspendStaff,
    async tell(server) {
      const { id } = await lucie(server)
      return { as: await claire(server), input: { params: { id }, body: { reason: 'Départ' } } }
    },
  },
  {
    endpoint: identity.reactivateStaff,
    async tell(server) {
      const { id } = await suspended(server)
      return { as: await claire(server), input: { params: { id } } }
    },
  },
  {
    endpoint: identity.setStaffRoles,
    async tell(server) {
      const { id } = await lucie(server)
      const roles = [await roleId(server.db, 'billing')]
      return { as: await claire(server), input: { params: { id }, body: { roles } } }
    },
  },
  {
    endpoint: identity.endStaffSession,
    async tell(server) {
      const { id } = await lucie(server)
      const { sessions } = await (await claire(server)).call(identity.getStaff, { params: { id } })
      return { as: await claire(server), input: { params: { id, session: sessions[0]?.id } } }
    },
  },
  {
    endpoint: identity.endStaffSessions,
    async tell(server) {
      const { id } = await lucie(server)
      return { as: await claire(server), input: { params: { id } } }
    },
  },
  {
    endpoint: identity.sendPasswordReset,
    async tell(server) {
      const { id } = await lucie(server)
      return { as: await claire(server), input: { params: { id } } }
    },
  },
  {
    endpoint: identity.startFactorReset,
    async tell(server) {
      const { id } = await lucie(server)
      return { as: await claire(server), input: { params: { id }, body: reason } }
    },
  },
  {
    endpoint: identity.approveFactorReset,
    async tell(server) {
      const { reset } = await resetAsked(server)
      return { as: await thomas(server), input: { params: { id: reset.id } } }
    },
  },
  {
    endpoint: identity.cancelFactorReset,
    async tell(server) {
      const { reset } = await resetAsked(server)
      return { as: await thomas(server), input: { params: { id: reset.id } } }
    },
  },
  {
    endpoint: identity.askFactorReset,
    tell: async (server) => ({ as: await lucieWithoutPhone(server), input: { body: reason } }),
  },
  {
    endpoint: identity.changePassword,
    async tell(server) {
      const { browser, password } = await lucie(server)
      return { as: browser, input: { body: { current: password, password: 'girafe violon nuage tracteur' } } }
    },
  },
]

/** A call of Claire's about somebody who stands above her. */
const aboveClaire = (endpoint: RefusalStory['endpoint'], body?: Record<string, unknown>): RefusalStory => ({
  endpoint,
  refusal: identity.aboveYourLevel,
  tell: async (server) => ({
    as: await claire(server),
    input: { params: { id: await top(server) }, ...(body && { body }) },
  }),
})

const ofSuspended = (endpoint: RefusalStory['endpoint'], body?: Record<string, unknown>): RefusalStory => ({
  endpoint,
  refusal: identity.alreadySuspended,
  async tell(server) {
    const { id } = await suspended(server)
    return { as: await claire(server), input: { params: { id }, ...(body && { body }) } }
  },
})

export const refusals: RefusalStory[] = [
  {
    endpoint: identity.inviteStaff,
    refusal: identity.roleNotYours,
    async tell(server) {
      const roles = [await roleId(server.db, 'super_administrator')]
      return { as: await claire(server), input: { body: { ...(await lea(server)), roles } } }
    },
  },
  {
    endpoint: identity.resendInvitation,
    refusal: identity.notInvited,
    async tell(server) {
      const { id } = await lucie(server)
      return { as: await claire(server), input: { params: { id } } }
    },
  },
  aboveClaire(identity.resendInvitation),
  ofSuspended(identity.resendInvitation),
  aboveClaire(identity.updateStaff, { firstName: 'Antonin' }),
  aboveClaire(identity.suspendStaff, { reason: 'Départ' }),
  ofSuspended(identity.suspendStaff, { reason: 'Départ' }),
  {
    endpoint: identity.suspendStaff,
    refusal: identity.notYourself,
    tell: async (server) => ({
      as: await antoine(server),
      input: { params: { id: await top(server) }, body: { reason: 'Départ' } },
    }),
  },
  {
    endpoint: identity.suspendStaff,
    refusal: identity.lastSuperAdministrator,
    async tell(server) {
      const { id } = await lucie(server, 'super_administrator')
      const as = losingTheTop(server, await antoine(server), { but: id })
      return { as, input: { params: { id }, body: { reason: 'Départ' } } }
    },
  },
  aboveClaire(identity.reactivateStaff),
  {
    endpoint: identity.reactivateStaff,
    refusal: identity.notSuspended,
    async tell(server) {
      const { id } = await invited(server)
      return { as: await claire(server), input: { params: { id } } }
    },
  },
  {
    endpoint: identity.setStaffRoles,
    refusal: identity.aboveYourLevel,
    async tell(server) {
      const roles = [await roleId(server.db, 'support')]
      return { as: await claire(server), input: { params: { id: await top(server) }, body: { roles } } }
    },
  },
  {
    endpoint: identity.setStaffRoles,
    refusal: identity.notYourself,
    async tell(server) {
      const roles = [await roleId(server.db, 'support')]
      return { as: await antoine(server), input: { params: { id: await top(server) }, body: { roles } } }
    },
  },
  {
    endpoint: identity.setStaffRoles,
    refusal: identity.roleNotYours,
    async tell(server) {
      const { id } = await invited(server)
      const roles = [await roleId(server.db, 'technical_administrator')]
      return { as: await claire(server), input: { params: { id }, body: { roles } } }
    },
  },
  {
    endpoint: identity.setStaffRoles,
    refusal: identity.lastSuperAdministrator,
    async tell(server) {
      const { id } = await lucie(server, 'super_administrator')
      const as = losingTheTop(server, await antoine(server), { but: id })
      return { as, input: { params: { id }, body: { roles: [await roleId(server.db, 'support')] } } }
    },
  },
  aboveClaire(identity.sendPasswordReset),
  ofSuspended(identity.sendPasswordReset),
  ofSuspended(identity.startFactorReset, reason),
  {
    endpoint: identity.startFactorReset,
    refusal: identity.notYourself,
    tell: async (server) => ({
      as: await antoine(server),
      input: { params: { id: await top(server) }, body: reason },
    }),
  },
  {
    endpoint: identity.startFactorReset,
    refusal: identity.factorResetOpen,
    async tell(server) {
      const { id } = await resetAsked(server)
      return { as: await thomas(server), input: { params: { id }, body: reason } }
    },
  },
  {
    endpoint: identity.approveFactorReset,
    refusal: identity.notYourself,
    async tell(server) {
      const { browser, reset } = await resetAsked(server, 'technical_administrator')
      return { as: browser, input: { params: { id: reset.id } } }
    },
  },
  {
    endpoint: identity.approveFactorReset,
    refusal: identity.alreadyApproved,
    async tell(server) {
      const { reset } = await resetAsked(server)
      return { as: await claire(server), input: { params: { id: reset.id } } }
    },
  },
  {
    endpoint: identity.approveFactorReset,
    refusal: identity.factorResetOver,
    async tell(server) {
      const { id } = await resetOver(server)
      return { as: await thomas(server), input: { params: { id } } }
    },
  },
  {
    endpoint: identity.cancelFactorReset,
    refusal: identity.factorResetOver,
    async tell(server) {
      const { id } = await resetOver(server)
      return { as: await thomas(server), input: { params: { id } } }
    },
  },
  {
    endpoint: identity.askFactorReset,
    refusal: identity.signInExpired,
    tell: async (server) => ({ as: openBrowserless(server.app), input: { body: reason } }),
  },
  {
    endpoint: identity.askFactorReset,
    refusal: identity.factorResetAsked,
    async tell(server) {
      const browser = await lucieWithoutPhone(server)
      await browser.call(identity.askFactorReset, { body: reason })
      return { as: browser, input: { body: reason } }
    },
  },
  {
    endpoint: identity.changePassword,
    refusal: identity.passwordWrong,
    async tell(server) {
      const { browser } = await lucie(server)
      const body = { current: 'not this one', password: 'girafe violon nuage tracteur' }
      return { as: browser, input: { body } }
    },
  },
]
