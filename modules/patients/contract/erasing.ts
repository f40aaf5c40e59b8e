/** What becomes of a patient's data when they are erased, and erasing them. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { member, patientErased } from './common.ts'
import { requestClosed, requestIdentityUnchecked } from './requests.ts'

/** What goes, by kind. */
export const erasedKinds = [
  'relatives',
  'consents',
  'notes',
  'calls',
  'tasks',
  'messages',
  'remarks',
] as const
/** What stays: accounts ten years (code de commerce, L123-22), fee notes with the name that is frozen in them. */
export const keptKinds = ['appointments', 'feeNotes', 'payments', 'extraFees'] as const

const countsOf = <const Kind extends string>(kinds: readonly [Kind, ...Kind[]]) =>
  z.record(z.enum(kinds), z.int())

export const Erasure = z.object({
  /** What must be typed: « Prénom Nom ». */
  name: z.string(),
  erased: countsOf(erasedKinds),
  kept: countsOf(keptKinds),
  /** Planned and still to come: they are cancelled first. */
  ahead: z.int(),
})
export type Erasure = z.infer<typeof Erasure>

export const erasureNameWrong = refusal('erasure_name_wrong', 422)
export const erasureAppointmentsAhead = refusal('erasure_appointments_ahead')

const params = z.object({ id: Id })

export const previewErasure = endpoint({
  ...member,
  method: 'GET',
  path: '/patients/:id/erasure',
  may: 'patients.requests',
  summary: 'What would be erased of a patient, and what would stay',
  input: { params },
  output: Erasure,
  refusals: [patientErased],
  refreshedBy: ['patients', 'agenda'],
})

export const erasePatient = endpoint({
  ...member,
  stepUp: true,
  method: 'POST',
  path: '/patients/:id/erasure',
  may: 'patients.requests',
  records: 'patient.erased',
  impersonated: 'refused',
  summary: 'Erases a patient for good: what is left names nobody, and keeps accounts whole',
  input: {
    params,
    body: z.object({
      /** The patient’s name, as `previewErasure` gives it; case and accents are forgiven. */
      typedName: z.string().max(300),
      /** The request it answers. */
      requestId: Id.nullable().default(null),
    }),
  },
  output: z.object({ erased: countsOf(erasedKinds), kept: countsOf(keptKinds) }),
  refusals: [
    patientErased,
    erasureNameWrong,
    erasureAppointmentsAhead,
    requestClosed,
    requestIdentityUnchecked,
  ],
  touches: ['patients', 'patient_requests'],
})
