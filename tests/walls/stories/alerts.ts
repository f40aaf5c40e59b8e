/** What somebody is told about promises, how they want to be told, and versions withdrawn before they begin. */
import * as support from '#contract/support'
import { officeHours } from '../../harness/support.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import type { RefusalStory, WriteStory } from './story.ts'

const preferences = { byMail: true, quiet: { from: '19:00', until: '08:00' }, timeZone: 'Europe/Paris' }
const nothing = { firstResponse: null, nextResponse: null, resolution: null }
const allowances = { low: nothing, normal: nothing, high: nothing, urgent: nothing }

/** A calendar of which a version begins within the hour or the next, and whoever keeps it. */
async function withCalendar(server: TenancyServer, role: string, begins: (number | null)[]) {
  const as = await server.as(role)
  let saved: support.SlaCalendar | undefined
  for (const hours of begins)
    saved = await as.call(support.saveSlaCalendar, {
      body: {
        id: saved?.id ?? null,
        name: 'Bureau',
        territory: 'national',
        calendar: officeHours,
        inForceFrom: hours === null ? null : new Date(Date.now() + hours * 3_600_000).toISOString(),
      },
    })
  return { as, id: saved!.id, versions: saved!.versions } // one at least begins
}

export const writes: WriteStory[] = [
  {
    endpoint: support.acknowledgeAlerts,
    tell: async (server) => ({ as: await server.as('support'), input: { body: { ticketId: null } } }),
  },
  {
    endpoint: support.saveAlertPreferences,
    tell: async (server) => ({ as: await server.as('support'), input: { body: preferences } }),
  },
  {
    endpoint: support.withdrawSlaVersion,
    async tell(server) {
      const { as, versions } = await withCalendar(server, 'administrator', [null, 1])
      return { as, input: { params: { id: versions[0]!.id } } }
    },
  },
  {
    endpoint: support.restoreSlaVersion,
    async tell(server) {
      const { as, versions } = await withCalendar(server, 'administrator', [null, 1])
      const params = { id: versions[0]!.id }
      await as.call(support.withdrawSlaVersion, { params })
      return { as, input: { params } }
    },
  },
]

export const refusals: RefusalStory[] = [
  {
    endpoint: support.withdrawSlaVersion,
    refusal: support.versionBegun,
    async tell(server) {
      const { as, versions } = await withCalendar(server, 'administrator', [null])
      return { as, input: { params: { id: versions[0]!.id } } }
    },
  },
  {
    endpoint: support.withdrawSlaVersion,
    refusal: support.calendarNeeded,
    async tell(server) {
      const { as, id, versions } = await withCalendar(server, 'super_administrator', [1])
      await as.call(support.saveSlaPolicy, { body: { name: 'Standard', calendarId: id, allowances } })
      return { as, input: { params: { id: versions[0]!.id } } }
    },
  },
  {
    endpoint: support.restoreSlaVersion,
    refusal: support.versionTooEarly,
    async tell(server) {
      const { as, id, versions } = await withCalendar(server, 'administrator', [null, 1])
      const params = { id: versions[0]!.id }
      await as.call(support.withdrawSlaVersion, { params })
      await as.call(support.saveSlaCalendar, {
        body: {
          id,
          name: 'Bureau',
          territory: 'national',
          calendar: officeHours,
          inForceFrom: new Date(Date.now() + 7_200_000).toISOString(),
        },
      })
      return { as, input: { params } }
    },
  },
]
