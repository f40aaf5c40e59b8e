/** Standing in for a member: what is asked, answered, begun and ended, each by people of its own. */
import * as impersonation from '#contract/impersonation'
import { ask, enter, freshStaff, withHalf, type Asked, type TestStaff } from '../../harness/impersonation.ts'
import type { TenancyServer, TestMember, TestPractice } from '../../harness/tenants.ts'
import type { LookStory, RefusalStory, WriteStory } from './story.ts'

const made = new WeakMap<TenancyServer, Map<string, Promise<TestPractice>>>()

/** Made once a server, by whose it is. */
function practiceOf(server: TenancyServer, whose: string): Promise<TestPractice> {
  const known = made.get(server) ?? new Map<string, Promise<TestPractice>>()
  made.set(server, known)
  const practice = known.get(whose) ?? server.openPractice(whose)
  known.set(whose, practice)
  return practice
}

/** A practitioner, freshly signed in, whose practice is not asked beforehand. */
const open = async (server: TenancyServer): Promise<TestMember> =>
  server.asMember((await practiceOf(server, 'Odile Perrin')).holder.memberId)

/** And one whose practice wants to be. */
async function asked(server: TenancyServer): Promise<TestMember> {
  const { holder, tenantId } = await practiceOf(server, 'Serge Collin')
  await server.db
    .updateTable('tenants')
    .set({ impersonationPolicy: 'consent' })
    .where('id', '=', tenantId)
    .execute()
  return server.asMember(holder.memberId)
}

const staff = (server: TenancyServer, role = 'administrator') => freshStaff(server, role)

async function ready(server: TenancyServer, over: Asked = {}) {
  const [as, member] = [await staff(server), await open(server)]
  const one = await ask(as, member, over)
  return { as, member, id: one.id, params: { id: one.id } }
}

async function waiting(server: TenancyServer, over: Asked = {}) {
  const [as, member] = [await staff(server), await asked(server)]
  const one = await ask(as, member, over)
  return { as, member, id: one.id, params: { id: one.id } }
}

async function inside(server: TenancyServer) {
  const one = await ready(server)
  return { ...one, browser: await enter(server, one.as, one.id) }
}

async function withdrawn(server: TenancyServer) {
  const one = await ready(server)
  await one.as.call(impersonation.withdrawImpersonation, { params: one.params })
  return one
}

async function brokenGlass(server: TenancyServer) {
  const one = await waiting(server, { breakGlass: true })
  const direction = await staff(server, 'direction')
  await direction.call(impersonation.approveImpersonation, { params: one.params })
  const browser = await enter(server, one.as, one.id)
  await browser.call(impersonation.leaveImpersonation)
  return { ...one, direction }
}

async function keyed(as: TestStaff, id: string, server: TenancyServer) {
  const { browser, half } = await withHalf(server, id)
  const { key } = await as.call(impersonation.makeImpersonationKey, {
    params: { id },
    body: { browser: half },
  })
  return { browser, key }
}

const reason = 'L’agenda ne s’affiche plus'
const question = (memberId: string, over: object = {}) => ({
  body: { memberId, purpose: 'question', reason, ...over },
})
const nobody = '0190a000-0000-7000-8000-000000000000'
const half = 'A'.repeat(43)

