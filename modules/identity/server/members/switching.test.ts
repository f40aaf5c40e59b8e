import { beforeAll, describe, expect, test } from 'vitest'
import {
  departColleague,
  departMember,
  endMemberSessions,
  enrolMemberAuthenticator,
  getMemberSession,
  getNewMemberAuthenticator,
  leaveOwnPractice,
  listOwnPractices,
  removeMemberFactors,
  signOutMember,
  switchPractice,
} from '#contract/identity'
import { resumeTenant, suspendTenant } from '#contract/tenancy'
import { getPractice } from '#contract/cabinet'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { openBrowserless } from '../../../../tests/harness/browserless.ts'
import { codeFrom } from '../../../../tests/harness/member-factors.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../../tests/harness/tenants.ts'

let now = new Date()
const server = await tenancyServer({ clock: { now: () => now } })
const sofia = { firstName: 'Sofia', lastName: 'Lopez', profile: 'secretary' as const }
const email = 'sofia.lopez@example.com'

/** Sofia has a space of her own, and works for Claire and for Hugo. */
let moreau: TestPractice
let lefevre: TestPractice
let inMoreau: TestMember
let inLefevre: TestMember
beforeAll(async () => {
  moreau = await server.openPractice('Claire Moreau')
  lefevre = await server.openPractice('Hugo Lefèvre')
  inMoreau = await moreau.join({ ...sofia, email })
  inLefevre = await lefevre.join({ ...sofia, email })
}, 60_000)

const statusOf = async (member: Pick<TestMember, 'ask'>) => (await member.ask(getMemberSession)).status
/** The same browser later: what it has is its cookies of now. */
const withCookiesOf = (member: Pick<TestMember, 'cookie'>) => {
  const [, token = ''] = /mgp_member_session=([^;]+)/.exec(member.cookie()) ?? []
  return openBrowserless(server.app, 'app.localhost:3000', '127.0.0.1', { mgp_member_session: token })
}

describe('going from one practice to another', () => {
  test('begins with seeing them all: whose each is, since when, and where one is', async () => {
    const her = await server.asMember(inMoreau.memberId)
    const { lost, rows } = await her.call(listOwnPractices)
    expect(lost).toBeNull()
    expect(rows).toEqual([
      expect.objectContaining({ name: moreau.name, whose: 'Claire Moreau', current: true, until: null }),
      expect.objectContaining({ name: lefevre.name, whose: 'Hugo Lefèvre', current: false, state: 'open' }),
    ])
    expect(JSON.stringify(rows)).not.toContain(lefevre.tenantId)
  })

  test('ends the session and opens another, good no longer, and the log says from where to where', async () => {
    const her = await server.asMember(inMoreau.memberId)
    const before = withCookiesOf(her)
    const { expiresAt } = await her.call(getMemberSession)
    now = new Date(now.getTime() + 60_000)
    const me = await her.call(switchPractice, { body: { memberId: inLefevre.memberId } })
    expect(me).toMatchObject({ practice: lefevre.name, expiresAt, practices: 2 })
    expect((await her.call(getPractice)).name).toBe(lefevre.name)
    await expect.poll(() => statusOf(before)).toBe(401)
    // What was ended so opens nothing any more.
    const again = await before.refused(switchPractice, { body: { memberId: inMoreau.memberId } })
    expect(again).toMatchObject({ status: 401, code: 'signed_out' })
    const [line] = await entriesOf(server, { verb: 'member.practice_switched', object: inLefevre.memberId })
    expect(line).toMatchObject({ actorType: 'member', before: { member: inMoreau.memberId } })
    const sessions = await server.db
      .selectFrom('memberSessions')
      .where('memberId', '=', inMoreau.memberId)
      .select('endedReason')
      .execute()
    expect(sessions.map(({ endedReason }) => endedReason)).toContain('switched')
  })

  test('asks anew for what was shown again before something that matters', async () => {
    const her = await server.asMember(inMoreau.memberId)
    await her.call(getNewMemberAuthenticator)
    await her.call(switchPractice, { body: { memberId: inLefevre.memberId } })
    expect((await her.refused(getNewMemberAuthenticator)).code).toBe('step_up_required')
  })

  test('leads into nobody else’s membership, whoever’s id is given', async () => {
    const her = await server.asMember(inMoreau.memberId)
    for (const memberId of [moreau.holder.memberId, lefevre.holder.memberId, crypto.randomUUID()])
      expect((await her.refused(switchPractice, { body: { memberId } })).status).toBe(404)
    expect(await statusOf(her)).toBe(200)
  })

  test('twice at once opens one session', async () => {
    const her = await server.asMember(inMoreau.memberId)
    const body = { memberId: inLefevre.memberId }
    const browsers = Array.from({ length: 5 }, () => withCookiesOf(her))
    const replies = await Promise.all(browsers.map((one) => one.ask(switchPractice, { body })))
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401, 401])
  })

  test('is for nobody who signed out', async () => {
    const her = await server.asMember(inMoreau.memberId)
    const left = withCookiesOf(her)
    await her.call(signOutMember)
    expect((await left.refused(listOwnPractices)).code).toBe('signed_out')
    const body = { memberId: inLefevre.memberId }
    expect((await left.refused(switchPractice, { body })).code).toBe('signed_out')
  })

  test('shows a suspended practice, which cannot be chosen; who was in it may go elsewhere', async () => {
    const her = await server.asMember(inMoreau.memberId)
    const hers = await server.asMember(inLefevre.memberId)
    const staff = await server.as('super_administrator')
    const params = { id: lefevre.tenantId }
    await staff.call(suspendTenant, { params, body: { reason: 'Impayé' } })
    const { rows } = await her.call(listOwnPractices)
    expect(rows.map(({ state }) => state)).toEqual(['open', 'suspended'])
    const refusal = await her.refused(switchPractice, { body: { memberId: inLefevre.memberId } })
    expect(refusal.code).toBe('practice_suspended')
    await expect.poll(() => statusOf(hers)).toBe(401)
    expect((await hers.call(listOwnPractices)).lost).toEqual({ name: lefevre.name, why: 'suspended' })
    await hers.call(switchPractice, { body: { memberId: inMoreau.memberId } })
    await staff.call(resumeTenant, { params })
  })
})

