/** The practice's own people: who is let in, what they may, what they show, and from where to where they go. */
import { randomUUID } from 'node:crypto'
import * as identity from '#contract/identity'
import { usualRights } from '#contract/identity'
import { demonstrationPassword, seedDemonstrationMember } from '#server/identity'
import { openBrowserless } from '../../harness/browserless.ts'
import { codeFrom } from '../../harness/member-factors.ts'
import { openAuthenticator } from '../../harness/passkey.ts'
import type { TenancyServer, TestMember, TestPractice } from '../../harness/tenants.ts'
import type { RefusalStory, WriteStory } from './story.ts'

const address = () => `collegue.${randomUUID()}@example.com`
const lea = (email = address()) => ({
  email,
  firstName: 'Léa',
  lastName: 'Fabre',
  profile: 'secretary' as const,
})
const invitation = (over: object = {}) => ({ ...lea(), rights: [...usualRights], lastDay: null, ...over })
const anybody = (server: TenancyServer) => openBrowserless(server.app, 'app.localhost:3000', '192.0.2.79')

/** Made once a server: stories are about people of their own in these. */
function once(whose: string, kind: 'practitioner' | 'secretary' = 'practitioner') {
  const made = new WeakMap<TenancyServer, Promise<TestPractice>>()
  return (server: TenancyServer): Promise<TestPractice> => {
    const practice = made.get(server) ?? server.openPractice(whose, kind)
    made.set(server, practice)
    return practice
  }
}
const practice = once('Agathe Lemaire')
const other = once('Bastien Roy')
const space = once('Sofia Lopez', 'secretary')

async function holderOf(one: Promise<TestPractice>, server: TenancyServer): Promise<TestMember> {
  return server.asMember((await one).holder.memberId)
}
const holder = (server: TenancyServer) => holderOf(practice(server), server)

/** A practitioner whose access ends. */
async function locum(server: TenancyServer): Promise<TestMember> {
  const as = await (await practice(server)).join({ ...lea(), profile: 'practitioner' })
  const endsAt = new Date(Date.now() + 30 * 24 * 3_600_000)
  await server.db.updateTable('members').set({ endsAt }).where('id', '=', as.memberId).execute()
  return as
}
const secretary = async (server: TenancyServer) => (await practice(server)).join(lea())

async function inBoth(server: TenancyServer) {
  const person = lea()
  const elsewhere = await (await other(server)).join(person)
  const here = await (await practice(server)).join(person)
  return { here, elsewhere }
}

/** A first authenticator, and its next code. */
async function enrolled(member: TestMember) {
  const { secret, enrolment } = await member.call(identity.getNewMemberAuthenticator)
  await member.call(identity.enrolMemberAuthenticator, { body: { enrolment, code: codeFrom(secret) } })
  return { next: () => codeFrom(secret, new Date(), 1), used: () => codeFrom(secret) }
}

const finger = () => openAuthenticator({ origin: 'http://app.localhost:3000' })
/** Made for the back-office's host: nothing here takes it. */
const elsewheres = () => openAuthenticator({ origin: 'http://localhost:3000' })

/** Somebody's passkey, their first factor, and what holds it. */
async function withPasskey(member: TestMember) {
  const authenticator = finger()
  const { passkey } = await member.call(identity.getNewMemberPasskey)
  const body = { name: 'Portable', response: authenticator.make(passkey) }
  const { account } = await member.call(identity.addMemberPasskey, { body })
  return { authenticator, id: account.passkeys[0]!.id } // it was just added
}

/** Asked at the door, and what a passkey answers there. */
async function answered(as: ReturnType<typeof anybody>, { answer }: ReturnType<typeof finger>) {
  const { passkey } = await as.call(identity.getMemberPasskeySignIn)
  return { body: { response: answer(passkey) } }
}

/** Somebody whose password is known, in these practices. */
async function withPassword(server: TenancyServer, ...practices: TestPractice[]) {
  const email = address()
  const ids: string[] = []
  for (const { tenantId } of practices)
    ids.push(
      await seedDemonstrationMember(server.db, { ...lea(email), tenantId, holder: false, at: new Date() }),
    )
  const members: TestMember[] = []
  for (const id of ids) members.push(await server.asMember(id))
  return { email, password: demonstrationPassword, members }
}

async function afterPassword(server: TenancyServer, ...practices: TestPractice[]) {
  const { members, ...body } = await withPassword(server, ...practices)
  const factor = await enrolled(members[0]!) // one at least was asked for
  const as = anybody(server)
  await as.call(identity.signInMember, { body })
  return { as, members, factor }
}

