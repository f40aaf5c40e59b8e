import { beforeAll, describe, expect, test } from 'vitest'
import {
  changeColleague,
  departColleague,
  getMemberSession,
  inviteColleague,
  inviteColleagueAgain,
  listColleagues,
  usualRights,
  type Right,
} from '#contract/identity'
import { listFiles } from '#contract/cabinet'
import { entriesOf } from '../../../../../tests/harness/audit.ts'
import { lettersTo } from '../../../../../tests/harness/mailbox.ts'
import { tenancyServer, type TestMember, type TestPractice } from '../../../../../tests/harness/tenants.ts'

const now = new Date('2026-11-23T08:00:00Z')
const server = await tenancyServer({ clock: { now: () => now } })
let addresses = 0
const address = () => `personne.${(addresses += 1)}@example.com`
const lea = (over: object = {}) => ({
  email: address(),
  firstName: 'Léa',
  lastName: 'Fabre',
  profile: 'secretary' as const,
  rights: [...usualRights] as Right[],
  lastDay: null,
  ...over,
})

let practice: TestPractice
let claire: TestMember
beforeAll(async () => {
  practice = await server.openPractice('Claire Moreau')
  claire = practice.holder
}, 60_000)

/** Somebody of the practice, in. */
const secretary = (email = address()) =>
  practice.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary', email })
const permissionsOf = async (member: TestMember) => (await member.call(getMemberSession)).permissions

