import * as announcements from '#contract/announcements'
import type { TestServer } from '../../harness/server.ts'
import type { RefusalStory, WriteStory } from './story.ts'

const words = (): announcements.AnnouncementWords => ({
  bodyFr: 'Maintenance ce soir à 22 h.',
  bodyEn: '',
  link: null,
  fromOn: '2026-11-20',
  untilOn: '2026-11-30',
  audience: 'everyone',
})

const direction = (server: TestServer) => server.as('direction')

async function planned(server: TestServer) {
  return (await direction(server)).call(announcements.addAnnouncement, { body: words() })
}

export const writes: readonly WriteStory[] = [
  {
    endpoint: announcements.addAnnouncement,
    tell: async (server) => ({ as: await direction(server), input: { body: words() } }),
  },
  {
    endpoint: announcements.changeAnnouncement,
    tell: async (server) => {
      const { id, revision } = await planned(server)
      const body = { ...words(), bodyFr: 'Maintenance demain.', revision }
      return { as: await direction(server), input: { params: { id }, body } }
    },
  },
  {
    endpoint: announcements.removeAnnouncement,
    tell: async (server) => {
      const { id } = await planned(server)
      return { as: await direction(server), input: { params: { id } } }
    },
  },
  {
    endpoint: announcements.restoreAnnouncement,
    tell: async (server) => {
      const { id } = await planned(server)
      const as = await direction(server)
      await as.call(announcements.removeAnnouncement, { params: { id } })
      return { as, input: { params: { id } } }
    },
  },
]

export const refusals: readonly RefusalStory[] = [
  {
    endpoint: announcements.addAnnouncement,
    refusal: announcements.announcementEndsTooSoon,
    tell: async (server) => ({
      as: await direction(server),
      input: { body: { ...words(), untilOn: '2026-11-19' } },
    }),
  },
  {
    endpoint: announcements.changeAnnouncement,
    refusal: announcements.announcementEndsTooSoon,
    tell: async (server) => {
      const { id, revision } = await planned(server)
      const body = { ...words(), untilOn: '2026-11-19', revision }
      return { as: await direction(server), input: { params: { id }, body } }
    },
  },
  {
    endpoint: announcements.changeAnnouncement,
    refusal: announcements.announcementChanged,
    tell: async (server) => {
      const { id, revision } = await planned(server)
      const as = await direction(server)
      const input = { params: { id }, body: { ...words(), revision } }
      await as.call(announcements.changeAnnouncement, input)
      return { as, input }
    },
  },
]
