import { beforeAll, describe, expect, test } from 'vitest'
import {
  askMemberPasswordReset,
  chooseMemberLanguage,
  chooseMemberPassword,
  choosePractice,
  departMember,
  endMemberSessions,
  getMemberSession,
  openMemberLink,
  signInMember,
  signOutMember,
} from '#contract/identity'
import { resumeTenant, suspendTenant } from '#contract/tenancy'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { openBrowserless, type Browserless } from '../../../../tests/harness/browserless.ts'
import { lettersTo, tokenMailed } from '../../../../tests/harness/mailbox.ts'
import { tenancyServer, type TestPractice } from '../../../../tests/harness/tenants.ts'

let now = new Date()
const server = await tenancyServer({ clock: { now: () => now } })
const password = 'girafe violon nuage tracteur'
const wrong = 'girafe violon nuage moteur'
const minutes = (count: number) => void (now = new Date(now.getTime() + count * 60_000))

let networks = 0
/** A browser nobody signed in from before, somewhere else each time: tries are counted by address. */
const stranger = () => openBrowserless(server.app, 'app.localhost:3000', `198.51.100.${(networks += 1)}`)

/** Chooses the first password by the link that was mailed. */
async function choosesPassword(email: string, chosen = password): Promise<void> {
  const token = await tokenMailed(server, email, 'member_invitation')
  await stranger().call(chooseMemberPassword, { body: { token, password: chosen } })
}

async function signsIn(email: string, browser = stranger(), typed = password): Promise<Browserless> {
  await browser.call(signInMember, { body: { email, password: typed } })
  return browser
}

/** What a session's cookie is still good for. */
const statusWith = async (cookie: string) =>
  (await stranger().send('GET', '/api/v1/practice/session', { headers: { cookie } })).status

let moreau: TestPractice
let caron: TestPractice
beforeAll(async () => {
  moreau = await server.openPractice('Claire Moreau')
  caron = await server.openPractice('Yves Caron')
  await choosesPassword(moreau.holder.email)
  await choosesPassword(caron.holder.email)
}, 60_000)

describe('somebody of one practice', () => {
  test('is in by address and password, whatever capitals were typed, and is told whose practice it is', async () => {
    const claire = stranger()
    const email = `  ${moreau.holder.email.toUpperCase()} `
    const entered = await claire.call(signInMember, { body: { email, password } })
    const me = {
      name: 'Claire Moreau',
      email: moreau.holder.email,
      profile: 'practitioner',
      practice: 'Cabinet de Claire Moreau',
      practices: 1,
      language: 'fr',
    }
    expect(entered).toMatchObject({ step: 'entered', me })
    expect(await claire.call(getMemberSession)).toMatchObject(me)
    expect(JSON.stringify(entered)).not.toContain(moreau.tenantId)
    const [line] = await entriesOf(server, { verb: 'member.signed_in', object: moreau.holder.memberId })
    expect(line).toMatchObject({ actorType: 'member', actorId: moreau.holder.memberId })
  })

  test('is out again for good', async () => {
    const claire = await signsIn(moreau.holder.email)
    const cookie = claire.cookie()
    await claire.call(signOutMember)
    await expect.poll(() => statusWith(cookie)).toBe(401)
  })

  test('keeps a language from one browser to the next', async () => {
    const claire = await signsIn(moreau.holder.email)
    await claire.call(chooseMemberLanguage, { body: { language: 'en' } })
    const elsewhere = await signsIn(moreau.holder.email)
    expect((await elsewhere.call(getMemberSession)).language).toBe('en')
    await elsewhere.call(chooseMemberLanguage, { body: { language: 'fr' } })
  })

  test('ends the former session of the same browser by signing in once more', async () => {
    const claire = await signsIn(moreau.holder.email)
    const before = claire.cookie()
    await signsIn(moreau.holder.email, claire)
    await expect.poll(() => statusWith(before)).toBe(401)
    await claire.call(getMemberSession)
  })
})