describe('whoever’s access ends in the middle of their work', () => {
  test('is told of which practice by the next answer, and led to their other ones without a password', async () => {
    const { memberId } = await lefevre.join({ ...sofia, email: 'nora.petit@example.com' })
    const elsewhere = await moreau.join({ ...sofia, email: 'nora.petit@example.com' })
    const nora = await server.asMember(memberId)
    await nora.call(getMemberSession)
    const hugo = await server.asMember(lefevre.holder.memberId)
    await hugo.call(departColleague, { params: { id: memberId } })
    await expect.poll(() => statusOf(nora)).toBe(401)
    const refusal = await nora.refused(getPractice)
    expect(refusal).toMatchObject({ code: 'signed_out', message: expect.stringContaining(lefevre.name) })
    const { lost, rows } = await nora.call(listOwnPractices)
    expect(lost).toEqual({ name: lefevre.name, why: 'ended' })
    expect(rows.map(({ state, current }) => [state, current])).toEqual([
      ['ended', false],
      ['open', false],
    ])
    expect((await nora.refused(switchPractice, { body: { memberId } })).code).toBe('grant_ended')
    const token = withCookiesOf(nora)
    const body = { memberId: elsewhere.memberId }
    expect(await nora.call(switchPractice, { body })).toMatchObject({ practice: moreau.name })
    // Once: the ended session leads nowhere else.
    expect((await token.refused(switchPractice, { body })).code).toBe('signed_out')
  })

  test('is led nowhere an hour later, nor after another password', async () => {
    const { memberId } = await lefevre.join({ ...sofia, email: 'ines.garnier@example.com' })
    await moreau.join({ ...sofia, email: 'ines.garnier@example.com' })
    const ines = await server.asMember(memberId)
    const staff = await server.as('super_administrator')
    await staff.call(departMember, { params: { id: memberId } })
    await ines.call(listOwnPractices)
    now = new Date(now.getTime() + 61 * 60_000)
    expect((await ines.refused(listOwnPractices)).code).toBe('signed_out')
    server.forgetSessions()
    const again = await lefevre.join({ ...sofia, email: 'ines.garnier@example.com' })
    await (await server.as('super_administrator')).call(departMember, { params: { id: again.memberId } })
    await again.call(listOwnPractices)
    await server.db
      .updateTable('memberAccounts')
      .set({ passwordChangedAt: new Date(now.getTime() + 1_000) })
      .where('id', '=', again.accountId)
      .execute()
    expect((await again.refused(listOwnPractices)).code).toBe('signed_out')
  })

  const leftLefevre = async (email: string) => {
    const elsewhere = await moreau.join({ ...sofia, email })
    const { memberId } = await lefevre.join({ ...sofia, email })
    const person = await server.asMember(memberId)
    await (await server.as('super_administrator')).call(departMember, { params: { id: memberId } })
    expect((await person.call(listOwnPractices)).lost).toMatchObject({ why: 'ended' })
    return { person, elsewhere, body: { memberId: elsewhere.memberId } }
  }

  test('signs out all the same, and what they had opens nothing any more', async () => {
    const { person, body } = await leftLefevre('lina.roux@example.com')
    const kept = withCookiesOf(person)
    await person.call(signOutMember)
    expect(person.cookie()).not.toContain('mgp_member_session=')
    expect((await kept.refused(switchPractice, { body })).code).toBe('signed_out')
    expect((await kept.refused(signOutMember)).code).toBe('signed_out')
    const [line] = await entriesOf(server, { verb: 'member.signed_out', object: person.memberId })
    expect(line).toMatchObject({ actorType: 'member', actorId: person.memberId })
  })

  test('is led nowhere once the vendor ends the sessions they have elsewhere', async () => {
    const { person, elsewhere, body } = await leftLefevre('malo.roux@example.com')
    const staff = await server.as('super_administrator')
    await staff.call(endMemberSessions, { params: { id: elsewhere.memberId } })
    expect((await person.refused(switchPractice, { body })).code).toBe('signed_out')
  })

  test('nor once another factor is theirs, be it enrolled or taken away', async () => {
    const { person, elsewhere, body } = await leftLefevre('nina.roux@example.com')
    const { secret, enrolment } = await elsewhere.call(getNewMemberAuthenticator)
    await elsewhere.call(enrolMemberAuthenticator, { body: { enrolment, code: codeFrom(secret, now) } })
    expect((await person.refused(switchPractice, { body })).code).toBe('signed_out')
    const again = await lefevre.join({ ...sofia, email: 'nina.roux@example.com' })
    const staff = await server.as('super_administrator')
    await staff.call(departMember, { params: { id: again.memberId } })
    await again.call(listOwnPractices)
    await staff.call(removeMemberFactors, { params: { id: elsewhere.memberId } })
    expect((await again.refused(switchPractice, { body })).code).toBe('signed_out')
  })

  test('is out when the last day is over, without anybody doing anything', async () => {
    const paul = await lefevre.join({ ...sofia, email: 'paul.rousseau@example.com' })
    const endsAt = new Date(now.getTime() + 3_600_000 / 2)
    await server.db.updateTable('members').set({ endsAt }).where('id', '=', paul.memberId).execute()
    expect(await statusOf(paul)).toBe(200)
    now = new Date(now.getTime() + 31 * 60_000)
    // What is known of a session is known for a second.
    await expect.poll(() => statusOf(paul), { timeout: 5_000 }).toBe(401)
    expect((await paul.call(listOwnPractices)).lost).toEqual({ name: lefevre.name, why: 'ended' })
    expect((await paul.refused(switchPractice, { body: { memberId: paul.memberId } })).code).toBe(
      'grant_ended',
    )
  })
})

test('somebody gives an access back by themselves, but not one that is not theirs, nor their own practice', async () => {
  const yves = await lefevre.join({ ...sofia, email: 'yves.caron@example.com' })
  const elsewhere = await moreau.join({ ...sofia, email: 'yves.caron@example.com' })
  await elsewhere.call(leaveOwnPractice, { params: { id: yves.memberId } })
  await expect.poll(() => statusOf(yves)).toBe(401)
  expect(await statusOf(elsewhere)).toBe(200)
  const left = await elsewhere.refused(leaveOwnPractice, { params: { id: yves.memberId } })
  expect(left.code).toBe('member_left')
  const others = await elsewhere.refused(leaveOwnPractice, { params: { id: lefevre.holder.memberId } })
  expect(others.status).toBe(404)
  const hugo = await server.asMember(lefevre.holder.memberId)
  const own = await hugo.refused(leaveOwnPractice, { params: { id: lefevre.holder.memberId } })
  expect(own.code).toBe('holder_stays')
})