/** A practice that asks everybody for a second factor, and somebody of it who is to enrol one. */
async function atEnrolment(server: TenancyServer) {
  const strict = await server.openPractice('Odile Marchand')
  const { members: _none, ...credentials } = await withPassword(server, strict)
  await server.db
    .updateTable('tenants')
    .set({ secondFactorRequired: true })
    .where('id', '=', strict.tenantId)
    .execute()
  const as = anybody(server)
  const offer = await as.call(identity.signInMember, { body: credentials })
  if (offer.step !== 'enrolment') throw new Error('no enrolment was offered')
  const { memberId, enrolment, secret } = offer
  const body = { method: 'totp' as const, memberId, enrolment, code: codeFrom(secret) }
  return { as, strict, body, passkey: offer.passkey }
}

const suspend = (server: TenancyServer, { tenantId }: TestPractice) =>
  server.db.updateTable('tenants').set({ state: 'suspended' }).where('id', '=', tenantId).execute()

const seen = { rights: [...usualRights], lastDay: null }
const fewer = { seen, rights: ['calls' as const], lastDay: null }

export const writes: WriteStory[] = [
  {
    endpoint: identity.switchPractice,
    async tell(server) {
      const { here, elsewhere } = await inBoth(server)
      return { as: here, input: { body: { memberId: elsewhere.memberId } } }
    },
  },
  {
    endpoint: identity.leaveOwnPractice,
    async tell(server) {
      const { here, elsewhere } = await inBoth(server)
      return { as: here, input: { params: { id: elsewhere.memberId } } }
    },
  },
  {
    endpoint: identity.inviteColleague,
    tell: async (server) => ({ as: await holder(server), input: { body: invitation() } }),
  },
  {
    endpoint: identity.inviteColleagueAgain,
    async tell(server) {
      const as = await holder(server)
      const { memberId: id } = await as.call(identity.inviteColleague, { body: invitation() })
      return { as, input: { params: { id } } }
    },
  },
  {
    endpoint: identity.changeColleague,
    tell: async (server) => ({
      as: await holder(server),
      input: { params: { id: (await secretary(server)).memberId }, body: fewer },
    }),
  },
  {
    endpoint: identity.departColleague,
    tell: async (server) => ({
      as: await holder(server),
      input: { params: { id: (await secretary(server)).memberId } },
    }),
  },
  ...[identity.removeColleagueFactors, identity.removeMemberFactors].map((endpoint) => ({
    endpoint,
    async tell(server: TenancyServer) {
      const her = await secretary(server)
      await enrolled(her)
      const isStaffs = endpoint === identity.removeMemberFactors
      return {
        as: isStaffs ? await server.as('super_administrator') : await holder(server),
        input: { params: { id: her.memberId } },
      }
    },
  })),
  {
    endpoint: identity.requireSecondFactor,
    async tell(server) {
      const { holder: as } = await server.openPractice('Odile Marchand')
      await enrolled(as)
      return { as, input: { body: { required: true } } }
    },
  },
  {
    endpoint: identity.showMemberFactor,
    async tell(server) {
      const { as, factor } = await afterPassword(server, await practice(server))
      return { as, input: { body: { method: 'totp', code: factor.next() } } }
    },
  },
  {
    endpoint: identity.enrolAtSignIn,
    async tell(server) {
      const { as, body } = await atEnrolment(server)
      return { as, input: { body } }
    },
  },
  {
    endpoint: identity.enrolMemberAuthenticator,
    async tell(server) {
      const as = await secretary(server)
      const { secret, enrolment } = await as.call(identity.getNewMemberAuthenticator)
      return { as, input: { body: { enrolment, code: codeFrom(secret) } } }
    },
  },
  ...[identity.removeMemberAuthenticator, identity.makeMemberRecoveryCodes].map((endpoint) => ({
    endpoint,
    async tell(server: TenancyServer) {
      const as = await secretary(server)
      await enrolled(as)
      return { as }
    },
  })),
  {
    endpoint: identity.addMemberPasskey,
    async tell(server) {
      const as = await secretary(server)
      const { passkey } = await as.call(identity.getNewMemberPasskey)
      return { as, input: { body: { name: 'Portable', response: finger().make(passkey) } } }
    },
  },
  {
    endpoint: identity.renameMemberPasskey,
    async tell(server) {
      const as = await secretary(server)
      const { id } = await withPasskey(as)
      return { as, input: { params: { id }, body: { name: 'Bureau' } } }
    },
  },
  {
    endpoint: identity.removeMemberPasskey,
    async tell(server) {
      const as = await secretary(server)
      const { id } = await withPasskey(as)
      return { as, input: { params: { id } } }
    },
  },
  {
    endpoint: identity.signInMemberWithPasskey,
    async tell(server) {
      const { authenticator } = await withPasskey(await secretary(server))
      const as = anybody(server)
      return { as, input: await answered(as, authenticator) }
    },
  },
  {
    endpoint: identity.stepUpMember,
    async tell(server) {
      const { password, members } = await withPassword(server, await practice(server))
      return { as: members[0]!, input: { body: { password, factor: null } } }
    },
  },
]

