/** What is promised to customers: calendars, policies, teams. */
import * as support from '#contract/support'
import { officeHours } from '../../harness/support.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import type { RefusalStory, WriteStory } from './story.ts'

const calendar = { name: 'Bureau', territory: 'national' as const, calendar: officeHours }
const answered = { firstResponse: 240, nextResponse: 240, resolution: 1_440 }
const allowances = { low: answered, normal: answered, high: answered, urgent: answered }
const before = '2020-01-01T00:00:00Z'

async function withCalendar(server: TenancyServer) {
  const as = await server.as('administrator')
  const { id } = await as.call(support.saveSlaCalendar, { body: calendar })
  return { as, calendarId: id }
}

export const writes: WriteStory[] = [
  {
    endpoint: support.saveSlaCalendar,
    tell: async (server) => ({ as: await server.as('administrator'), input: { body: calendar } }),
  },
  {
    endpoint: support.saveSlaPolicy,
    async tell(server) {
      const { as, calendarId } = await withCalendar(server)
      return { as, input: { body: { name: 'Standard', calendarId, allowances } } }
    },
  },
  {
    endpoint: support.saveSupportTeam,
    tell: async (server) => ({
      as: await server.as('administrator'),
      input: { body: { name: 'Facturation', leadId: null, memberIds: [] } },
    }),
  },
]

export const refusals: RefusalStory[] = [
  {
    endpoint: support.saveSlaCalendar,
    refusal: support.versionTooEarly,
    tell: async (server) => ({
      as: await server.as('administrator'),
      input: { body: { ...calendar, inForceFrom: before } },
    }),
  },
  {
    endpoint: support.saveSlaPolicy,
    refusal: support.versionTooEarly,
    async tell(server) {
      const { as, calendarId } = await withCalendar(server)
      return { as, input: { body: { name: 'Standard', calendarId, allowances, inForceFrom: before } } }
    },
  },
]
