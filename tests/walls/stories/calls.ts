import * as agenda from '#contract/agenda'
import * as calls from '#contract/calls'
import type { TenancyServer, TestMember } from '../../harness/tenants.ts'
import type { RefusalStory, WriteStory } from './story.ts'

const people = new WeakMap<TenancyServer, Promise<TestMember>>()

/** Whose practice it is: one for all stories of a server. */
function claire(server: TenancyServer): Promise<TestMember> {
  const known = people.get(server) ?? server.openPractice('Claire Moreau').then(({ holder }) => holder)
  people.set(server, known)
  return known
}

const call = { caller: 'La mairie', subject: 'message' as const, message: 'Rappeler demain' }
const task = { title: 'Rappeler la mairie' }

async function taken(server: TenancyServer) {
  const as = await claire(server)
  const { id, revision } = await as.call(calls.logCall, { body: call })
  return { as, params: { id }, revision }
}

async function toDo(server: TenancyServer) {
  const as = await claire(server)
  const { id, revision } = await as.call(calls.addTask, { body: task })
  return { as, params: { id }, revision }
}

let hour = 8
/** An hour of supervision that nothing else stands in. */
async function booked(as: TestMember): Promise<string> {
  const startsLocal = `2027-03-02T${String(hour++).padStart(2, '0')}:00`
  const { appointment } = await as.call(agenda.bookAppointment, {
    body: { title: 'Supervision', minutes: 30, startsLocal },
  })
  return appointment.id
}

export const writes: readonly WriteStory[] = [
  {
    endpoint: calls.logCall,
    tell: async (server) => ({ as: await claire(server), input: { body: call } }),
  },
  {
    endpoint: calls.updateCall,
    tell: async (server) => {
      const { as, params, revision } = await taken(server)
      return { as, input: { params, body: { revision, urgent: true } } }
    },
  },
  {
    endpoint: calls.handleCall,
    tell: async (server) => {
      const { as, params } = await taken(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: calls.reopenCall,
    tell: async (server) => {
      const { as, params } = await taken(server)
      await as.call(calls.handleCall, { params })
      return { as, input: { params } }
    },
  },
  {
    endpoint: calls.keepBooking,
    tell: async (server) => {
      const { as, params } = await taken(server)
      return { as, input: { params, body: { appointmentId: await booked(as) } } }
    },
  },
  {
    endpoint: calls.addTask,
    tell: async (server) => ({ as: await claire(server), input: { body: task } }),
  },
  {
    endpoint: calls.updateTask,
    tell: async (server) => {
      const { as, params, revision } = await toDo(server)
      return { as, input: { params, body: { revision, dueOn: '2026-12-01' } } }
    },
  },
  {
    endpoint: calls.completeTask,
    tell: async (server) => {
      const { as, params } = await toDo(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: calls.reopenTask,
    tell: async (server) => {
      const { as, params } = await toDo(server)
      await as.call(calls.completeTask, { params })
      return { as, input: { params } }
    },
  },
  {
    endpoint: calls.removeTask,
    tell: async (server) => {
      const { as, params } = await toDo(server)
      return { as, input: { params } }
    },
  },
]

export const refusals: readonly RefusalStory[] = [
  {
    endpoint: calls.updateCall,
    refusal: calls.callChanged,
    tell: async (server) => {
      const { as, params, revision } = await taken(server)
      await as.call(calls.updateCall, { params, body: { revision, urgent: true } })
      return { as, input: { params, body: { revision, message: 'Trop tard' } } }
    },
  },
  {
    endpoint: calls.updateTask,
    refusal: calls.taskChanged,
    tell: async (server) => {
      const { as, params, revision } = await toDo(server)
      await as.call(calls.updateTask, { params, body: { revision, title: 'Autre chose' } })
      return { as, input: { params, body: { revision, title: 'Trop tard' } } }
    },
  },
]
