import { beforeAll, describe, expect, test } from 'vitest'
import {
  chooseMemberPassword,
  choosePractice,
  enrolAtSignIn,
  enrolMemberAuthenticator,
  getMemberAccount,
  getMemberSession,
  getNewMemberAuthenticator,
  makeMemberRecoveryCodes,
  removeColleagueFactors,
  removeMemberAuthenticator,
  removeMemberFactors,
  requireSecondFactor,
  showMemberFactor,
  signInMember,
  stepUpMember,
  switchPractice,
} from '#contract/identity'
import { openBrowserless } from '../../../../tests/harness/browserless.ts'
import { lettersTo, tokenMailed } from '../../../../tests/harness/mailbox.ts'
import { codeFrom } from '../../../../tests/harness/member-factors.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../../tests/harness/tenants.ts'

let now = new Date()
const server = await tenancyServer({ clock: { now: () => now } })
const password = 'girafe violon nuage tracteur'
const seconds = (count: number) => void (now = new Date(now.getTime() + count * 1_000))
let networks = 0
const stranger = () => openBrowserless(server.app, 'app.localhost:3000', `198.51.100.${(networks += 1)}`)
let addresses = 0
const address = () => `personne.${(addresses += 1)}@example.com`

let moreau: TestPractice
let lefevre: TestPractice
beforeAll(async () => {
  moreau = await server.openPractice('Claire Moreau')
  lefevre = await server.openPractice('Hugo Lefèvre')
}, 60_000)

/** Somebody with a password, in these practices. */
async function somebody(...practices: TestPractice[]): Promise<{ email: string; members: TestMember[] }> {
  const email = address()
  const members: TestMember[] = []
  for (const practice of practices)
    members.push(await practice.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary', email }))
  const token = await tokenMailed(server, email, 'member_invitation')
  await stranger().call(chooseMemberPassword, { body: { token, password } })
  seconds(1)
  return { email, members: await Promise.all(members.map(({ memberId }) => server.asMember(memberId))) }
}

/** The next code that was not shown yet. */
function authenticator(secret: string) {
  return () => {
    seconds(30)
    return codeFrom(secret, now)
  }
}

async function enrols(member: TestMember) {
  const { secret, enrolment } = await member.call(getNewMemberAuthenticator)
  const next = authenticator(secret)
  const { recoveryCodes } = await member.call(enrolMemberAuthenticator, { body: { enrolment, code: next() } })
  return { next, codes: recoveryCodes ?? [], secret }
}

describe('a second factor', () => {
  test('is asked for once it is enrolled, comes with ten recovery codes, and ends the other sessions', async () => {
    const { email, members } = await somebody(moreau)
    const [her] = members
    const other = await server.asMember(her!.memberId)
    const { next, codes } = await enrols(her!)
    expect(codes).toHaveLength(10)
    await expect.poll(async () => (await other.ask(getMemberSession)).status).toBe(401)
    expect((await her!.call(getMemberAccount)).recoveryCodes).toMatchObject({ left: 10, total: 10 })
    expect((await lettersTo(server, email)).at(-1)?.template).toBe('member_factor_changed')

    const browser = stranger()
    const asked = await browser.call(signInMember, { body: { email, password } })
    expect(asked).toEqual({ step: 'second_factor', methods: ['totp', 'recovery_code'], passkey: null })
    expect((await browser.refused(getMemberSession)).code).toBe('signed_out')
    const wrong = await browser.refused(showMemberFactor, { body: { method: 'totp', code: '000000' } })
    expect(wrong.code).toBe('code_wrong')
    const answer = await browser.call(showMemberFactor, { body: { method: 'totp', code: next() } })
    expect(answer).toMatchObject({ step: 'entered', me: { practice: moreau.name } })
  })

  test('of one moment is good once, in however many browsers at once', async () => {
    const { email, members } = await somebody(moreau)
    const { next } = await enrols(members[0]!)
    const browsers = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const browser = stranger()
        await browser.call(signInMember, { body: { email, password } })
        return browser
      }),
    )
    const body = { method: 'totp' as const, code: next() }
    const replies = await Promise.all(browsers.map((one) => one.ask(showMemberFactor, { body })))
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 403, 403, 403])
    const late = stranger()
    await late.call(signInMember, { body: { email, password } })
    expect((await late.refused(showMemberFactor, { body })).code).toBe('code_already_used')
  })

  test('may be a recovery code, once, and its person is told', async () => {
    const { email, members } = await somebody(moreau)
    const { codes } = await enrols(members[0]!)
    const body = { method: 'recovery_code' as const, code: codes[0]!.toLowerCase() }
    const browser = stranger()
    await browser.call(signInMember, { body: { email, password } })
    expect(await browser.call(showMemberFactor, { body })).toMatchObject({ step: 'entered' })
    expect((await lettersTo(server, email)).at(-1)?.subject).toContain('code de secours')
    const again = stranger()
    await again.call(signInMember, { body: { email, password } })
    expect((await again.refused(showMemberFactor, { body })).code).toBe('code_already_used')
  })

  test('is not skipped by choosing a practice', async () => {
    const { email, members } = await somebody(moreau, lefevre)
    const { next } = await enrols(members[0]!)
    const browser = stranger()
    await browser.call(signInMember, { body: { email, password } })
    const body = { memberId: members[1]!.memberId }
    expect((await browser.refused(choosePractice, { body })).code).toBe('sign_in_expired')
    const shown = await browser.call(showMemberFactor, { body: { method: 'totp', code: next() } })
    expect(shown).toMatchObject({ step: 'choice' })
    expect(await browser.call(choosePractice, { body })).toMatchObject({ step: 'entered' })
  })

  test('nor by a choice that was begun before it was enrolled', async () => {
    const { email, members } = await somebody(moreau, lefevre)
    const browser = stranger()
    expect(await browser.call(signInMember, { body: { email, password } })).toMatchObject({ step: 'choice' })
    await enrols(members[0]!)
    const body = { memberId: members[1]!.memberId }
    expect((await browser.refused(choosePractice, { body })).code).toBe('sign_in_expired')
  })

  test('cannot be guessed: after ten tries strangers wait', async () => {
    const { email, members } = await somebody(moreau)
    const { next } = await enrols(members[0]!)
    const browser = stranger()
    await browser.call(signInMember, { body: { email, password } })
    for (let tried = 0; tried < 10; tried++)
      await browser.refused(showMemberFactor, { body: { method: 'totp', code: '000000' } })
    const late = await browser.refused(showMemberFactor, { body: { method: 'totp', code: next() } })
    expect(late).toMatchObject({ status: 429, code: 'too_many_requests' })
  })

  test('is replaced, its codes renewed, and removed, by its person alone', async () => {
    const { email, members } = await somebody(moreau)
    const [her] = members
    const former = await enrols(her!)
    const replaced = await enrols(her!)
    expect(replaced.codes).toEqual([])
    const { codes } = await her!.call(makeMemberRecoveryCodes)
    expect(codes).not.toEqual(former.codes)
    expect(await her!.call(removeMemberAuthenticator)).toMatchObject({
      authenticator: null,
      recoveryCodes: null,
    })
    expect(await stranger().call(signInMember, { body: { email, password } })).toMatchObject({
      step: 'entered',
    })
    expect((await her!.refused(makeMemberRecoveryCodes)).code).toBe('no_factor_held')
  })

  test('of another session’s offer is not enrolled', async () => {
    const { members } = await somebody(moreau, lefevre)
    const { secret, enrolment } = await members[0]!.call(getNewMemberAuthenticator)
    const body = { enrolment, code: codeFrom(secret, now) }
    expect((await members[1]!.refused(enrolMemberAuthenticator, { body })).code).toBe('enrolment_expired')
  })
})

