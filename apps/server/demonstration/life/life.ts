/** What a practice of the demonstration is made of. */
import type { Chance } from '../chance.ts'
import type { Place } from '../places.ts'
import type { RowOf } from './loading.ts'

/** Somebody patients come to, and when. */
export type Working = {
  memberId: string
  profession: string
  weekdays: readonly number[]
  /** Whole hours; a session begins at each. */
  hours: readonly number[]
}

export type Life = {
  /** The same seed and the same day, the same practice. */
  seed: number
  now: Date
  patients: number
  years: number
  practitioners: readonly Working[]
  /** Who answers the telephone and books, where somebody does. */
  secretaries: readonly string[]
  place: Place
}

export type Making = {
  life: Life
  chance: Chance
  /** `2026-11-22`. */
  today: string
  id(what: string, at: Date): string
}

export type Patient = RowOf<'patients'> & { id: string; kind: PatientKind; createdAt: Date }
export type PatientKind = 'adult' | 'child' | 'couple' | 'mon_soutien_psy'

export type Session = Omit<RowOf<'appointments'>, 'during'> & {
  id: string
  startsAt: Date
  endsAt: Date
  status: 'planned' | 'kept' | 'cancelled' | 'late_cancelled' | 'no_show'
  dueCents: number
}
