import { beforeAll, describe, expect, test } from 'vitest'
import {
  addMemberPasskey,
  chooseMemberPassword,
  choosePractice,
  enrolAtSignIn,
  enrolMemberAuthenticator,
  getMemberAccount,
  getMemberPasskeySignIn,
  getMemberSession,
  getMemberStepUp,
  getNewMemberAuthenticator,
  getNewMemberPasskey,
  removeColleagueFactors,
  removeMemberAuthenticator,
  removeMemberPasskey,
  renameMemberPasskey,
  requireSecondFactor,
  showMemberFactor,
  signInMember,
  signInMemberWithPasskey,
  stepUpMember,
} from '#contract/identity'
import { openBrowserless } from '../../../../tests/harness/browserless.ts'
import { lettersTo, tokenMailed } from '../../../../tests/harness/mailbox.ts'
import { codeFrom } from '../../../../tests/harness/member-factors.ts'
import { openAuthenticator, type Twist } from '../../../../tests/harness/passkey.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../../tests/harness/tenants.ts'

let now = new Date()
const server = await tenancyServer({ clock: { now: () => now } })
const password = 'girafe violon nuage tracteur'
const origin = 'http://app.localhost:3000'
const seconds = (count: number) => void (now = new Date(now.getTime() + count * 1_000))
let people = 0
const stranger = () => openBrowserless(server.app, 'app.localhost:3000', `198.51.100.${(people += 1)}`)
type Browser = ReturnType<typeof stranger>

let moreau: TestPractice
let lefevre: TestPractice
beforeAll(async () => {
  moreau = await server.openPractice('Claire Moreau')
  lefevre = await server.openPractice('Hugo Lefèvre')
}, 60_000)

