/** What patients ask about their data (GDPR articles 15 to 21): a month to answer, and what was done. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, text } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { member } from './common.ts'

export const patientRequestKinds = ['access', 'rectification', 'erasure', 'portability', 'objection'] as const
export const PatientRequestKind = z.enum(patientRequestKinds)
export type PatientRequestKind = z.infer<typeof PatientRequestKind>

/** Where the GDPR gives the right. */
export const articleOf: Readonly<Record<PatientRequestKind, number>> = {
  access: 15,
  rectification: 16,
  erasure: 17,
  portability: 20,
  objection: 21,
}

export const patientRequestStates = ['open', 'answered', 'refused'] as const

export const PatientRequest = z.object({
  id: Id,
  patient: z.object({ id: Id, name: z.string(), erased: z.boolean() }),
  kind: PatientRequestKind,
  receivedOn: Day,
  /** The last day on which the answer is in time. */
  dueOn: Day,
  /** Days left until then by the practice's calendar, below zero once it is over; null when it is answered. */
  daysLeft: z.int().nullable(),
  note: z.string(),
  state: z.enum(patientRequestStates),
  identityCheckedAt: Instant.nullable(),
  answeredAt: Instant.nullable(),
  answeredBy: z.string().nullable(),
  answer: z.string(),
  /** What was done, in figures that name nobody. */
  proof: z.record(z.string(), z.union([z.int(), z.string()])).nullable(),
  createdAt: Instant,
})
export type PatientRequest = z.infer<typeof PatientRequest>

export const requestClosed = refusal('patient_request_closed')
/** What is handed out or erased goes by who asks. */
export const requestIdentityUnchecked = refusal('patient_request_identity_unchecked')

const mine = { ...member, may: 'patients.requests' } as const
const one = z.object({ id: Id })
const touches = ['patient_requests'] as const

export const listPatientRequests = endpoint({
  ...mine,
  method: 'GET',
  path: '/patients/requests',
  summary: 'What patients asked about their data, the most pressing first; 500 at most',
  input: {
    query: z.object({
      state: z.enum(['open', 'overdue', 'closed', 'all']).default('open'),
      patientId: Id.optional(),
      limit: z.coerce.number().int().min(1).max(500).default(500),
    }),
  },
  output: z.object({
    rows: z.array(PatientRequest),
    counts: z.object({ open: z.int(), overdue: z.int(), closed: z.int() }),
  }),
  refreshedBy: ['patient_requests'],
})

export const getPatientRequest = endpoint({
  ...mine,
  method: 'GET',
  path: '/patients/requests/:id',
  records: 'patient_request.seen',
  summary: 'One request, with its steps',
  input: { params: one },
  output: PatientRequest,
  refreshedBy: ['patient_requests'],
})

export const receivePatientRequest = endpoint({
  ...mine,
  method: 'POST',
  path: '/patients/requests',
  records: 'patient_request.received',
  impersonated: 'refused',
  summary: 'Writes down what a patient asks about their data; due a month after it came in',
  input: {
    body: z.object({
      patientId: Id,
      kind: PatientRequestKind,
      /** Not after today. */
      receivedOn: Day,
      note: text(2_000).default(''),
    }),
  },
  output: PatientRequest,
  status: 201,
  touches,
})

export const checkRequestIdentity = endpoint({
  ...mine,
  method: 'POST',
  path: '/patients/requests/:id/identity',
  records: 'patient_request.identity_checked',
  impersonated: 'refused',
  summary: 'Says that whoever asks is who they say',
  input: { params: one },
  output: PatientRequest,
  refusals: [requestClosed],
  touches,
})

export const answerPatientRequest = endpoint({
  ...mine,
  method: 'POST',
  path: '/patients/requests/:id/answer',
  records: 'patient_request.answered',
  impersonated: 'refused',
  summary: 'Says what was done, and ends the request',
  input: { params: one, body: z.object({ answer: text(5_000).trim().min(1) }) },
  output: PatientRequest,
  refusals: [requestClosed, requestIdentityUnchecked],
  touches,
})

export const refusePatientRequest = endpoint({
  ...mine,
  method: 'POST',
  path: '/patients/requests/:id/refusal',
  records: 'patient_request.refused',
  impersonated: 'refused',
  summary: 'Says why nothing is done, and ends the request',
  input: { params: one, body: z.object({ answer: text(5_000).trim().min(1) }) },
  output: PatientRequest,
  refusals: [requestClosed],
  touches,
})
