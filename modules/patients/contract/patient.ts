/** One patient: who they are, and what is done with their file. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, Revision, line, text } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Consent } from './consents.ts'
import { member, OnePatient, patientErased } from './common.ts'
import { Email, PersonName, Phone } from './people.ts'
import { Relative } from './relatives.ts'

/** Whoever is younger is a minor, for whom others consent. */
export const adultAt = 18
/** Sessions of « Mon soutien psy » in a calendar year. */
export const monSoutienPsyMost = 12

export const Patient = z.object({
  id: Id,
  firstName: z.string(),
  lastName: z.string(),
  birthName: z.string(),
  bornOn: Day.nullable(),
  /** In whole years, today; null where the day of birth is not known. */
  age: z.int().nullable(),
  email: z.string(),
  /** As it was typed, and as one reads and dials it. */
  phone: z.string(),
  phoneShown: z.string(),
  phoneDialled: z.string(),
  address: z.string(),
  postcode: z.string(),
  city: z.string(),
  origin: z.object({ id: Id, name: z.string() }).nullable(),
  remark: z.string(),
  noSms: z.boolean(),
  noEmail: z.boolean(),
  monSoutienPsy: z.boolean(),
  /** Sessions kept and planned in the practice's calendar year. */
  sessions: z.object({ year: z.int(), used: z.int() }),
  /** Who follows them. */
  practitioner: z.object({ id: Id, name: z.string() }),
  /** A minor, and nobody is known to hold parental authority. */
  authorityMissing: z.boolean(),
  relatives: z.array(Relative),
  consents: z.array(Consent),
  createdAt: Instant,
  archivedAt: Instant.nullable(),
  trashedAt: Instant.nullable(),
  /** Nothing is left but what accounts need. */
  erasedAt: Instant.nullable(),
  /** Grows with each change: who changes something says which one they saw. */
  revision: z.int(),
})
export type Patient = z.infer<typeof Patient>

/** What people type about a patient. */
export const PatientFields = z.object({
  firstName: PersonName,
  lastName: PersonName,
  birthName: PersonName.or(z.literal('')),
  /** Not after today, by the practice's clock. */
  bornOn: Day.nullable(),
  email: Email,
  phone: Phone,
  address: text(500),
  postcode: line(10),
  city: line(120),
  originId: Id.nullable(),
  remark: text(2_000),
  noSms: z.boolean(),
  noEmail: z.boolean(),
  monSoutienPsy: z.boolean(),
  practitionerId: Id,
})
export type PatientFields = z.infer<typeof PatientFields>

/** Two fields suffice. Who follows them is who adds them, or the practice's only practitioner, unless told. */
export const NewPatient = PatientFields.partial().required({ firstName: true, lastName: true })
export type NewPatient = z.infer<typeof NewPatient>

/** Somebody else was faster; `details.current` is what stands now. */
export const patientChanged = refusal('patient_changed')
export const patientInTrash = refusal('patient_in_trash')

export const getPatient = endpoint({
  ...member,
  method: 'GET',
  path: '/patients/:id',
  may: 'patients.read',
  records: 'patient.seen',
  summary: 'A patient, with who stands beside them and what they agreed to',
  input: { params: OnePatient },
  output: Patient,
  refreshedBy: ['patients'],
})

export const createPatient = endpoint({
  ...member,
  method: 'POST',
  path: '/patients',
  may: 'patients.manage',
  records: 'patient.created',
  summary: 'Adds a patient',
  input: { body: NewPatient },
  output: Patient,
  status: 201,
  touches: ['patients'],
})

export const updatePatient = endpoint({
  ...member,
  method: 'PATCH',
  path: '/patients/:id',
  may: 'patients.manage',
  records: 'patient.updated',
  summary: 'Changes fields of a patient, unless somebody else changed them meanwhile',
  input: {
    params: OnePatient,
    body: PatientFields.partial().extend({ revision: Revision }),
  },
  output: Patient,
  refusals: [patientChanged, patientInTrash, patientErased],
  touches: ['patients'],
})

export const archivePatient = endpoint({
  ...member,
  method: 'POST',
  path: '/patients/:id/archiving',
  may: 'patients.manage',
  records: 'patient.archived',
  summary: 'Puts a patient’s file among the archived ones; what is archived already stays so',
  input: { params: OnePatient },
  output: Patient,
  refusals: [patientInTrash, patientErased],
  touches: ['patients'],
})

export const unarchivePatient = endpoint({
  ...member,
  method: 'DELETE',
  path: '/patients/:id/archiving',
  may: 'patients.manage',
  records: 'patient.unarchived',
  summary: 'Takes a patient’s file back into use',
  input: { params: OnePatient },
  output: Patient,
  refusals: [patientErased],
  touches: ['patients'],
})

export const trashPatient = endpoint({
  ...member,
  method: 'POST',
  path: '/patients/:id/trashing',
  may: 'patients.manage',
  records: 'patient.trashed',
  impersonated: 'refused',
  summary: 'Puts a patient in the trash: out of lists and searches, and nothing is lost',
  input: { params: OnePatient },
  output: Patient,
  refusals: [patientErased],
  touches: ['patients'],
})

export const restorePatient = endpoint({
  ...member,
  method: 'DELETE',
  path: '/patients/:id/trashing',
  may: 'patients.manage',
  records: 'patient.restored',
  summary: 'Takes a patient out of the trash, as they were',
  input: { params: OnePatient },
  output: Patient,
  refusals: [patientErased],
  touches: ['patients'],
})
