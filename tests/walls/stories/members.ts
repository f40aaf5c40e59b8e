import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as cabinet from '#contract/cabinet'
import * as identity from '#contract/identity'
import { demonstrationPassword, seedDemonstrationMember } from '#server/identity'
import { openBrowserless } from '../../harness/browserless.ts'
import { tokenMailed } from '../../harness/mailbox.ts'
import type { TenancyServer, TestPractice } from '../../harness/tenants.ts'
import type { LookStory, RefusalStory, WriteStory } from './story.ts'

const top = (server: TenancyServer) => server.as('super_administrator')
const anybody = (server: TenancyServer) => openBrowserless(server.app, 'app.localhost:3000', '192.0.2.78')
const password = 'girafe violon nuage tracteur'

/** One practice for all stories of a server: each is about people or things of its own. */
const practices = new WeakMap<TenancyServer, Promise<TestPractice>>()
function practice(server: TenancyServer): Promise<TestPractice> {
  const known = practices.get(server) ?? server.openPractice('Camille Duval')
  practices.set(server, known)
  return known
}

const address = () => `membre.${randomUUID()}@example.com`
const somebody = (email = address()) => ({
  email,
  firstName: 'Léa',
  lastName: 'Fabre',
  profile: 'secretary' as const,
})

async function colleague(server: TenancyServer) {
  return (await practice(server)).join(somebody())
}

/** Somebody whose password is known, in so many practices. */
async function withPassword(server: TenancyServer, tenants: readonly string[]) {
  const email = address()
  for (const tenantId of tenants)
    await seedDemonstrationMember(server.db, { ...somebody(email), tenantId, holder: false, at: new Date() })
  return { email, password: demonstrationPassword }
}

const second = new WeakMap<TenancyServer, Promise<TestPractice>>()
function anotherPractice(server: TenancyServer): Promise<TestPractice> {
  const known = second.get(server) ?? server.openPractice('Élodie Perrin')
  second.set(server, known)
  return known
}

/** A practice nobody comes into, as far as the catalogue goes. */
async function inState(server: TenancyServer, state: 'suspended' | 'purging') {
  const { tenantId } = await server.openPractice('Margot Colin')
  await server.db.updateTable('tenants').set({ state }).where('id', '=', tenantId).execute()
  return tenantId
}

async function atTheChoice(server: TenancyServer, tenants: readonly string[]) {
  const as = anybody(server)
  const reply = await as.call(identity.signInMember, { body: await withPassword(server, tenants) })
  if (reply.step !== 'choice') throw new Error('one practice alone is no choice')
  return { as, practices: reply.practices }
}

async function invitation(server: TenancyServer): Promise<string> {
  const email = address()
  await (await practice(server)).join(somebody(email))
  return tokenMailed(server, email, 'member_invitation')
}

const pdf = (text: string) => new Blob([`%PDF-1.4\n${text}\n%%EOF\n`], { type: 'application/pdf' })
const file = { query: { name: 'bail.pdf' }, file: pdf('bail') }

async function keptFile(server: TenancyServer) {
  const as = (await practice(server)).holder
  const reply = await as.ask(cabinet.addFile, file)
  return { as, input: { params: { id: (JSON.parse(reply.text) as { id: string }).id } } }
}

export const writes: WriteStory[] = [
  {
    endpoint: identity.signInMember,
    tell: async (server) => ({
      as: anybody(server),
      input: { body: await withPassword(server, [(await practice(server)).tenantId]) },
    }),
  },
  {
    endpoint: identity.choosePractice,
    async tell(server) {
      const tenants = [(await practice(server)).tenantId, (await anotherPractice(server)).tenantId]
      const { as, practices: choices } = await atTheChoice(server, tenants)
      return { as, input: { body: { memberId: choices[0]?.memberId } } }
    },
  },
  { endpoint: identity.signOutMember, tell: async (server) => ({ as: await colleague(server) }) },
  {
    endpoint: identity.chooseMemberLanguage,
    tell: async (server) => ({ as: await colleague(server), input: { body: { language: 'en' } } }),
  },
  {
    endpoint: identity.askMemberPasswordReset,
    tell: async (server) => ({ as: anybody(server), input: { body: { email: 'nobody@example.com' } } }),
  },
  {
    endpoint: identity.openMemberLink,
    tell: async (server) => ({ as: anybody(server), input: { body: { token: await invitation(server) } } }),
  },
  {
    endpoint: identity.chooseMemberPassword,
    tell: async (server) => ({
      as: anybody(server),
      input: { body: { token: await invitation(server), password } },
    }),
  },
  {
    endpoint: identity.addMember,
    tell: async (server) => ({
      as: await top(server),
      input: { params: { id: (await practice(server)).tenantId }, body: { ...somebody(), language: 'fr' } },
    }),
  },
  ...[identity.resendMemberInvitation, identity.endMemberSessions, identity.departMember].map((endpoint) => ({
    endpoint,
    tell: async (server: TenancyServer) => ({
      as: await top(server),
      input: { params: { id: (await colleague(server)).memberId } },
    }),
  })),
  {
    endpoint: cabinet.updatePractice,
    async tell(server) {
      const as = (await practice(server)).holder
      const { revision } = await as.call(cabinet.getPractice)
      return { as, input: { body: { revision, timeZone: 'Indian/Reunion' } } }
    },
  },
  {
    endpoint: cabinet.updateOwnProfile,
    async tell(server) {
      const as = (await practice(server)).holder
      const body = { ...(await as.call(cabinet.getOwnProfile)), profession: 'Psychologue clinicienne' }
      return { as, input: { body } }
    },
  },
  {
    endpoint: cabinet.addFile,
    tell: async (server) => ({ as: (await practice(server)).holder, input: file }),
  },
  { endpoint: cabinet.removeFile, tell: keptFile },
]