/** Léa, with a password, in these practices. */
async function lea(...practices: TestPractice[]) {
  const email = `lea.${(people += 1)}@example.com`
  const ids: string[] = []
  for (const practice of practices) {
    const whose = { firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' as const, email }
    ids.push((await practice.join(whose)).memberId)
  }
  const token = await tokenMailed(server, email, 'member_invitation')
  await stranger().call(chooseMemberPassword, { body: { token, password } })
  seconds(1)
  return { email, ids, her: await server.asMember(ids[0]!) } // one practice at least
}

async function adds(member: TestMember, name = 'Portable', on: { counts?: boolean } = {}) {
  const finger = openAuthenticator({ origin, ...on })
  const { passkey } = await member.call(getNewMemberPasskey)
  const body = { name, response: finger.make(passkey) }
  const { account, recoveryCodes } = await member.call(addMemberPasskey, { body })
  return { finger, account, recoveryCodes, id: account.passkeys.at(-1)?.id ?? '' }
}

async function alone(browser: Browser, finger: ReturnType<typeof openAuthenticator>, twist: Twist = {}) {
  const { passkey } = await browser.call(getMemberPasskeySignIn)
  return { body: { response: finger.answer(passkey, twist) } }
}

/** A session nobody showed anything in for six minutes. */
async function grownOld(member: TestMember) {
  seconds(6 * 60)
  await expect.poll(async () => (await member.ask(getNewMemberPasskey)).status, { timeout: 5_000 }).toBe(403)
}

describe('a passkey of a member', () => {
  test('comes with ten recovery codes when it is the first factor, ends the other sessions, and is told', async () => {
    const { email, ids, her } = await lea(moreau)
    const other = await server.asMember(ids[0]!)
    const { account, recoveryCodes } = await adds(her)
    expect(account.passkeys).toMatchObject([{ name: 'Portable', backedUp: true, lastUsedAt: null }])
    expect(recoveryCodes).toHaveLength(10)
    await expect.poll(async () => (await other.ask(getMemberSession)).status).toBe(401)
    const letter = (await lettersTo(server, email)).at(-1)
    expect(letter).toMatchObject({ template: 'member_factor_changed' })
    expect(letter?.subject).toContain('clé d’accès a été ajoutée')
  })

  test('is shown after the password, in the browser it was asked in, once', async () => {
    const { email, her } = await lea(moreau)
    const { finger } = await adds(her)
    const browser = stranger()
    const asked = await browser.call(signInMember, { body: { email, password } })
    if (asked.step !== 'second_factor' || !asked.passkey) throw new Error(asked.step)
    expect(asked.methods).toEqual(['passkey', 'recovery_code'])
    expect(asked.passkey).toMatchObject({ rpId: 'app.localhost', userVerification: 'required' })
    const body = { method: 'passkey' as const, response: finger.answer(asked.passkey) }
    const elsewhere = stranger()
    await elsewhere.call(signInMember, { body: { email, password } })
    expect((await elsewhere.refused(showMemberFactor, { body })).code).toBe('passkey_refused')
    expect(await browser.call(showMemberFactor, { body })).toMatchObject({ step: 'entered' })
  })

  test('alone opens a session, since its holder was verified', async () => {
    const { her } = await lea(moreau)
    const { finger } = await adds(her)
    const browser = stranger()
    const input = await alone(browser, finger)
    expect(await browser.call(signInMemberWithPasskey, input)).toMatchObject({
      step: 'entered',
      me: { practice: moreau.name },
    })
    expect((await stranger().refused(signInMemberWithPasskey, input)).code).toBe('passkey_refused')
    const used = (await her.ask(getMemberAccount)).status
    expect(used).toBe(200)
  })

  test('alone leads to the choice of whoever works in several practices', async () => {
    const { her, ids } = await lea(moreau, lefevre)
    const { finger } = await adds(her)
    const browser = stranger()
    const choice = await browser.call(signInMemberWithPasskey, await alone(browser, finger))
    expect(choice).toMatchObject({ step: 'choice' })
    expect((await browser.refused(getMemberSession)).code).toBe('signed_out')
    const body = { memberId: ids[1]! }
    expect(await browser.call(choosePractice, { body })).toMatchObject({ me: { practice: lefevre.name } })
  })

  test.each<[string, Twist]>([
    ['whose holder was not verified', { userVerified: false }],
    ['asked for by the back-office', { origin: 'http://localhost:3000' }],
    ['made for the back-office', { rpId: 'localhost' }],
    ['inside another page', { crossOrigin: true }],
    ['that names nobody', { userHandle: null }],
    ['signed by another key', { forged: true }],
  ])('%s opens nothing', async (_, twist) => {
    const { her } = await lea(moreau)
    const { finger } = await adds(her)
    const browser = stranger()
    const input = await alone(browser, finger, twist)
    expect((await browser.refused(signInMemberWithPasskey, input)).code).toBe('passkey_refused')
  })

  test('that counts is refused once its count goes back: it may have been copied', async () => {
    const { her } = await lea(moreau)
    const { finger } = await adds(her, 'Clé de sécurité', { counts: true })
    const browser = stranger()
    await browser.call(signInMemberWithPasskey, await alone(browser, finger))
    const late = stranger()
    const input = await alone(late, finger, { signCount: 1 })
    expect((await late.refused(signInMemberWithPasskey, input)).code).toBe('passkey_refused')
  })

  test('cannot be tried for ever: strangers wait after thirty from one address', async () => {
    const browser = stranger()
    const nobodys = openAuthenticator({ origin })
    nobodys.make({ rp: { id: 'app.localhost' }, user: { id: '' } })
    const input = await alone(browser, nobodys)
    for (let tried = 0; tried < 30; tried++) await browser.ask(signInMemberWithPasskey, input)
    expect((await browser.refused(signInMemberWithPasskey, input)).status).toBe(429)
  })

  test('stands for password and factor before something that matters', async () => {
    const { her } = await lea(moreau)
    const { finger } = await adds(her)
    await grownOld(her)
    const asked = await her.call(getMemberStepUp)
    expect(asked.methods).toEqual(['passkey', 'recovery_code'])
    const bare = await her.refused(stepUpMember, { body: { password: null, factor: null } })
    expect(bare.code).toBe('password_wrong')
    const response = finger.answer(asked.passkey!)
    await her.call(stepUpMember, { body: { password: null, factor: { method: 'passkey', response } } })
    await her.call(getNewMemberPasskey)
  })

  test('is one of several, each named, and renamed or removed by its person alone', async () => {
    const { her } = await lea(moreau)
    const { id: first } = await adds(her)
    const { id: second, recoveryCodes } = await adds(her, 'Téléphone')
    expect(recoveryCodes).toBeNull()
    const { her: somebody } = await lea(moreau)
    const input = { params: { id: second }, body: { name: 'À moi' } }
    expect((await somebody.refused(renameMemberPasskey, input)).status).toBe(404)
    expect((await somebody.refused(removeMemberPasskey, { params: { id: second } })).status).toBe(404)
    await her.call(renameMemberPasskey, { ...input, body: { name: 'Bureau' } })
    const { passkeys } = await her.call(removeMemberPasskey, { params: { id: first } })
    expect(passkeys.map(({ name }) => name)).toEqual(['Bureau'])
  })

  test('that is removed ends the other sessions and opens nothing any more; the codes go with the last factor', async () => {
    const { email, ids, her } = await lea(moreau)
    const { finger, id } = await adds(her)
    await adds(her, 'Téléphone')
    const other = stranger()
    await other.call(signInMemberWithPasskey, await alone(other, finger))
    const after = await her.call(removeMemberPasskey, { params: { id } })
    expect(after.recoveryCodes).toMatchObject({ left: 10 })
    await expect.poll(async () => (await other.ask(getMemberSession)).status).toBe(401)
    const browser = stranger()
    const input = await alone(browser, finger)
    expect((await browser.refused(signInMemberWithPasskey, input)).code).toBe('passkey_refused')
    const last = { id: after.passkeys[0]?.id ?? '' }
    expect(await her.call(removeMemberPasskey, { params: last })).toMatchObject({ recoveryCodes: null })
    expect((await lettersTo(server, email)).at(-1)?.text).toContain('mot de passe seul')
    expect(await stranger().call(signInMember, { body: { email, password } })).toMatchObject({
      me: { memberId: ids[0] },
    })
  })

  test('stays beside an authenticator, either removable while the other stands', async () => {
    const { email, her } = await lea(moreau)
    await adds(her)
    const { secret, enrolment } = await her.call(getNewMemberAuthenticator)
    const body = { enrolment, code: codeFrom(secret, now) }
    expect((await her.call(enrolMemberAuthenticator, { body })).recoveryCodes).toBeNull()
    const left = await her.call(removeMemberAuthenticator)
    expect(left).toMatchObject({ authenticator: null, recoveryCodes: { left: 10 } })
    const asked = await stranger().call(signInMember, { body: { email, password } })
    expect(asked).toMatchObject({ step: 'second_factor', methods: ['passkey', 'recovery_code'] })
  })

  test('goes with all the others when the practice’s holder gives another chance', async () => {
    const { email, ids, her } = await lea(lefevre)
    const { finger } = await adds(her)
    const signedIn = stranger()
    await signedIn.call(signInMemberWithPasskey, await alone(signedIn, finger))
    const hugo = await server.asMember(lefevre.holder.memberId)
    const params = { id: ids[0]! }
    expect(await hugo.call(removeColleagueFactors, { params })).toMatchObject({ secondFactor: false })
    await expect.poll(async () => (await signedIn.ask(getMemberSession)).status).toBe(401)
    const browser = stranger()
    const input = await alone(browser, finger)
    expect((await browser.refused(signInMemberWithPasskey, input)).code).toBe('passkey_refused')
    expect(await stranger().call(signInMember, { body: { email, password } })).toMatchObject({
      step: 'entered',
    })
  })
})

describe('where everybody shows a second factor', () => {
  test('a passkey counts as one, the last one stays, and the first is enrolled by the password alone', async () => {
    const garnier = await server.openPractice('Inès Garnier')
    const ines = await server.asMember(garnier.holder.memberId)
    const { id } = await adds(ines)
    await ines.call(requireSecondFactor, { body: { required: true } })
    expect((await ines.refused(removeMemberPasskey, { params: { id } })).code).toBe('factor_required')

    const { email } = await lea(garnier)
    const browser = stranger()
    const offer = await browser.call(signInMember, { body: { email, password } })
    if (offer.step !== 'enrolment') throw new Error(offer.step)
    const finger = openAuthenticator({ origin })
    const { memberId } = offer
    const body = { method: 'new_passkey' as const, memberId, response: finger.make(offer.passkey) }
    expect((await browser.call(enrolAtSignIn, { body })).recoveryCodes).toHaveLength(10)
    expect(await browser.call(getMemberAccount)).toMatchObject({ passkeys: [{ name: 'Clé d’accès' }] })
  })

  test('who knows the password of somebody who holds a factor enrols no other', async () => {
    const practice = await server.openPractice('Nadia Lambert')
    const { email } = await lea(practice)
    await server.db
      .updateTable('tenants')
      .set({ secondFactorRequired: true })
      .where('id', '=', practice.tenantId)
      .execute()
    const offered = async () => {
      const browser = stranger()
      const offer = await browser.call(signInMember, { body: { email, password } })
      if (offer.step !== 'enrolment') throw new Error(offer.step)
      return { browser, offer }
    }
    // Begun before there was one, by a thief and by its owner, who is first.
    const [thief, owner] = [await offered(), await offered()]
    const made = ({ offer }: typeof owner) => ({
      body: {
        method: 'new_passkey' as const,
        memberId: offer.memberId,
        response: openAuthenticator({ origin }).make(offer.passkey),
      },
    })
    await owner.browser.call(enrolAtSignIn, made(owner))
    expect((await thief.browser.refused(enrolAtSignIn, made(thief))).code).toBe('sign_in_expired')
    const { memberId, enrolment, secret } = thief.offer
    const body = { method: 'totp' as const, memberId, enrolment, code: codeFrom(secret, now) }
    expect((await thief.browser.refused(enrolAtSignIn, { body })).code).toBe('sign_in_expired')
    // And begun after: the factor is asked for, nothing is offered.
    const late = stranger()
    const asked = await late.call(signInMember, { body: { email, password } })
    expect(asked).toMatchObject({ step: 'second_factor' })
    const chosen = { body: { memberId } }
    expect((await late.refused(choosePractice, chosen)).code).toBe('sign_in_expired')
    expect((await late.refused(enrolAtSignIn, { body })).code).toBe('sign_in_expired')
  })
})