describe('whoever is not let in', () => {
  test('learns nothing: a wrong password, an unknown address and one that only looks alike are answered alike', async () => {
    const { email } = moreau.holder
    const replies = []
    for (const [typed, pass] of [
      [email, wrong],
      ['personne@example.com', password],
      [email.replace('c', 'с'), password],
    ] as const)
      replies.push(await stranger().refused(signInMember, { body: { email: typed, password: pass } }))
    expect(new Set(replies.map(({ status, code, message }) => `${status} ${code} ${message}`)).size).toBe(1)
    expect(replies[0]).toMatchObject({ status: 403, code: 'credentials_wrong' })
    const lines = await entriesOf(server, { verb: 'member.sign_in_refused' })
    expect(lines.map(({ actorType }) => actorType)).toEqual(lines.map(() => 'anonymous'))
    expect(lines.map(({ after }) => (after as { kind: string }).kind)).toEqual(
      expect.arrayContaining(['password_wrong', 'account_unknown']),
    )
  })

  test('waits after ten tries, from wherever; the browser its owner signed in from before does not', async () => {
    const { email } = await caron.join({ firstName: 'Paul', lastName: 'Rousseau', profile: 'secretary' })
    await choosesPassword(email)
    const his = await signsIn(email)
    await his.call(signOutMember)
    for (let tried = 0; tried < 10; tried++)
      await stranger().refused(signInMember, { body: { email, password: wrong } })
    const late = await stranger().refused(signInMember, { body: { email, password } })
    expect(late).toMatchObject({ status: 429, code: 'too_many_requests' })
    await signsIn(email, his)
  })

  test('is not let in by a session of the other door, whatever the cookie is called', async () => {
    const claire = await signsIn(moreau.holder.email)
    const token = /mgp_member_session=([^;]+)/.exec(claire.cookie())?.[1] ?? ''
    const staff = await server.as('super_administrator')
    const staffToken = /mgp_session=([^;]+)/.exec(staff.cookie())?.[1] ?? ''
    const both = (value: string) => ({ cookie: `mgp_session=${value}; mgp_member_session=${value}` })
    const at = (host: string) => openBrowserless(server.app, host)
    const asStaff = await at('localhost:3000').send('GET', '/api/v1/session', { headers: both(token) })
    const asMember = await at('app.localhost:3000').send('GET', '/api/v1/practice/session', {
      headers: both(staffToken),
    })
    expect([asStaff.status, asMember.status]).toEqual([401, 401])
  })
})

