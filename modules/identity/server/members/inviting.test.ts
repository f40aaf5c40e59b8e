import { beforeAll, describe, expect, test } from 'vitest'
import {
  addMember,
  chooseMemberPassword,
  departMember,
  listMembers,
  openMemberLink,
  resendMemberInvitation,
} from '#contract/identity'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { openBrowserless } from '../../../../tests/harness/browserless.ts'
import { lettersTo, tokenMailed } from '../../../../tests/harness/mailbox.ts'
import { tenancyServer, type TestPractice } from '../../../../tests/harness/tenants.ts'

const server = await tenancyServer()
const staff = await server.as('administrator')
const visitor = () => openBrowserless(server.app, 'app.localhost:3000')
const password = 'girafe violon nuage tracteur'
const someId = '01900000-0000-7000-8000-000000000000'

let practice: TestPractice
beforeAll(async () => {
  practice = await server.openPractice('Nadia Lambert')
}, 60_000)

const lea = { firstName: 'Léa', lastName: 'Fabre', language: 'fr', profile: 'secretary' } as const
const invite = (email: string) =>
  staff.call(addMember, { params: { id: practice.tenantId }, body: { ...lea, email } })
const templatesTo = async (email: string) => (await lettersTo(server, email)).map(({ template }) => template)

describe('somebody the vendor’s team invites', () => {
  test('is mailed a link that names the practice, and appears as invited', async () => {
    const member = await invite('Lea.Fabre@example.com')
    expect(member).toMatchObject({ state: 'invited', email: 'lea.fabre@example.com', holder: false })
    const [letter] = await lettersTo(server, 'lea.fabre@example.com')
    expect(letter?.url).toMatch(/^http:\/\/app\.localhost:3000\/invitation#[\w-]{43}$/)
    expect(letter?.text).toContain(practice.name)
    const { rows } = await staff.call(listMembers, { params: { id: practice.tenantId } })
    expect(rows.map(({ state, holder }) => ({ state, holder }))).toEqual([
      { state: 'invited', holder: true },
      { state: 'invited', holder: false },
    ])
    const [line] = await entriesOf(server, { verb: 'member.invited', object: practice.tenantId })
    expect(line?.after).toMatchObject({ member: member.id, profile: 'secretary' })
  })

  test('is invited once', async () => {
    const params = { id: practice.tenantId }
    await invite('twice@example.com')
    const refusal = await staff.refused(addMember, { params, body: { ...lea, email: 'TWICE@example.com' } })
    expect(refusal).toMatchObject({ status: 409, code: 'already_member' })
    expect(await templatesTo('twice@example.com')).toEqual(['member_invitation'])
  })

  test('by ten at once is invited once', async () => {
    const params = { id: practice.tenantId }
    const body = { ...lea, email: 'at.once@example.com' }
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => staff.ask(addMember, { params, body })),
    )
    expect(replies.map(({ status }) => status).toSorted()).toEqual([201, ...Array(9).fill(409)])
    expect(await templatesTo('at.once@example.com')).toEqual(['member_invitation'])
  })

  test.each(['lea@exаmple.com', 'nobody', 'lea@localhost'])('has no address such as %s', async (email) => {
    const params = { id: practice.tenantId }
    const refusal = await staff.refused(addMember, { params, body: { ...lea, email } })
    expect(refusal).toMatchObject({ status: 400, fields: [{ path: 'email' }] })
  })

  test('can be written to again: the former link no longer works, and a password ends it', async () => {
    const email = 'again@example.com'
    const { id } = await invite(email)
    const first = await tokenMailed(server, email, 'member_invitation')
    await staff.call(resendMemberInvitation, { params: { id } })
    const second = await tokenMailed(server, email, 'member_invitation')
    expect((await visitor().refused(openMemberLink, { body: { token: first } })).code).toBe('link_gone')
    await visitor().call(chooseMemberPassword, { body: { token: second, password } })
    const late = await staff.refused(resendMemberInvitation, { params: { id } })
    expect(late).toMatchObject({ status: 409, code: 'member_not_invited' })
  })

  test('comes back after leaving, as the same member', async () => {
    const { id } = await invite('back@example.com')
    await staff.call(departMember, { params: { id } })
    expect((await staff.refused(resendMemberInvitation, { params: { id } })).code).toBe('member_left')
    const again = await invite('back@example.com')
    expect(again).toMatchObject({ id, state: 'invited', leftAt: null })
  })
})

test('the holder is told of whoever is let into their practice, once they have come in', async () => {
  const { email } = practice.holder
  const before = await templatesTo(email)
  await invite('quiet@example.com')
  expect(await templatesTo(email)).toEqual(before)
  const token = await tokenMailed(server, email, 'member_invitation')
  await visitor().call(chooseMemberPassword, { body: { token, password } })
  await invite('told@example.com')
  const letter = (await lettersTo(server, email)).at(-1)
  expect(letter).toMatchObject({ template: 'member_colleague', url: null })
  expect(letter?.text).toContain('Léa Fabre')
})

test('nobody is invited into a practice that does not exist, or goes away', async () => {
  const body = { ...lea, email: 'nowhere@example.com' }
  expect((await staff.refused(addMember, { params: { id: someId }, body })).status).toBe(404)
  expect((await staff.refused(listMembers, { params: { id: someId } })).status).toBe(404)
  const going = await server.openPractice('Hugo Lefèvre')
  await server.db.updateTable('tenants').set({ state: 'purging' }).where('id', '=', going.tenantId).execute()
  const refusal = await staff.refused(addMember, { params: { id: going.tenantId }, body })
  expect(refusal).toMatchObject({ status: 409, code: 'practice_closed' })
})

test('of twenty who choose by one link at once, one password holds', async () => {
  const email = 'twenty@example.com'
  await invite(email)
  const token = await tokenMailed(server, email, 'member_invitation')
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      visitor().ask(chooseMemberPassword, { body: { token, password: `girafe violon nuage ${n} tracteur` } }),
    ),
  )
  expect(replies.map(({ status }) => status).toSorted()).toEqual([200, ...Array(19).fill(410)])
})