describe('a practice that asks everybody for one', () => {
  let garnier: TestPractice
  let ines: TestMember
  beforeAll(async () => {
    garnier = await server.openPractice('Inès Garnier')
    ines = await server.asMember(garnier.holder.memberId)
  })

  test('begins with whoever asks: they have one themselves', async () => {
    const refusal = await ines.refused(requireSecondFactor, { body: { required: true } })
    expect(refusal.code).toBe('own_factor_first')
  })

  test('ends the sessions without one, and leads who has none to enrol before there is a session', async () => {
    const { email, members } = await somebody(garnier)
    await enrols(ines)
    expect(await ines.call(requireSecondFactor, { body: { required: true } })).toMatchObject({ ended: 1 })
    await expect.poll(async () => (await members[0]!.ask(getMemberSession)).status).toBe(401)
    expect((await ines.refused(removeMemberAuthenticator)).code).toBe('factor_required')

    const browser = stranger()
    const offer = await browser.call(signInMember, { body: { email, password } })
    if (offer.step !== 'enrolment') throw new Error(offer.step)
    expect((await browser.refused(getMemberSession)).code).toBe('signed_out')
    const { memberId, enrolment, secret } = offer
    const wrong = await browser.refused(enrolAtSignIn, {
      body: { method: 'totp', memberId, enrolment, code: '000000' },
    })
    expect(wrong.code).toBe('code_wrong')
    const foreign = { ...offer, memberId: ines.memberId }
    const code = codeFrom(secret, now)
    const stolen = await browser.refused(enrolAtSignIn, {
      body: { method: 'totp', memberId: foreign.memberId, enrolment, code },
    })
    expect(stolen.code).toBe('sign_in_expired')
    const { me, recoveryCodes } = await browser.call(enrolAtSignIn, {
      body: { method: 'totp', memberId, enrolment, code },
    })
    expect(me).toMatchObject({ practice: garnier.name })
    expect(recoveryCodes).toHaveLength(10)
    expect(await browser.call(getMemberSession)).toMatchObject({ practice: garnier.name })
  })

  test('is not entered from another practice without one', async () => {
    const { email, members } = await somebody(moreau, garnier)
    const [inMoreau, inGarnier] = members
    const body = { memberId: inGarnier!.memberId }
    expect((await inMoreau!.refused(switchPractice, { body })).code).toBe('second_factor_needed')
    const browser = stranger()
    expect(await browser.call(signInMember, { body: { email, password } })).toMatchObject({ step: 'choice' })
    expect(await browser.call(choosePractice, { body })).toMatchObject({ step: 'enrolment' })
    await enrols(inMoreau!)
    expect(await inMoreau!.call(switchPractice, { body })).toMatchObject({ practice: garnier.name })
  })
})

