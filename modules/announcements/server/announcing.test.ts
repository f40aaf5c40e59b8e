import { beforeAll, expect, test } from 'vitest'
import {
  addAnnouncement,
  changeAnnouncement,
  getMessagesOfTheDay,
  listAnnouncements,
  removeAnnouncement,
  restoreAnnouncement,
  type AnnouncementWords,
} from '#contract/announcements'
import { chooseMemberLanguage } from '#contract/identity'
import type { Browserless } from '../../../tests/harness/browserless.ts'
import { tenancyServer, type TestMember } from '../../../tests/harness/tenants.ts'

/** Eleven at night in London, when it is the 23rd in Paris already. */
const clock = { now: () => new Date('2026-11-22T23:10:00Z') }
const server = await tenancyServer({ clock })
let marion: Browserless
let claire: TestMember
let lea: TestMember
beforeAll(async () => {
  marion = await server.as('direction')
  const practice = await server.openPractice('Claire Moreau')
  claire = practice.holder
  lea = await practice.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })
}, 60_000)

const add = (over: Partial<AnnouncementWords>) =>
  marion.call(addAnnouncement, {
    body: {
      bodyFr: 'Bonjour',
      bodyEn: '',
      link: null,
      fromOn: '2026-11-23',
      untilOn: '2026-11-23',
      audience: 'everyone',
      ...over,
    },
  })
const read = async (member: TestMember) =>
  (await member.call(getMessagesOfTheDay)).rows.map(({ body }) => body)

test('a message is read on its days, as they are in Paris, by those it is meant for', async () => {
  await add({ bodyFr: 'Hier', fromOn: '2026-11-22', untilOn: '2026-11-22' })
  await add({ bodyFr: 'Demain', fromOn: '2026-11-24', untilOn: '2026-11-24' })
  await add({ bodyFr: 'Aux secrétaires', audience: 'secretary' })
  await add({ bodyFr: 'À toutes et à tous' })
  expect(await read(claire)).toEqual(['À toutes et à tous'])
  expect(await read(lea)).toEqual(['À toutes et à tous', 'Aux secrétaires'])
  const { rows } = await marion.call(listAnnouncements)
  expect(rows.map(({ bodyFr, state }) => `${bodyFr}: ${state}`)).toEqual([
    'À toutes et à tous: current',
    'Aux secrétaires: current',
    'Demain: planned',
    'Hier: over',
  ])
})

test('who reads English is shown the English text, and the French one, marked as such, where there is none', async () => {
  await lea.call(chooseMemberLanguage, { body: { language: 'en' } })
  const { id, revision } = await add({ bodyFr: 'Nouveautés', bodyEn: 'What is new', audience: 'secretary' })
  const { rows } = await lea.call(getMessagesOfTheDay)
  expect(rows[0]).toMatchObject({ body: 'What is new', language: 'en' })
  const french: AnnouncementWords = {
    bodyFr: 'Nouveautés',
    bodyEn: '',
    link: null,
    fromOn: '2026-11-23',
    untilOn: '2026-11-23',
    audience: 'secretary',
  }
  await marion.call(changeAnnouncement, { params: { id }, body: { ...french, revision } })
  expect((await lea.call(getMessagesOfTheDay)).rows[0]).toMatchObject({ body: 'Nouveautés', language: 'fr' })
})

test('one that was taken away is gone at once, and comes back when that is undone', async () => {
  const { id } = await add({ bodyFr: 'Trop tôt', audience: 'practitioner' })
  expect(await read(claire)).toContain('Trop tôt')
  await marion.call(removeAnnouncement, { params: { id } })
  expect(await read(claire)).not.toContain('Trop tôt')
  await marion.call(restoreAnnouncement, { params: { id } })
  expect(await read(claire)).toContain('Trop tôt')
})

test('links lead to https addresses and nowhere else', async () => {
  const refusal = await marion.refused(addAnnouncement, {
    body: {
      bodyFr: 'Lisez ceci',
      bodyEn: '',
      link: 'javascript:alert(1)',
      fromOn: '2026-11-23',
      untilOn: '2026-11-23',
      audience: 'everyone',
    },
  })
  expect(refusal).toMatchObject({ status: 400, code: 'input_invalid', fields: [{ path: 'link' }] })
})
