/** Who stands beside a patient: who holds parental authority, whom to call. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { member, patientErased } from './common.ts'
import { Email, PersonName, Phone } from './people.ts'

export const relativeRoles = ['parental_authority', 'guardian', 'emergency', 'other'] as const
export const RelativeRole = z.enum(relativeRoles)
export type RelativeRole = z.infer<typeof RelativeRole>

export const Relative = z.object({
  id: Id,
  role: RelativeRole,
  firstName: z.string(),
  lastName: z.string(),
  phone: z.string(),
  phoneShown: z.string(),
  phoneDialled: z.string(),
  email: z.string(),
  /** The bill goes to them. */
  pays: z.boolean(),
})
export type Relative = z.infer<typeof Relative>

export const RelativeFields = z.object({
  role: RelativeRole,
  firstName: PersonName,
  lastName: PersonName,
  phone: Phone.default(''),
  email: Email.default(''),
  pays: z.boolean().default(false),
})

export const relativesMost = 20
export const tooManyRelatives = refusal('too_many_relatives', 422)
/** They gave a consent that still stands. */
export const relativeConsents = refusal('relative_consents')

const ofPatient = z.object({ id: Id })
const one = z.object({ id: Id, relativeId: Id })
const about = 'patient'

export const addRelative = endpoint({
  ...member,
  about,
  method: 'POST',
  path: '/patients/:id/relatives',
  may: 'patients.manage',
  records: 'patient_relative.added',
  summary: 'Adds somebody who stands beside a patient',
  input: { params: ofPatient, body: RelativeFields },
  output: Relative,
  status: 201,
  refusals: [tooManyRelatives, patientErased],
  touches: ['patients'],
})

export const updateRelative = endpoint({
  ...member,
  about,
  method: 'PUT',
  path: '/patients/:id/relatives/:relativeId',
  may: 'patients.manage',
  records: 'patient_relative.updated',
  summary: 'Changes who stands beside a patient',
  input: { params: one, body: RelativeFields },
  output: Relative,
  refusals: [patientErased],
  touches: ['patients'],
})

export const removeRelative = endpoint({
  ...member,
  about,
  method: 'DELETE',
  path: '/patients/:id/relatives/:relativeId',
  may: 'patients.manage',
  records: 'patient_relative.removed',
  impersonated: 'refused',
  summary: 'Takes somebody from beside a patient, unless a consent of theirs stands',
  input: { params: one },
  output: z.undefined(),
  status: 204,
  refusals: [relativeConsents, patientErased],
  touches: ['patients'],
})