/** Of a colleague these two say the same: who is gone, whose practice it is, and that nobody acts on themselves. */
const onColleagues = [
  { endpoint: identity.changeColleague, body: fewer },
  { endpoint: identity.departColleague },
] as const

export const refusals: RefusalStory[] = [
  {
    endpoint: identity.switchPractice,
    refusal: identity.practiceSuspended,
    async tell(server) {
      const person = lea()
      const shut = await server.openPractice('Margot Colin')
      const there = await shut.join(person)
      const as = await (await practice(server)).join(person)
      await suspend(server, shut)
      return { as, input: { body: { memberId: there.memberId } } }
    },
  },
  {
    endpoint: identity.switchPractice,
    refusal: identity.grantEnded,
    async tell(server) {
      const { here, elsewhere } = await inBoth(server)
      await elsewhere.call(identity.leaveOwnPractice, { params: { id: elsewhere.memberId } })
      return { as: here, input: { body: { memberId: elsewhere.memberId } } }
    },
  },
  {
    endpoint: identity.switchPractice,
    refusal: identity.secondFactorNeeded,
    async tell(server) {
      const person = lea()
      const strict = await server.openPractice('Odile Marchand')
      const there = await strict.join(person)
      const as = await (await practice(server)).join(person)
      await server.db
        .updateTable('tenants')
        .set({ secondFactorRequired: true })
        .where('id', '=', strict.tenantId)
        .execute()
      return { as, input: { body: { memberId: there.memberId } } }
    },
  },
  {
    endpoint: identity.leaveOwnPractice,
    refusal: identity.memberLeft,
    async tell(server) {
      const { here, elsewhere } = await inBoth(server)
      const input = { params: { id: elsewhere.memberId } }
      await here.call(identity.leaveOwnPractice, input)
      return { as: here, input }
    },
  },
  {
    endpoint: identity.leaveOwnPractice,
    refusal: identity.holderStays,
    async tell(server) {
      const as = await holder(server)
      return { as, input: { params: { id: as.memberId } } }
    },
  },
  {
    endpoint: identity.inviteColleague,
    refusal: identity.alreadyMember,
    tell: async (server) => ({
      as: await holder(server),
      input: { body: invitation({ email: (await secretary(server)).email }) },
    }),
  },
  {
    endpoint: identity.inviteColleague,
    refusal: identity.rightNotYours,
    tell: async (server) => ({
      as: await holderOf(space(server), server),
      input: { body: invitation({ rights: ['fees'] }) },
    }),
  },
  // Hers ends within the month; what she would give does not.
  {
    endpoint: identity.inviteColleague,
    refusal: identity.rightNotYours,
    tell: async (server) => ({ as: await locum(server), input: { body: invitation() } }),
  },
  {
    endpoint: identity.changeColleague,
    refusal: identity.rightNotYours,
    async tell(server) {
      const { memberId: id } = await (await space(server)).join(lea())
      const body = { seen, rights: [...usualRights, 'fees'], lastDay: null }
      return { as: await holderOf(space(server), server), input: { params: { id }, body } }
    },
  },
  {
    endpoint: identity.changeColleague,
    refusal: identity.memberChanged,
    async tell(server) {
      const { memberId: id } = await secretary(server)
      const body = { ...fewer, seen: { rights: ['fees'], lastDay: null } }
      return { as: await holder(server), input: { params: { id }, body } }
    },
  },
  ...onColleagues.flatMap(({ endpoint, ...given }) => [
    {
      endpoint,
      refusal: identity.memberLeft,
      async tell(server: TenancyServer) {
        const params = { id: (await secretary(server)).memberId }
        const as = await holder(server)
        await as.call(identity.departColleague, { params })
        return { as, input: { params, ...given } }
      },
    },
    {
      endpoint,
      refusal: identity.holderStays,
      async tell(server: TenancyServer) {
        const as = await (await practice(server)).join({ ...lea(), profile: 'practitioner' })
        return { as, input: { params: { id: (await holder(server)).memberId }, ...given } }
      },
    },
    {
      endpoint,
      refusal: identity.notYourOwn,
      async tell(server: TenancyServer) {
        const as = await (await practice(server)).join({ ...lea(), profile: 'practitioner' })
        return { as, input: { params: { id: as.memberId }, ...given } }
      },
    },
  ]),
  {
    endpoint: identity.inviteColleagueAgain,
    refusal: identity.memberNotInvited,
    tell: async (server) => ({
      as: await holder(server),
      input: { params: { id: (await secretary(server)).memberId } },
    }),
  },
  ...[identity.inviteColleagueAgain, identity.removeColleagueFactors].map((endpoint) => ({
    endpoint,
    refusal: identity.memberLeft,
    async tell(server: TenancyServer) {
      const params = { id: (await secretary(server)).memberId }
      const as = await holder(server)
      await as.call(identity.departColleague, { params })
      return { as, input: { params } }
    },
  })),
  {
    endpoint: identity.removeColleagueFactors,
    refusal: identity.holderOnly,
    async tell(server) {
      const as = await (await practice(server)).join({ ...lea(), profile: 'practitioner' })
      return { as, input: { params: { id: (await secretary(server)).memberId } } }
    },
  },
  {
    endpoint: identity.removeColleagueFactors,
    refusal: identity.notYourOwn,
    async tell(server) {
      const as = await holder(server)
      return { as, input: { params: { id: as.memberId } } }
    },
  },
  {
    endpoint: identity.removeColleagueFactors,
    refusal: identity.worksElsewhere,
    async tell(server) {
      const { here } = await inBoth(server)
      return { as: await holder(server), input: { params: { id: here.memberId } } }
    },
  },
  ...[identity.removeColleagueFactors, identity.removeMemberFactors].map((endpoint) => ({
    endpoint,
    refusal: identity.noFactorHeld,
    async tell(server: TenancyServer) {
      const isStaffs = endpoint === identity.removeMemberFactors
      return {
        as: isStaffs ? await server.as('super_administrator') : await holder(server),
        input: { params: { id: (await secretary(server)).memberId } },
      }
    },
  })),
  ...[identity.removeMemberAuthenticator, identity.makeMemberRecoveryCodes].map((endpoint) => ({
    endpoint,
    refusal: identity.noFactorHeld,
    tell: async (server: TenancyServer) => ({ as: await secretary(server) }),
  })),
  {
    endpoint: identity.removeMemberAuthenticator,
    refusal: identity.factorRequired,
    async tell(server) {
      const { holder: as } = await server.openPractice('Odile Marchand')
      await enrolled(as)
      await as.call(identity.requireSecondFactor, { body: { required: true } })
      return { as }
    },
  },
  {
    endpoint: identity.requireSecondFactor,
    refusal: identity.ownFactorFirst,
    tell: async (server) => ({ as: await holder(server), input: { body: { required: true } } }),
  },
  {
    endpoint: identity.showMemberFactor,
    refusal: identity.codeWrong,
    async tell(server) {
      const { as } = await afterPassword(server, await practice(server))
      return { as, input: { body: { method: 'recovery_code', code: 'AAAA-AAAA-AAAA' } } }
    },
  },
  {
    endpoint: identity.showMemberFactor,
    refusal: identity.codeAlreadyUsed,
    async tell(server) {
      const { as, factor } = await afterPassword(server, await practice(server))
      return { as, input: { body: { method: 'totp', code: factor.used() } } }
    },
  },
  {
    endpoint: identity.showMemberFactor,
    refusal: identity.signInExpired,
    tell: (server) =>
      Promise.resolve({ as: anybody(server), input: { body: { method: 'totp', code: '123456' } } }),
  },
  {
    endpoint: identity.showMemberFactor,
    refusal: identity.practiceSuspended,
    async tell(server) {
      const shut = await server.openPractice('Margot Colin')
      const { as, factor } = await afterPassword(server, shut)
      await suspend(server, shut)
      return { as, input: { body: { method: 'totp', code: factor.next() } } }
    },
  },
  {
    endpoint: identity.enrolAtSignIn,
    refusal: identity.codeWrong,
    async tell(server) {
      const { as, body } = await atEnrolment(server)
      return { as, input: { body: { ...body, code: '000000' } } }
    },
  },
  {
    endpoint: identity.showMemberFactor,
    refusal: identity.passkeyRefused,
    async tell(server) {
      const { as } = await afterPassword(server, await practice(server))
      const stranger = elsewheres()
      stranger.make({ rp: { id: 'localhost' }, user: { id: '' } })
      const response = stranger.answer({ rpId: 'localhost', challenge: 'AAAA' })
      return { as, input: { body: { method: 'passkey', response } } }
    },
  },
  {
    endpoint: identity.signInMemberWithPasskey,
    refusal: identity.passkeyRefused,
    async tell(server) {
      const stranger = finger()
      const as = anybody(server)
      stranger.make({ rp: { id: 'app.localhost' }, user: { id: '' } })
      return { as, input: await answered(as, stranger) }
    },
  },
  {
    endpoint: identity.signInMemberWithPasskey,
    refusal: identity.practiceSuspended,
    async tell(server) {
      const shut = await server.openPractice('Margot Colin')
      const { authenticator } = await withPasskey(await shut.join(lea()))
      await suspend(server, shut)
      const as = anybody(server)
      return { as, input: await answered(as, authenticator) }
    },
  },
  {
    endpoint: identity.addMemberPasskey,
    refusal: identity.passkeyRefused,
    async tell(server) {
      const as = await secretary(server)
      const { passkey } = await as.call(identity.getNewMemberPasskey)
      return { as, input: { body: { name: 'Portable', response: elsewheres().make(passkey) } } }
    },
  },
  {
    endpoint: identity.removeMemberPasskey,
    refusal: identity.factorRequired,
    async tell(server) {
      const { holder: as } = await server.openPractice('Odile Marchand')
      const { id } = await withPasskey(as)
      await as.call(identity.requireSecondFactor, { body: { required: true } })
      return { as, input: { params: { id } } }
    },
  },
  {
    endpoint: identity.stepUpMember,
    refusal: identity.passkeyRefused,
    async tell(server) {
      const as = await secretary(server)
      const { authenticator } = await withPasskey(as)
      const { passkey } = await as.call(identity.getNewMemberPasskey)
      // Asked for making another one: nothing else is answered by it.
      const response = authenticator.answer({ rpId: 'app.localhost', challenge: passkey.challenge })
      return { as, input: { body: { password: null, factor: { method: 'passkey', response } } } }
    },
  },
  {
    endpoint: identity.enrolAtSignIn,
    refusal: identity.passkeyRefused,
    async tell(server) {
      const { as, body, passkey } = await atEnrolment(server)
      const { memberId } = body
      const response = elsewheres().make(passkey)
      return { as, input: { body: { method: 'new_passkey', memberId, response } } }
    },
  },
  {
    endpoint: identity.enrolAtSignIn,
    refusal: identity.signInExpired,
    async tell(server) {
      const { body } = await atEnrolment(server)
      return { as: anybody(server), input: { body } }
    },
  },
  {
    endpoint: identity.enrolAtSignIn,
    refusal: identity.practiceSuspended,
    async tell(server) {
      const { as, strict, body } = await atEnrolment(server)
      await suspend(server, strict)
      return { as, input: { body } }
    },
  },
  {
    endpoint: identity.enrolMemberAuthenticator,
    refusal: identity.codeWrong,
    async tell(server) {
      const as = await secretary(server)
      const { enrolment } = await as.call(identity.getNewMemberAuthenticator)
      return { as, input: { body: { enrolment, code: '000000' } } }
    },
  },
  {
    endpoint: identity.enrolMemberAuthenticator,
    refusal: identity.enrolmentExpired,
    tell: async (server) => ({
      as: await secretary(server),
      input: { body: { enrolment: 'never-offered', code: '123456' } },
    }),
  },
  {
    endpoint: identity.stepUpMember,
    refusal: identity.passwordWrong,
    async tell(server) {
      const { members } = await withPassword(server, await practice(server))
      return { as: members[0]!, input: { body: { password: 'pas le bon', factor: null } } }
    },
  },
  ...(
    [
      [identity.factorMissing, () => null],
      [identity.codeWrong, () => ({ method: 'recovery_code', code: 'AAAA-AAAA-AAAA' })],
      [identity.codeAlreadyUsed, (factor: { used(): string }) => ({ method: 'totp', code: factor.used() })],
    ] as const
  ).map(([refusal, shown]) => ({
    endpoint: identity.stepUpMember,
    refusal,
    async tell(server: TenancyServer) {
      const { password, members } = await withPassword(server, await practice(server))
      const factor = await enrolled(members[0]!)
      return { as: members[0]!, input: { body: { password, factor: shown(factor) } } }
    },
  })),
]