describe('a practice lets somebody in', () => {
  test('who is mailed, appears by her address alone until she comes in, and may what was granted until her last day', async () => {
    const body = lea({ rights: ['agenda', 'fees'], lastDay: '2026-12-31' })
    const invited = await claire.call(inviteColleague, { body })
    expect(invited).toMatchObject({ state: 'invited', name: null, lastDay: '2026-12-31' })
    const [letter] = await lettersTo(server, body.email)
    expect(letter).toMatchObject({ template: 'member_invitation' })
    const her = await server.asMember(invited.memberId)
    expect(await permissionsOf(her)).toEqual(
      expect.arrayContaining(['agenda.manage', 'cabinet.read', 'fees.manage']),
    )
    expect(await permissionsOf(her)).not.toContain('patients.read')
    const { rows } = await claire.call(listColleagues)
    expect(rows.find(({ memberId }) => memberId === invited.memberId)).toMatchObject({
      name: 'Léa Fabre',
      state: 'active',
      rights: ['agenda', 'fees'],
    })
    // Until the very end of the day where the practice is.
    const row = await server.db
      .selectFrom('members')
      .where('id', '=', invited.memberId)
      .select(['endsAt', 'grantedBy'])
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ endsAt: new Date('2026-12-31T22:59:59Z'), grantedBy: claire.memberId })
    const [line] = await entriesOf(server, { verb: 'member.invited', object: invited.memberId })
    expect(line).toMatchObject({ actorType: 'member', after: { rights: ['agenda', 'fees'] } })
  })

  test('and is answered the same whether the address has an account already or not', async () => {
    const other = await server.openPractice('Hugo Lefèvre')
    const known = await other.join({ firstName: 'Zoé', lastName: 'Fontaine', profile: 'secretary' })
    await server.db
      .updateTable('memberAccounts')
      .set({ passwordHash: '$argon2id$known' })
      .where('id', '=', known.accountId)
      .execute()
    const bare = async (email: string) => {
      const { memberId, ...rest } = await claire.call(inviteColleague, { body: lea({ email }) })
      const again = await claire.call(inviteColleagueAgain, { params: { id: memberId } })
      const { rows } = await claire.call(listColleagues)
      const listed = rows.find((row) => row.memberId === memberId)
      return {
        ...rest,
        email: '',
        again: { ...again, memberId, email: '' },
        listed: { ...listed, email: '' },
      }
    }
    const stranger = await bare(address())
    const somebody = await bare(known.email)
    const same = { memberId: stranger.again.memberId }
    expect({
      ...somebody,
      again: { ...somebody.again, ...same },
      listed: { ...somebody.listed, ...same },
    }).toEqual(stranger)
    // She is told, without a link: her account stays hers.
    const letters = await lettersTo(server, known.email)
    expect(letters.at(-1)).toMatchObject({ template: 'member_joined', token: '' })
    expect(letters.at(-1)?.text).toContain('Claire Moreau')
  })

  test('but nobody is written to without end', async () => {
    const { memberId } = await claire.call(inviteColleague, { body: lea() })
    const again = () => claire.ask(inviteColleagueAgain, { params: { id: memberId } })
    const statuses = []
    for (let tried = 0; tried < 6; tried++) statuses.push((await again()).status)
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429])
  })

  test('nor by a name that is an address or a sentence of its sender’s', async () => {
    for (const firstName of ['https://piege.example', 'Gagnez 100 € ici', 'lea@example.com']) {
      const refusal = await claire.refused(inviteColleague, { body: lea({ firstName }) })
      expect(refusal.fields).toEqual([expect.objectContaining({ path: 'firstName', code: 'name_letters' })])
    }
    await claire.call(inviteColleague, { body: lea({ firstName: 'Anne-Zoë', lastName: "O'Brien 王" }) })
  })

  test('nobody twice, no day that is over, and no right there is not', async () => {
    const body = lea()
    await claire.call(inviteColleague, { body })
    expect((await claire.refused(inviteColleague, { body })).code).toBe('already_member')
    const over = await claire.refused(inviteColleague, { body: lea({ lastDay: '2026-11-22' }) })
    expect(over.fields).toEqual([expect.objectContaining({ path: 'lastDay', code: 'last_day_over' })])
    const notes = await claire.ask(inviteColleague, { body: lea({ rights: ['notes'] }) })
    expect(notes.status).toBe(400)
  })

  test('a secretary’s own space has neither patients nor fees to grant, nor a practitioner', async () => {
    const space = await server.openPractice('Sofia Lopez', 'secretary')
    const { grantable, profiles } = await space.holder.call(listColleagues)
    expect({ grantable, profiles }).toEqual({
      grantable: ['agenda', 'calls', 'files'],
      profiles: ['secretary'],
    })
    const more = await space.holder.refused(inviteColleague, { body: lea({ rights: ['fees'] }) })
    expect(more.code).toBe('right_not_yours')
    const doctor = await space.holder.refused(inviteColleague, {
      body: lea({ profile: 'practitioner', rights: [] }),
    })
    expect(doctor.code).toBe('right_not_yours')
  })

  test('a secretary lets nobody in, and sees no list', async () => {
    const her = await secretary()
    expect((await her.refused(listColleagues)).code).toBe('forbidden')
    expect((await her.refused(inviteColleague, { body: lea() })).code).toBe('forbidden')
  })

  test('whose own access ends gives none that lasts longer, unless the practice is theirs', async () => {
    const { id, her } = { id: (await secretary()).memberId, her: await secretary() }
    const locum = await practice.join({ firstName: 'Noé', lastName: 'Perrin', profile: 'practitioner' })
    await server.db
      .updateTable('members')
      .set({ endsAt: new Date('2026-12-31T22:59:59Z') })
      .where('id', '=', locum.memberId)
      .execute()
    for (const lastDay of [null, '2027-01-01'])
      expect((await locum.refused(inviteColleague, { body: lea({ lastDay }) })).code).toBe('right_not_yours')
    await locum.call(inviteColleague, { body: lea({ lastDay: '2026-12-31' }) })

    const seen = { rights: [...usualRights], lastDay: null }
    const change = (rights: Right[], lastDay: string | null, of = id) => ({
      params: { id: of },
      body: { seen, rights, lastDay },
    })
    for (const beyond of [change([...usualRights], '2027-01-01'), change([...usualRights, 'fees'], null)])
      expect((await locum.refused(changeColleague, beyond)).code).toBe('right_not_yours')
    // Taking back is always possible.
    await locum.call(changeColleague, change(['calls'], null))
    await locum.call(changeColleague, change(['calls'], '2026-12-24', her.memberId))
    const ending = { seen: { rights: ['calls' as const], lastDay: '2026-12-24' }, rights: ['calls' as const] }
    const endless = { params: { id: her.memberId }, body: { ...ending, lastDay: null } }
    expect((await locum.refused(changeColleague, endless)).code).toBe('right_not_yours')
    await claire.call(changeColleague, endless)
  })

  test('whoever comes back has nothing of the former grant', async () => {
    const email = address()
    const her = await secretary(email)
    const seen = { rights: [...usualRights], lastDay: null }
    const params = { id: her.memberId }
    await claire.call(changeColleague, { params, body: { seen, rights: ['fees'], lastDay: '2026-12-01' } })
    await claire.call(departColleague, { params })
    const back = await claire.call(inviteColleague, { body: lea({ email, rights: ['calls'] }) })
    expect(back).toMatchObject({ memberId: her.memberId, rights: ['calls'], lastDay: null })
  })
})