export const looks: LookStory[] = [
  { endpoint: cabinet.readFile, tell: keptFile },
  {
    endpoint: cabinet.exportPractice,
    tell: async (server) => ({ as: (await server.openPractice('Odile Blanc')).holder, input: {} }),
  },
]

export const refusals: RefusalStory[] = [
  {
    endpoint: identity.signInMember,
    refusal: identity.credentialsWrong,
    tell: (server) =>
      Promise.resolve({ as: anybody(server), input: { body: { email: address(), password } } }),
  },
  {
    endpoint: identity.signInMember,
    refusal: identity.practiceSuspended,
    tell: async (server) => ({
      as: anybody(server),
      input: { body: await withPassword(server, [await inState(server, 'suspended')]) },
    }),
  },
  {
    endpoint: identity.choosePractice,
    refusal: identity.signInExpired,
    tell: (server) => Promise.resolve({ as: anybody(server), input: { body: { memberId: randomUUID() } } }),
  },
  {
    endpoint: identity.choosePractice,
    refusal: identity.practiceSuspended,
    async tell(server) {
      const shut = await inState(server, 'suspended')
      const { as, practices: choices } = await atTheChoice(server, [(await practice(server)).tenantId, shut])
      return { as, input: { body: { memberId: choices.find(({ suspended }) => suspended)?.memberId } } }
    },
  },
  ...[identity.openMemberLink, identity.chooseMemberPassword].map((endpoint) => ({
    endpoint,
    refusal: identity.linkGone,
    tell: (server: TenancyServer) =>
      Promise.resolve({
        as: anybody(server),
        input: {
          body: { token: 'never-made', ...(endpoint === identity.chooseMemberPassword ? { password } : {}) },
        },
      }),
  })),
  {
    endpoint: identity.addMember,
    refusal: identity.alreadyMember,
    async tell(server) {
      const { email, tenantId } = await colleague(server)
      return {
        as: await top(server),
        input: { params: { id: tenantId }, body: { ...somebody(email), language: 'fr' } },
      }
    },
  },
  {
    endpoint: identity.addMember,
    refusal: identity.practiceClosed,
    tell: async (server) => ({
      as: await top(server),
      input: {
        params: { id: await inState(server, 'purging') },
        body: { ...somebody(), language: 'fr' },
      },
    }),
  },
  {
    endpoint: identity.resendMemberInvitation,
    refusal: identity.memberNotInvited,
    async tell(server) {
      const { tenantId } = await practice(server)
      const at = new Date()
      const id = await seedDemonstrationMember(server.db, { ...somebody(), tenantId, holder: false, at })
      return { as: await top(server), input: { params: { id } } }
    },
  },
  ...[identity.resendMemberInvitation, identity.departMember].map((endpoint) => ({
    endpoint,
    refusal: identity.memberLeft,
    async tell(server: TenancyServer) {
      const input = { params: { id: (await colleague(server)).memberId } }
      await (await top(server)).call(identity.departMember, input)
      return { as: await top(server), input }
    },
  })),
  {
    endpoint: identity.departMember,
    refusal: identity.holderStays,
    tell: async (server) => ({
      as: await top(server),
      input: { params: { id: (await practice(server)).holder.memberId } },
    }),
  },
  {
    endpoint: cabinet.updatePractice,
    refusal: cabinet.practiceChanged,
    async tell(server) {
      const as = (await practice(server)).holder
      const { revision } = await as.call(cabinet.getPractice)
      return { as, input: { body: { revision: revision + 1, timeZone: 'Europe/Paris' } } }
    },
  },
  {
    endpoint: cabinet.updateOwnProfile,
    refusal: cabinet.profileChanged,
    async tell(server) {
      const as = (await practice(server)).holder
      const known = await as.call(cabinet.getOwnProfile)
      return { as, input: { body: { ...known, revision: known.revision + 1 } } }
    },
  },
  {
    endpoint: cabinet.addFile,
    refusal: cabinet.fileTypeRefused,
    tell: async (server) => ({
      as: (await practice(server)).holder,
      input: { query: { name: 'page.html' }, file: new Blob(['<html>'], { type: 'application/pdf' }) },
    }),
  },
  {
    endpoint: cabinet.readFile,
    refusal: cabinet.fileUnreadable,
    async tell(server) {
      const { as, input } = await keptFile(server)
      const folder = join(server.dataDir, 'tenant-files', (await practice(server)).tenantId)
      await rm(join(folder, input.params.id))
      return { as, input }
    },
  },
  {
    endpoint: cabinet.addFile,
    refusal: cabinet.tooManyFiles,
    async tell(server) {
      const { tenantId, holder } = await server.openPractice('Lucie Barbier')
      await server.tenants.databases.within(tenantId, 'practitioner', (db) =>
        db
          .insertInto('files')
          .values(
            Array.from({ length: cabinet.maxFiles }, () => ({
              id: randomUUID(),
              name: 'bail.pdf',
              mediaType: 'application/pdf',
              bytes: 0,
              sha256: Buffer.alloc(32),
            })),
          )
          .execute(),
      )
      return { as: holder, input: file }
    },
  },
]