describe('who lost all they could show', () => {
  test('is helped by the practice’s holder, and by nobody else there', async () => {
    const { email, members } = await somebody(lefevre)
    await enrols(members[0]!)
    const params = { id: members[0]!.memberId }
    const colleague = await lefevre.join({ firstName: 'Paul', lastName: 'Rousseau', profile: 'practitioner' })
    expect((await colleague.refused(removeColleagueFactors, { params })).code).toBe('holder_only')
    const hugo = await server.asMember(lefevre.holder.memberId)
    expect(await hugo.call(removeColleagueFactors, { params })).toMatchObject({ secondFactor: false })
    await expect.poll(async () => (await members[0]!.ask(getMemberSession)).status).toBe(401)
    expect((await lettersTo(server, email)).at(-1)?.text).toContain('qui tient votre cabinet')
    expect(await stranger().call(signInMember, { body: { email, password } })).toMatchObject({
      step: 'entered',
    })
    expect((await hugo.refused(removeColleagueFactors, { params })).code).toBe('no_factor_held')
  })

  test('keeps it against a practice that let them in to take it away', async () => {
    const { members } = await somebody(moreau, lefevre)
    await enrols(members[0]!)
    const hugo = await server.asMember(lefevre.holder.memberId)
    const refusal = await hugo.refused(removeColleagueFactors, { params: { id: members[1]!.memberId } })
    expect(refusal.code).toBe('works_elsewhere')
    const abroad = await hugo.refused(removeColleagueFactors, { params: { id: members[0]!.memberId } })
    expect(abroad.status).toBe(404)
  })

  test('the holder themselves by the vendor, who says so by mail', async () => {
    const practice = await server.openPractice('Nadia Lambert')
    const nadia = practice.holder
    await enrols(nadia)
    const params = { id: nadia.memberId }
    expect((await nadia.refused(removeColleagueFactors, { params })).code).toBe('not_your_own_rights')
    server.forgetSessions()
    const staff = await server.as('super_administrator')
    await staff.call(removeMemberFactors, { params })
    expect((await lettersTo(server, nadia.email)).at(-1)?.text).toContain('L’assistance de MaGestionPsy')
    expect((await staff.refused(removeMemberFactors, { params })).code).toBe('no_factor_held')
  })
})

describe('before something that matters', () => {
  test('password and second factor are shown again, for five minutes', async () => {
    const { members } = await somebody(moreau)
    const [her] = members
    const { next } = await enrols(her!)
    seconds(6 * 60)
    const forget = () => new Promise((done) => setTimeout(done, 1_100))
    await forget()
    expect((await her!.refused(getNewMemberAuthenticator)).code).toBe('step_up_required')
    const bare = await her!.refused(stepUpMember, { body: { password, factor: null } })
    expect(bare.code).toBe('factor_missing')
    const factor = () => ({ method: 'totp' as const, code: next() })
    const wrong = await her!.refused(stepUpMember, { body: { password: 'pas le bon', factor: factor() } })
    expect(wrong.code).toBe('password_wrong')
    await her!.call(stepUpMember, { body: { password, factor: factor() } })
    await her!.call(getNewMemberAuthenticator)
  })

  test('the password alone does where there is no factor, and cannot be guessed', async () => {
    const { members } = await somebody(moreau)
    const [her] = members
    await her!.call(stepUpMember, { body: { password, factor: null } })
    const wrong = { body: { password: 'pas le bon', factor: null } }
    for (let tried = 0; tried < 10; tried++) await her!.ask(stepUpMember, wrong)
    expect((await her!.refused(stepUpMember, { body: { password, factor: null } })).status).toBe(429)
  })
})