export const writes: readonly WriteStory[] = [
  {
    endpoint: impersonation.askImpersonation,
    tell: async (server) => ({
      as: await staff(server),
      input: question((await open(server)).memberId),
    }),
  },
  {
    endpoint: impersonation.approveImpersonation,
    tell: async (server) => {
      const { params } = await waiting(server, { breakGlass: true })
      return { as: await staff(server, 'direction'), input: { params } }
    },
  },
  {
    endpoint: impersonation.reviewImpersonation,
    tell: async (server) => {
      const { direction, params } = await brokenGlass(server)
      return { as: direction, input: { params, body: { review: 'Justifié : fuite en cours.' } } }
    },
  },
  {
    endpoint: impersonation.makeImpersonationKey,
    tell: async (server) => {
      const { as, params } = await ready(server)
      return { as, input: { params, body: { browser: half } } }
    },
  },
  {
    endpoint: impersonation.chooseImpersonationPolicy,
    tell: async (server) => {
      const as = await staff(server)
      const { revision } = await as.call(impersonation.getImpersonationPolicy)
      return { as, input: { body: { policy: 'announced', revision } } }
    },
  },
  {
    endpoint: impersonation.revokeImpersonation,
    tell: async (server) => {
      const { params } = await ready(server)
      return { as: await staff(server, 'direction'), input: { params } }
    },
  },
  {
    endpoint: impersonation.withdrawImpersonation,
    tell: async (server) => {
      const { as, params } = await ready(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: impersonation.endOwnImpersonation,
    tell: async (server) => ({ as: (await inside(server)).as }),
  },
  {
    endpoint: impersonation.enterImpersonation,
    tell: async (server) => {
      const { as, id } = await ready(server)
      const { browser, key } = await keyed(as, id, server)
      return { as: browser, input: { body: { key } } }
    },
  },
  {
    endpoint: impersonation.leaveImpersonation,
    tell: async (server) => ({ as: (await inside(server)).browser }),
  },
  {
    endpoint: impersonation.agreeToAccess,
    tell: async (server) => {
      const { member, params } = await waiting(server)
      return { as: member, input: { params, body: {} } }
    },
  },
  {
    endpoint: impersonation.refuseAccess,
    tell: async (server) => {
      const { member, params } = await waiting(server)
      return { as: member, input: { params } }
    },
  },
  {
    endpoint: impersonation.openNotesToAccess,
    tell: async (server) => {
      const { member, params } = await ready(server)
      return { as: member, input: { params } }
    },
  },
  {
    endpoint: impersonation.endAccess,
    tell: async (server) => {
      const { member, params } = await ready(server)
      return { as: member, input: { params } }
    },
  },
  {
    endpoint: impersonation.chooseOwnPolicy,
    tell: async (server) => ({ as: await open(server), input: { body: { policy: 'announced' } } }),
  },
]

export const looks: readonly LookStory[] = [
  {
    endpoint: impersonation.getAccessProof,
    tell: async (server) => {
      const { member, params } = await ready(server)
      return { as: member, input: { params } }
    },
  },
]

export const refusals: readonly RefusalStory[] = [
  {
    endpoint: impersonation.getImpersonationTarget,
    refusal: impersonation.nobodyThere,
    tell: async (server) => ({ as: await staff(server), input: { params: { memberId: nobody } } }),
  },
  {
    endpoint: impersonation.askImpersonation,
    refusal: impersonation.nobodyThere,
    tell: async (server) => ({ as: await staff(server), input: question(nobody) }),
  },
  {
    endpoint: impersonation.askImpersonation,
    refusal: impersonation.writingNotYours,
    tell: async (server) => ({
      as: await staff(server, 'support'),
      input: question((await open(server)).memberId, { mayWrite: true }),
    }),
  },
  {
    endpoint: impersonation.askImpersonation,
    refusal: impersonation.noGlass,
    tell: async (server) => ({
      as: await staff(server),
      input: question((await open(server)).memberId, { breakGlass: true }),
    }),
  },
  {
    endpoint: impersonation.approveImpersonation,
    refusal: impersonation.notNow,
    tell: async (server) => ({
      as: await staff(server, 'direction'),
      input: { params: (await ready(server)).params },
    }),
  },
  {
    endpoint: impersonation.approveImpersonation,
    refusal: impersonation.notYourOwn,
    tell: async (server) => {
      const { as, params } = await waiting(server, { breakGlass: true })
      return { as, input: { params } }
    },
  },
  {
    endpoint: impersonation.reviewImpersonation,
    refusal: impersonation.notNow,
    tell: async (server) => ({
      as: await staff(server, 'direction'),
      input: { params: (await ready(server)).params, body: { review: 'Rien à revoir' } },
    }),
  },
  {
    endpoint: impersonation.reviewImpersonation,
    refusal: impersonation.notYourOwn,
    tell: async (server) => {
      const { as, params } = await brokenGlass(server)
      return { as, input: { params, body: { review: 'Tout va bien' } } }
    },
  },
  {
    endpoint: impersonation.makeImpersonationKey,
    refusal: impersonation.notNow,
    tell: async (server) => {
      const { as, params } = await waiting(server)
      return { as, input: { params, body: { browser: half } } }
    },
  },
  {
    endpoint: impersonation.makeImpersonationKey,
    refusal: impersonation.nobodyThere,
    tell: async (server) => {
      const as = await staff(server)
      const { join } = await practiceOf(server, 'Odile Perrin')
      const lea = await join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
      const { id } = await ask(as, lea)
      await server.db
        .updateTable('members')
        .set({ leftAt: new Date() })
        .where('id', '=', lea.memberId)
        .execute()
      return { as, input: { params: { id }, body: { browser: half } } }
    },
  },
  {
    endpoint: impersonation.chooseImpersonationPolicy,
    refusal: impersonation.policyChanged,
    tell: async (server) => ({
      as: await staff(server),
      input: { body: { policy: 'free', revision: 1_000 } },
    }),
  },
  {
    endpoint: impersonation.revokeImpersonation,
    refusal: impersonation.notNow,
    tell: async (server) => ({
      as: await staff(server, 'direction'),
      input: { params: (await withdrawn(server)).params },
    }),
  },
  {
    endpoint: impersonation.withdrawImpersonation,
    refusal: impersonation.notNow,
    tell: async (server) => {
      const { as, params } = await withdrawn(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: impersonation.endOwnImpersonation,
    refusal: impersonation.notNow,
    tell: async (server) => ({ as: await staff(server) }),
  },
  {
    endpoint: impersonation.enterImpersonation,
    refusal: impersonation.keyRefused,
    tell: async (server) => ({
      as: (await withHalf(server, nobody)).browser,
      input: { body: { key: 'nothing' } },
    }),
  },
  ...[impersonation.agreeToAccess, impersonation.refuseAccess].map((endpoint) => ({
    endpoint,
    refusal: impersonation.notNow,
    tell: async (server: TenancyServer) => {
      const { member, params } = await ready(server)
      return { as: member, input: { params, ...('body' in endpoint.input && { body: {} }) } }
    },
  })),
  {
    endpoint: impersonation.agreeToAccess,
    refusal: impersonation.notYourNotes,
    tell: async (server) => {
      const practice = await practiceOf(server, 'Serge Collin')
      const holder = await asked(server)
      const paul = await practice.join({ firstName: 'Paul', lastName: 'Rousseau', profile: 'practitioner' })
      const { id } = await ask(await staff(server), paul)
      return { as: holder, input: { params: { id }, body: { openNotes: true } } }
    },
  },
  {
    endpoint: impersonation.openNotesToAccess,
    refusal: impersonation.notYourNotes,
    tell: async (server) => {
      const practice = await practiceOf(server, 'Odile Perrin')
      const paul = await practice.join({ firstName: 'Paul', lastName: 'Rousseau', profile: 'practitioner' })
      const { id } = await ask(await staff(server), paul)
      return { as: await open(server), input: { params: { id } } }
    },
  },
  {
    endpoint: impersonation.openNotesToAccess,
    refusal: impersonation.notNow,
    tell: async (server) => {
      const { member, params } = await waiting(server)
      return { as: member, input: { params } }
    },
  },
  {
    endpoint: impersonation.endAccess,
    refusal: impersonation.notNow,
    tell: async (server) => {
      const { member, params } = await withdrawn(server)
      return { as: member, input: { params } }
    },
  },
  {
    endpoint: impersonation.chooseOwnPolicy,
    refusal: impersonation.lessStrict,
    tell: async (server) => ({ as: await open(server), input: { body: { policy: 'free' } } }),
  },
]
