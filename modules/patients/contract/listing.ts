/** Patients as lists show them, and as one looks them up. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, line } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { member } from './common.ts'
import { PatientFilter, PatientSort } from './filter.ts'
import { Phone } from './people.ts'

export const PatientRow = z.object({
  id: Id,
  firstName: z.string(),
  lastName: z.string(),
  age: z.int().nullable(),
  authorityMissing: z.boolean(),
  monSoutienPsy: z.boolean(),
  email: z.string(),
  phone: z.string(),
  phoneDialled: z.string(),
  city: z.string(),
  origin: z.string().nullable(),
  /** The next appointment: the instant, and what the practice's clock shows then, `2026-11-23T09:00`. */
  nextAt: Instant.nullable(),
  nextLocal: z.string().nullable(),
  /** The last day they came, by the practice's calendar. */
  lastSeenOn: Day.nullable(),
  /** For what is over and not paid; null for who may not see fees. */
  owedCents: Cents.nullable(),
  createdAt: Instant,
  archivedAt: Instant.nullable(),
  trashedAt: Instant.nullable(),
})
export type PatientRow = z.infer<typeof PatientRow>

export const listPatients = endpoint({
  ...member,
  method: 'GET',
  path: '/patients',
  may: 'patients.read',
  summary: 'Patients, searched, filtered and sorted',
  input: { query: z.object({ ...PatientFilter.shape, sort: PatientSort.optional(), ...pageQuery }) },
  output: pageOf(PatientRow),
  refreshedBy: ['patients', 'agenda', 'fees'],
})

export const exportPatients = endpoint({
  ...member,
  method: 'GET',
  path: '/patients/export',
  may: 'patients.read',
  records: 'patient.listed',
  impersonated: 'refused',
  summary: 'Exactly the filtered list, in its order, as CSV for a spreadsheet',
  input: { query: z.object({ ...PatientFilter.shape, sort: PatientSort.optional() }) },
  output: { stream: ['text/csv'] },
})

export const FoundPatient = z.object({
  id: Id,
  /** « Prénom Nom ». */
  name: z.string(),
  /** What tells them from another of the same name: their age, telephone or city. */
  detail: z.string(),
})
export type FoundPatient = z.infer<typeof FoundPatient>

/** How many `findPatients` gives at the most. */
export const foundMost = 10

export const findPatients = endpoint({
  ...member,
  method: 'GET',
  path: '/patients/found',
  may: 'patients.read',
  summary: 'The patients in use or archived who match best what is typed; without words, the last ones added',
  input: { query: z.object({ q: line(100).default('') }) },
  output: z.object({ rows: z.array(FoundPatient) }),
  refreshedBy: ['patients'],
})

export const findDoubles = endpoint({
  ...member,
  method: 'GET',
  path: '/patients/doubles',
  may: 'patients.read',
  summary: 'Patients who bear the same name or have the same telephone as one about to be added',
  input: {
    query: z.object({
      firstName: line(120).default(''),
      lastName: line(120).default(''),
      phone: Phone.default(''),
    }),
  },
  output: z.object({ rows: z.array(FoundPatient.extend({ same: z.enum(['name', 'phone']) })) }),
  refreshedBy: ['patients'],
})
