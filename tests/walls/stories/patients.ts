import { randomUUID } from 'node:crypto'
import { practiceChanged } from '#contract/cabinet'
import * as patients from '#contract/patients'
import { dayOf } from '#platform/server/clock.ts'
import { sql } from '#platform/server/db.ts'
import type { TenancyServer, TestMember, TestPractice } from '../../harness/tenants.ts'
import type { LookStory, RefusalStory, WriteStory } from './story.ts'

/** One practice for all stories of a server: each is about a patient of its own. */
const practices = new WeakMap<TenancyServer, Promise<TestPractice>>()
function practice(server: TenancyServer): Promise<TestPractice> {
  const known = practices.get(server) ?? server.openPractice('Agnès Roche')
  practices.set(server, known)
  return known
}

/** Who has just shown who they are: some of what is told here asks for it. */
async function holder(server: TenancyServer): Promise<TestMember> {
  return server.asMember((await practice(server)).holder.memberId)
}

const today = dayOf(new Date())
const name = { firstName: 'Ana', lastName: 'Silva' }
type Known = { as: TestMember; params: { id: string } }

async function added(server: TenancyServer, over: Partial<patients.NewPatient> = {}): Promise<Known> {
  const as = await holder(server)
  const { id } = await as.call(patients.createPatient, { body: { ...name, ...over } })
  return { as, params: { id } }
}

async function trashed(server: TenancyServer): Promise<Known> {
  const known = await added(server)
  await known.as.call(patients.trashPatient, { params: known.params })
  return known
}

async function erased(server: TenancyServer): Promise<Known> {
  const known = await added(server)
  await known.as.call(patients.erasePatient, { params: known.params, body: { typedName: 'Ana Silva' } })
  return known
}

const parent = { role: 'parental_authority', firstName: 'Rosa', lastName: 'Silva' } as const

async function withParent(server: TenancyServer) {
  const { as, params } = await added(server)
  const { id: relativeId } = await as.call(patients.addRelative, { params, body: parent })
  return { as, params: { ...params, relativeId } }
}

const consent = { subject: 'care', relativeId: null, givenOn: today, how: 'written' } as const

async function agreed(server: TenancyServer) {
  const { as, params } = await added(server)
  const { id: consentId } = await as.call(patients.giveConsent, { params, body: consent })
  return { as, params: { ...params, consentId } }
}

async function asked(server: TenancyServer) {
  const { as, params } = await added(server)
  const { id } = await as.call(patients.receivePatientRequest, {
    body: { patientId: params.id, kind: 'erasure', receivedOn: today },
  })
  return { as, params: { id }, patient: params }
}

async function identified(server: TenancyServer) {
  const request = await asked(server)
  await request.as.call(patients.checkRequestIdentity, { params: request.params })
  return request
}

const answer = { answer: 'Fait ce jour.' }
const typedName = 'Ana Silva'

async function closed(server: TenancyServer) {
  const request = await asked(server)
  await request.as.call(patients.refusePatientRequest, { params: request.params, body: answer })
  return request
}

async function origin(server: TenancyServer) {
  const as = await holder(server)
  const known = await as.call(patients.addOrigin, { body: { name: `Origine ${randomUUID()}` } })
  return { as, known }
}

/** A practice of its own, in which one patient did not come for six years. */
async function longAgo(server: TenancyServer) {
  const { holder: as, tenantId } = await server.openPractice('Solange Petit')
  const { id } = await as.call(patients.createPatient, { body: name })
  const db = await server.tenants.databases.reading(tenantId, 'owner')
  await sql`update patients set created_at = now() - interval '6 years' where id = ${id}`.execute(db)
  return as
}

const rule = { activeYears: 5, archiveYears: 15 }
async function revisionOf(as: TestMember) {
  return (await as.call(patients.getRetention, { query: {} })).revision
}

