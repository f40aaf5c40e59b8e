import { z } from 'zod'
import { Day, Id, line, Month } from '#platform/contract/ids.ts'

export const patientStates = ['active', 'archived', 'trash'] as const
export const PatientState = z.enum(patientStates)
export type PatientState = z.infer<typeof PatientState>

/** Which patients: the same words in the list's address, in its export and in links from figures. */
export const PatientFilter = z.strictObject({
  /** Words of the name, e-mail or city, or a telephone number; accents, case and slips of the keyboard are forgiven. */
  q: line(100).optional(),
  /** In use unless told; `any`: in use or archived. */
  state: z.enum([...patientStates, 'any']).optional(),
  monSoutienPsy: z.enum(['yes']).optional(),
  /** A minor for whom nobody is known to hold parental authority. */
  authority: z.enum(['missing']).optional(),
  /** Owe something for what is over: for who may see fees, else it changes nothing. */
  owes: z.enum(['yes']).optional(),
  /** No appointment on this day or after it that was not cancelled. */
  notSince: Day.optional(),
  /** At least one such appointment on this day or after it. */
  since: Day.optional(),
  /** Added in this month, by the practice's calendar. */
  created: Month.optional(),
  originId: Id.optional(),
  practitionerId: Id.optional(),
})
export type PatientFilter = z.infer<typeof PatientFilter>

export const patientSorts = [
  'name',
  '-name',
  'next',
  '-next',
  'seen',
  '-seen',
  'created',
  '-created',
  'owed',
  '-owed',
  'relevance',
] as const

/** Unless told: by relevance when words are searched, else by name. What is missing stands last either way. */
export const PatientSort = z.enum(patientSorts)
export type PatientSort = z.infer<typeof PatientSort>