describe('somebody of two practices', () => {
  const person = { firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' } as const
  const email = 'lea.fabre@example.com'
  let inMoreau: string
  let inCaron: string
  beforeAll(async () => {
    inMoreau = (await moreau.join({ ...person, email })).memberId
    await choosesPassword(email)
    inCaron = (await caron.join({ ...person, email })).memberId
  })

  test('is written of the second one without a link: the account stays the same', async () => {
    const letters = await lettersTo(server, email)
    expect(letters.map(({ template }) => template)).toEqual(['member_invitation', 'member_joined'])
    expect(letters[1]).toMatchObject({ url: 'http://app.localhost:3000/sign-in', token: '' })
    expect(letters[1]?.text).toContain(caron.name)
  })

  test('says in which one, and the session is of that one alone', async () => {
    const lea = stranger()
    const answer = await lea.call(signInMember, { body: { email, password } })
    expect(answer).toMatchObject({
      step: 'choice',
      practices: [
        { memberId: inMoreau, name: 'Cabinet de Claire Moreau', suspended: false },
        { memberId: inCaron, name: caron.name, suspended: false },
      ],
    })
    expect((await lea.refused(getMemberSession)).code).toBe('signed_out')
    expect(await lea.call(choosePractice, { body: { memberId: inCaron } })).toMatchObject({
      step: 'entered',
      me: { practice: caron.name, practices: 2 },
    })
    // The choice is spent.
    const again = await lea.refused(choosePractice, { body: { memberId: inMoreau } })
    expect(again.code).toBe('sign_in_expired')
  })

  test('cannot choose one they do not work in', async () => {
    const lea = stranger()
    await lea.call(signInMember, { body: { email, password } })
    const { memberId } = moreau.holder
    expect((await lea.refused(choosePractice, { body: { memberId } })).code).toBe('sign_in_expired')
  })

  test('has five minutes to choose', async () => {
    const lea = stranger()
    await lea.call(signInMember, { body: { email, password } })
    minutes(6)
    const late = await lea.refused(choosePractice, { body: { memberId: inMoreau } })
    expect(late.code).toBe('sign_in_expired')
  })

  test('may leave one, at once, and works on in the other', async () => {
    const lea = stranger()
    await lea.call(signInMember, { body: { email, password } })
    await lea.call(choosePractice, { body: { memberId: inCaron } })
    const claire = await server.as('administrator')
    expect(await claire.call(departMember, { params: { id: inCaron } })).toMatchObject({ state: 'left' })
    await expect.poll(async () => (await lea.ask(getMemberSession)).status).toBe(401)
    const known = async () => {
      const db = await server.tenants.databases.reading(caron.tenantId, 'keeper')
      return db.selectFrom('profiles').where('memberId', '=', inCaron).select('leftAt').executeTakeFirst()
    }
    await expect.poll(async () => (await known())?.leftAt ?? null, { timeout: 20_000 }).not.toBeNull()
    expect(await lea.call(signInMember, { body: { email, password } })).toMatchObject({
      step: 'entered',
      me: { practice: 'Cabinet de Claire Moreau' },
    })
    expect((await claire.refused(departMember, { params: { id: inCaron } })).code).toBe('member_left')
    const holder = await claire.refused(departMember, { params: { id: caron.holder.memberId } })
    expect(holder.code).toBe('holder_stays')
  })
})

describe('a session', () => {
  /** What is known of a session is known for a second. */
  const forget = () => new Promise((done) => setTimeout(done, 1_100))

  test('ends after an hour of nothing, and twelve hours after it began', async () => {
    const idle = await signsIn(moreau.holder.email)
    minutes(59)
    await forget()
    await idle.call(getMemberSession)
    minutes(61)
    await forget()
    expect((await idle.refused(getMemberSession)).code).toBe('signed_out')

    const busy = await signsIn(moreau.holder.email)
    minutes(12 * 60 + 1)
    await server.db.updateTable('memberSessions').set({ lastSeenAt: now }).execute()
    await forget()
    expect((await busy.refused(getMemberSession)).code).toBe('signed_out')
  })

  test('is ended by the vendor’s team, at once', async () => {
    const claire = await signsIn(moreau.holder.email)
    server.forgetSessions()
    const staff = await server.as('administrator')
    const { ended } = await staff.call(endMemberSessions, { params: { id: moreau.holder.memberId } })
    expect(ended).toBeGreaterThan(0)
    await expect.poll(async () => (await claire.ask(getMemberSession)).status).toBe(401)
  })
})

test('a suspended practice is closed on the next request, and says so after the right password alone', async () => {
  const yves = await signsIn(caron.holder.email)
  server.forgetSessions()
  const staff = await server.as('super_administrator')
  const params = { id: caron.tenantId }
  await staff.call(suspendTenant, { params, body: { reason: 'Impayé' } })
  await expect.poll(async () => (await yves.ask(getMemberSession)).status).toBe(401)
  const { email } = caron.holder
  const right = await stranger().refused(signInMember, { body: { email, password } })
  expect(right).toMatchObject({ status: 403, code: 'practice_suspended' })
  const other = await stranger().refused(signInMember, { body: { email, password: wrong } })
  expect(other.code).toBe('credentials_wrong')
  await staff.call(resumeTenant, { params })
  await expect.poll(async () => (await yves.ask(getMemberSession)).status).toBe(200)
})

describe('a forgotten password', () => {
  const answered = () =>
    expect
      .poll(() => server.db.selectFrom('memberPasswordRequests').select('id').execute(), { timeout: 20_000 })
      .toEqual([])

  test('is replaced by a mailed link, which ends all that the former one began', async () => {
    const { email } = moreau.holder
    const claire = await signsIn(email)
    await stranger().call(askMemberPasswordReset, { body: { email: `  ${email.toUpperCase()}` } })
    await answered()
    const token = await tokenMailed(server, email, 'member_password_reset')
    expect(await stranger().call(openMemberLink, { body: { token } })).toMatchObject({
      kind: 'password_reset',
      name: 'Claire Moreau',
      practices: ['Cabinet de Claire Moreau'],
    })
    minutes(1)
    const another = 'harpe nuage tracteur girafe'
    expect(await stranger().call(chooseMemberPassword, { body: { token, password: another } })).toEqual({
      email,
    })
    await expect.poll(async () => (await claire.ask(getMemberSession)).status).toBe(401)
    const former = await stranger().refused(signInMember, { body: { email, password } })
    expect(former.code).toBe('credentials_wrong')
    const spent = await stranger().refused(chooseMemberPassword, { body: { token, password } })
    expect(spent).toMatchObject({ status: 410, code: 'link_gone' })
    expect((await lettersTo(server, email)).map(({ template }) => template)).toContain(
      'member_password_changed',
    )
    await signsIn(email, stranger(), another)
  })

  test('is asked for in the same way by everybody, and mailed to nobody who is not there', async () => {
    const reply = await stranger().ask(askMemberPasswordReset, { body: { email: 'personne@example.com' } })
    expect(reply).toMatchObject({ status: 204, text: '' })
    await answered()
    expect(await lettersTo(server, 'personne@example.com')).toEqual([])
  })
})

test('a bad password is refused with the reason beside it', async () => {
  const ines = await moreau.join({ firstName: 'Inès', lastName: 'Garnier', profile: 'practitioner' })
  const token = await tokenMailed(server, ines.email, 'member_invitation')
  const refusal = await stranger().refused(chooseMemberPassword, { body: { token, password: 'court' } })
  expect(refusal).toMatchObject({ status: 400, fields: [{ path: 'password', code: 'password_too_short' }] })
})