export const writes: WriteStory[] = [
  {
    endpoint: patients.createPatient,
    tell: async (server) => ({ as: await holder(server), input: { body: name } }),
  },
  {
    endpoint: patients.updatePatient,
    async tell(server) {
      const { as, params } = await added(server)
      return { as, input: { params, body: { revision: 1, city: 'Metz' } } }
    },
  },
  ...([patients.archivePatient, patients.unarchivePatient, patients.trashPatient] as const).map(
    (endpoint): WriteStory => ({
      endpoint,
      async tell(server) {
        const { as, params } = await added(server)
        return { as, input: { params } }
      },
    }),
  ),
  {
    endpoint: patients.restorePatient,
    async tell(server) {
      const { as, params } = await trashed(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: patients.addOrigin,
    tell: async (server) => ({
      as: await holder(server),
      input: { body: { name: 'Pages Jaunes' } },
    }),
  },
  {
    endpoint: patients.updateOrigin,
    async tell(server) {
      const { as, known } = await origin(server)
      return { as, input: { params: { id: known.id }, body: { archived: true } } }
    },
  },
  {
    endpoint: patients.addRelative,
    async tell(server) {
      const { as, params } = await added(server)
      return { as, input: { params, body: parent } }
    },
  },
  {
    endpoint: patients.updateRelative,
    async tell(server) {
      const { as, params } = await withParent(server)
      return { as, input: { params, body: { ...parent, pays: true } } }
    },
  },
  {
    endpoint: patients.removeRelative,
    async tell(server) {
      const { as, params } = await withParent(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: patients.giveConsent,
    async tell(server) {
      const { as, params } = await added(server)
      return { as, input: { params, body: consent } }
    },
  },
  {
    endpoint: patients.withdrawConsent,
    async tell(server) {
      const { as, params } = await agreed(server)
      return { as, input: { params, body: { withdrawnOn: today } } }
    },
  },
  {
    endpoint: patients.receivePatientRequest,
    async tell(server) {
      const { as, params } = await added(server)
      return { as, input: { body: { patientId: params.id, kind: 'access', receivedOn: today } } }
    },
  },
  {
    endpoint: patients.checkRequestIdentity,
    async tell(server) {
      const { as, params } = await asked(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: patients.answerPatientRequest,
    async tell(server) {
      const { as, params } = await identified(server)
      return { as, input: { params, body: answer } }
    },
  },
  {
    endpoint: patients.refusePatientRequest,
    async tell(server) {
      const { as, params } = await asked(server)
      return { as, input: { params, body: answer } }
    },
  },
  {
    endpoint: patients.erasePatient,
    async tell(server) {
      const { as, params: request, patient } = await identified(server)
      return { as, input: { params: patient, body: { typedName, requestId: request.id } } }
    },
  },
  {
    endpoint: patients.setRetention,
    async tell(server) {
      const as = await holder(server)
      return { as, input: { body: { ...rule, revision: await revisionOf(as) } } }
    },
  },
  {
    endpoint: patients.applyRetention,
    async tell(server) {
      return { as: await longAgo(server), input: { body: { act: 'archive', count: 1, typed: 'archiver' } } }
    },
  },
]

export const looks: LookStory[] = [
  {
    endpoint: patients.getPatient,
    async tell(server) {
      const { as, params } = await added(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: patients.exportPatients,
    tell: async (server) => ({ as: (await server.openPractice('Irène Vidal')).holder, input: { query: {} } }),
  },
  {
    endpoint: patients.getPatientRequest,
    async tell(server) {
      const { as, params } = await asked(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: patients.copyPatient,
    async tell(server) {
      const { as, params } = await added(server)
      return { as, input: { params, query: {} } }
    },
  },
]

/** Every act on a patient who was erased is refused with the same word. */
const onErased = [
  { endpoint: patients.updatePatient, body: { revision: 1, city: 'Metz' } },
  { endpoint: patients.archivePatient },
  { endpoint: patients.unarchivePatient },
  { endpoint: patients.trashPatient },
  { endpoint: patients.restorePatient },
  { endpoint: patients.addRelative, body: parent },
  { endpoint: patients.updateRelative, body: parent, more: { relativeId: randomUUID() } },
  { endpoint: patients.removeRelative, more: { relativeId: randomUUID() } },
  { endpoint: patients.giveConsent, body: consent },
  {
    endpoint: patients.withdrawConsent,
    body: { withdrawnOn: today },
    more: { consentId: randomUUID() },
  },
  { endpoint: patients.copyPatient },
  { endpoint: patients.previewErasure },
  { endpoint: patients.erasePatient, body: { typedName } },
].map(({ endpoint, body, more }): RefusalStory => ({
  endpoint,
  refusal: patients.patientErased,
  async tell(server) {
    const { as, params } = await erased(server)
    return { as, input: { params: { ...params, ...more }, ...(body && { body }) } }
  },
}))

export const refusals: RefusalStory[] = [
  ...onErased,
  {
    endpoint: patients.updatePatient,
    refusal: patients.patientChanged,
    async tell(server) {
      const { as, params } = await added(server)
      return { as, input: { params, body: { revision: 7, city: 'Metz' } } }
    },
  },
  {
    endpoint: patients.updatePatient,
    refusal: patients.patientInTrash,
    async tell(server) {
      const { as, params } = await trashed(server)
      return { as, input: { params, body: { revision: 2, city: 'Metz' } } }
    },
  },
  {
    endpoint: patients.archivePatient,
    refusal: patients.patientInTrash,
    async tell(server) {
      const { as, params } = await trashed(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: patients.updateOrigin,
    refusal: patients.originNameTaken,
    async tell(server) {
      const { known: other } = await origin(server)
      const { as, known } = await origin(server)
      return { as, input: { params: { id: known.id }, body: { name: other.name } } }
    },
  },
  {
    endpoint: patients.addRelative,
    refusal: patients.tooManyRelatives,
    async tell(server) {
      const { as, params } = await added(server)
      for (let at = 0; at < patients.relativesMost; at++)
        await as.call(patients.addRelative, { params, body: parent })
      return { as, input: { params, body: parent } }
    },
  },
  {
    endpoint: patients.removeRelative,
    refusal: patients.relativeConsents,
    async tell(server) {
      const { as, params } = await withParent(server)
      const body = { ...consent, relativeId: params.relativeId }
      await as.call(patients.giveConsent, { params: { id: params.id }, body })
      return { as, input: { params } }
    },
  },
  {
    endpoint: patients.giveConsent,
    refusal: patients.consentStands,
    async tell(server) {
      const { as, params } = await agreed(server)
      return { as, input: { params, body: consent } }
    },
  },
  {
    endpoint: patients.withdrawConsent,
    refusal: patients.consentWithdrawn,
    async tell(server) {
      const { as, params } = await agreed(server)
      const body = { withdrawnOn: today }
      await as.call(patients.withdrawConsent, { params, body })
      return { as, input: { params, body } }
    },
  },
  ...(
    [
      [patients.checkRequestIdentity, undefined],
      [patients.answerPatientRequest, answer],
      [patients.refusePatientRequest, answer],
    ] as const
  ).map(([endpoint, body]): RefusalStory => ({
    endpoint,
    refusal: patients.requestClosed,
    async tell(server) {
      const { as, params } = await closed(server)
      return { as, input: { params, ...(body && { body }) } }
    },
  })),
  {
    endpoint: patients.answerPatientRequest,
    refusal: patients.requestIdentityUnchecked,
    async tell(server) {
      const { as, params } = await asked(server)
      return { as, input: { params, body: answer } }
    },
  },
  {
    endpoint: patients.erasePatient,
    refusal: patients.requestClosed,
    async tell(server) {
      const { as, params, patient } = await closed(server)
      return { as, input: { params: patient, body: { typedName, requestId: params.id } } }
    },
  },
  {
    endpoint: patients.erasePatient,
    refusal: patients.requestIdentityUnchecked,
    async tell(server) {
      const { as, params, patient } = await asked(server)
      return { as, input: { params: patient, body: { typedName, requestId: params.id } } }
    },
  },
  {
    endpoint: patients.erasePatient,
    refusal: patients.erasureNameWrong,
    async tell(server) {
      const { as, params } = await added(server)
      return { as, input: { params, body: { typedName: 'Autre Nom' } } }
    },
  },
  {
    endpoint: patients.erasePatient,
    refusal: patients.erasureAppointmentsAhead,
    async tell(server) {
      const { as, params } = await added(server)
      const db = await server.tenants.databases.reading(as.tenantId, 'owner')
      await sql`insert into appointments (practitioner_id, patient_id, starts_at, ends_at)
        values (${as.memberId}, ${params.id}, now() + interval '9 days', now() + interval '9 days 1 hour')`.execute(
        db,
      )
      return { as, input: { params, body: { typedName } } }
    },
  },
  {
    endpoint: patients.setRetention,
    refusal: practiceChanged,
    async tell(server) {
      const as = await holder(server)
      return { as, input: { body: { ...rule, revision: (await revisionOf(as)) + 5 } } }
    },
  },
  {
    endpoint: patients.applyRetention,
    refusal: patients.retentionMoved,
    async tell(server) {
      return { as: await longAgo(server), input: { body: { act: 'archive', count: 3, typed: 'archiver' } } }
    },
  },
  {
    endpoint: patients.applyRetention,
    refusal: patients.retentionWordWrong,
    tell: async (server) => ({
      as: await holder(server),
      input: { body: { act: 'erase', count: 1, typed: 'oui' } },
    }),
  },
]