describe('rights', () => {
  test('hold from the next request on', async () => {
    const her = await secretary()
    expect(await permissionsOf(her)).toContain('patients.read')
    const body = {
      seen: { rights: [...usualRights], lastDay: null },
      rights: ['calls' as const],
      lastDay: null,
    }
    await claire.call(changeColleague, { params: { id: her.memberId }, body })
    await expect.poll(() => permissionsOf(her)).not.toContain('patients.read')
    const [line] = await entriesOf(server, { verb: 'member.rights_changed', object: her.memberId })
    expect(line).toMatchObject({ before: { rights: [...usualRights] }, after: { rights: ['calls'] } })
  })

  test('that somebody else changed meanwhile are not overwritten', async () => {
    const her = await secretary()
    const params = { id: her.memberId }
    const seen = { rights: [...usualRights], lastDay: null }
    const change = (rights: Right[]) =>
      claire.ask(changeColleague, { params, body: { seen, rights, lastDay: null } })
    const replies = await Promise.all([change(['calls']), change(['files'])])
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const late = replies.find(({ status }) => status === 409)
    expect(JSON.parse(late?.text ?? '')).toMatchObject({
      error: { code: 'member_changed', details: { current: { memberId: her.memberId } } },
    })
  })

  test('are nobody’s own to change, nor the holder’s to be changed, nor those of another practice', async () => {
    const colleague = await practice.join({ firstName: 'Inès', lastName: 'Garnier', profile: 'practitioner' })
    const body = { seen: { rights: [], lastDay: null }, rights: [], lastDay: null }
    const refused = async (id: string) => {
      const changed = await colleague.refused(changeColleague, { params: { id }, body })
      const departed = await colleague.refused(departColleague, { params: { id } })
      return [changed.code, departed.code]
    }
    expect(await refused(claire.memberId)).toEqual(['holder_stays', 'holder_stays'])
    expect(await refused(colleague.memberId)).toEqual(['not_your_own_rights', 'not_your_own_rights'])
    const other = await server.openPractice('Yves Caron')
    expect(await refused(other.holder.memberId)).toEqual(['not_found', 'not_found'])
  })

  test('of a colleague who was taken out a moment ago do nothing any more, even where her session is still known', async () => {
    const colleague = await practice.join({
      firstName: 'Paul',
      lastName: 'Rousseau',
      profile: 'practitioner',
    })
    await colleague.call(listColleagues)
    // As another process does that whose news has not come yet.
    await server.db.updateTable('members').set({ leftAt: now }).where('id', '=', colleague.memberId).execute()
    const reply = await colleague.refused(inviteColleague, { body: lea() })
    expect([401, 403]).toContain(reply.status)
    expect((await lettersTo(server, `personne.${addresses}@example.com`)).length).toBe(0)
  })
})

test('an access is ended at once, and says where it ended; it is ended once', async () => {
  const her = await secretary()
  await her.call(listFiles)
  const params = { id: her.memberId }
  expect(await claire.call(departColleague, { params })).toMatchObject({ state: 'ended' })
  await expect.poll(async () => (await her.ask(listFiles)).status).toBe(401)
  expect((await her.refused(listFiles)).message).toContain(practice.name)
  expect((await claire.refused(departColleague, { params })).code).toBe('member_left')
  const [line] = await entriesOf(server, { verb: 'member.departed', object: her.memberId })
  expect(line).toMatchObject({ actorType: 'member', actorId: claire.memberId })
})
