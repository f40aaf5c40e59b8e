import { practiceChanged } from '#contract/cabinet'
import * as fees from '#contract/fees'
import { createPatient } from '#contract/patients'
import * as reminders from '#contract/reminders'
import { aPatient, heldAppointment, withMentions } from '../../harness/fees.ts'
import type { TenancyServer, TestMember } from '../../harness/tenants.ts'
import type { RefusalStory, WriteStory } from './story.ts'

const people = new WeakMap<TenancyServer, Promise<TestMember>>()

/** Whose practice it is: one for all stories of a server. */
function claire(server: TenancyServer): Promise<TestMember> {
  const known = people.get(server) ?? server.openPractice('Claire Moreau').then(({ holder }) => holder)
  people.set(server, known)
  return known
}

/** Somebody with a mobile number, and no address. */
async function reached(server: TenancyServer) {
  const as = await claire(server)
  const person = { firstName: 'Nora', lastName: 'Benali', phone: '06 39 98 12 34' }
  const { id: patientId } = await as.call(createPatient, { body: person })
  return { as, patientId }
}

/** A message about whom it is, as it stands once it got that far. */
async function written(
  server: TenancyServer,
  over: { kind?: string; state?: string; channel?: string } = {},
) {
  const { as, patientId } = await reached(server)
  const message = { channel: 'sms', kind: 'single', state: 'failed', recipient: '+33639981234', ...over }
  const { id } = await server.tenants.databases.within(as.tenantId, 'practitioner', (db) =>
    db
      .insertInto('messages')
      // Not yet: nobody sends it while the story is told.
      .values({ ...message, patientId, body: 'Bonjour', dueAt: new Date(Date.now() + 3_600_000) })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  return { as, input: { params: { id } } }
}

async function settings(server: TenancyServer) {
  const as = await claire(server)
  const { revision } = await as.call(reminders.getReminderSettings)
  return { as, body: { revision, emailDays: 2, smsDays: 1, hour: 10 } }
}

/** A fee note of somebody with an address, or without. */
async function issued(server: TenancyServer, email: string) {
  const as = await claire(server)
  const place = { tenantId: as.tenantId, holder: as }
  await withMentions(server, place)
  const patientId = await aPatient(server, place)
  const id = await heldAppointment(server, place, { patientId })
  await server.tenants.databases.within(as.tenantId, 'practitioner', (db) =>
    db.updateTable('patients').set({ email }).where('id', '=', patientId).execute(),
  )
  const items = [{ kind: 'appointment' as const, id }]
  const note = await as.call(fees.issueFeeNote, { body: { patientId, items, totalCents: 6000 } })
  return { as, params: { id: note.id }, input: { body: { feeNoteId: note.id } } }
}

export const writes: readonly WriteStory[] = [
  {
    endpoint: reminders.updateReminderSettings,
    tell: async (server) => {
      const { as, body } = await settings(server)
      return { as, input: { body } }
    },
  },
  {
    endpoint: reminders.sendMessage,
    tell: async (server) => {
      const { as, patientId } = await reached(server)
      return { as, input: { body: { channel: 'sms', patientId, body: 'Bonjour' } } }
    },
  },
  { endpoint: reminders.resendMessage, tell: (server) => written(server) },
  { endpoint: reminders.sendFeeNote, tell: (server) => issued(server, 'emma@example.com') },
]

export const refusals: readonly RefusalStory[] = [
  {
    endpoint: reminders.sendFeeNote,
    refusal: reminders.recipientMissing,
    tell: (server) => issued(server, ''),
  },
  {
    endpoint: reminders.sendFeeNote,
    refusal: reminders.messageOutdated,
    tell: async (server) => {
      const { as, params, input } = await issued(server, 'emma@example.com')
      await as.call(fees.cancelFeeNote, { params, body: { reason: 'Erreur' } })
      return { as, input }
    },
  },
  {
    endpoint: reminders.updateReminderSettings,
    refusal: practiceChanged,
    tell: async (server) => {
      const { as, body } = await settings(server)
      await as.call(reminders.updateReminderSettings, { body })
      return { as, input: { body } }
    },
  },
  {
    endpoint: reminders.sendMessage,
    refusal: reminders.recipientMissing,
    tell: async (server) => {
      const { as, patientId } = await reached(server)
      const body = { channel: 'email', patientId, subject: 'Bonjour', body: 'Bonjour' }
      return { as, input: { body } }
    },
  },
  {
    endpoint: reminders.sendMessage,
    refusal: reminders.messageReused,
    tell: async (server) => {
      const { as, patientId } = await reached(server)
      const said = { requestId: crypto.randomUUID(), channel: 'sms' as const, patientId }
      await as.call(reminders.sendMessage, { body: { ...said, body: 'Bonjour' } })
      return { as, input: { body: { ...said, body: 'Autre chose' } } }
    },
  },
  {
    endpoint: reminders.resendMessage,
    refusal: reminders.recipientMissing,
    tell: (server) => written(server, { channel: 'email' }),
  },
  {
    endpoint: reminders.resendMessage,
    refusal: reminders.messageUnderWay,
    tell: (server) => written(server, { state: 'waiting' }),
  },
  {
    endpoint: reminders.resendMessage,
    refusal: reminders.messageOutdated,
    tell: (server) => written(server, { kind: 'reminder' }),
  },
]
