/** What stands in the booking form, and what of it the server is told. */
import type { Act, Occurrence, Place } from '#contract/agenda'
import type { PickedPatient } from '#practice/patients'

export type Draft = {
  /** Else something without a patient, which has a title. */
  withPatient: boolean
  patient: PickedPatient | null
  title: string
  actId: string | null
  /** Somebody said the act, its length or its price: nothing is proposed instead. */
  settled: boolean
  practitionerId: string | null
  date: string
  time: string
  minutes: string
  /** As typed, in euros; null: the act's own. */
  fee: string | null
  place: Place
  remark: string
  repeats: boolean
  everyWeeks: number
  ends: 'count' | 'until'
  count: string
  until: string
  /** Days somebody decided otherwise about than is proposed. */
  turned: ReadonlySet<string>
}

export const emptyDraft: Draft = {
  withPatient: true,
  patient: null,
  title: '',
  actId: null,
  settled: false,
  practitionerId: null,
  date: '',
  time: '',
  minutes: '45',
  fee: null,
  place: 'office',
  remark: '',
  repeats: false,
  everyWeeks: 1,
  ends: 'count',
  count: '10',
  until: '',
  turned: new Set(),
}

/** An act brings its length, and its price comes with it. */
export function withAct(draft: Draft, act: Act | undefined): Draft {
  if (!act) return { ...draft, actId: null }
  return { ...draft, actId: act.id, minutes: String(act.minutes), fee: null }
}

/**
 * What a patient usually comes for is what they come for next: the act of the latest appointment, or the first one of
 * all for who is new or not known yet.
 */
export function withProposed(draft: Draft, offered: readonly Act[], lastActId: string | undefined): Draft {
  if (!draft.withPatient || draft.settled) return draft
  const act = offered.find(({ id }) => id === lastActId) ?? offered[0]
  return !act || act.id === draft.actId ? draft : withAct(draft, act)
}

/** `60`, `60,5`, `1 060,50 €` in cents; undefined when that is no amount. */
export function centsOf(typed: string): number | undefined {
  const bare = typed.replace(/[\s\u00a0\u202f€]/g, '').replace(',', '.')
  if (!/^\d{1,6}(\.\d{1,2})?$/.test(bare)) return undefined
  return Math.round(Number(bare) * 100)
}

export const startsLocalOf = ({ date, time }: Pick<Draft, 'date' | 'time'>): string | undefined =>
  date && time ? `${date}T${time.slice(0, 5)}` : undefined

export const minutesOf = ({ minutes }: Pick<Draft, 'minutes'>): number | undefined => {
  const value = Number(minutes)
  return Number.isInteger(value) && value >= 5 && value <= 600 ? value : undefined
}

export function whatOf(draft: Draft) {
  const cents = draft.fee === null ? undefined : centsOf(draft.fee)
  return {
    ...(draft.practitionerId && { practitionerId: draft.practitionerId }),
    ...(draft.withPatient && draft.patient && { patientId: draft.patient.id }),
    title: draft.withPatient ? '' : draft.title.trim(),
    ...(draft.withPatient && draft.actId && { actId: draft.actId }),
    minutes: minutesOf(draft),
    ...(draft.withPatient && cents !== undefined && { feeCents: cents }),
    place: draft.place,
    remark: draft.remark.trim(),
  }
}

/** How often, and until when; undefined while that is not settled. */
export function rhythmOf(draft: Draft) {
  const startsLocal = startsLocalOf(draft)
  if (!startsLocal) return undefined
  const rhythm = { startsLocal, everyWeeks: draft.everyWeeks }
  if (draft.ends === 'until') return draft.until >= draft.date ? { ...rhythm, until: draft.until } : undefined
  const count = Number(draft.count)
  return Number.isInteger(count) && count >= 1 && count <= 104 ? { ...rhythm, count } : undefined
}

/** Whether a time of the series will be booked: what is free is, unless somebody decided otherwise. */
export function isWanted({ on, state }: Occurrence, turned: ReadonlySet<string>): boolean {
  if (state === 'free') return !turned.has(on)
  return state === 'skipped' && turned.has(on)
}

export function skipAndKeep(occurrences: readonly Occurrence[], turned: ReadonlySet<string>) {
  const days = (wanted: (one: Occurrence) => boolean) => occurrences.filter(wanted).map(({ on }) => on)
  return {
    skip: days((one) => one.state === 'taken' || (one.state === 'free' && turned.has(one.on))),
    keep: days((one) => one.state === 'skipped' && turned.has(one.on)),
  }
}

/** Fields that must be said before the server is asked, by their name on the wire. */
export function missingIn(
  draft: Draft,
): Set<'patientId' | 'title' | 'startsLocal' | 'minutes' | 'feeCents' | 'until'> {
  const missing = new Set<'patientId' | 'title' | 'startsLocal' | 'minutes' | 'feeCents' | 'until'>()
  if (draft.withPatient && !draft.patient) missing.add('patientId')
  if (!draft.withPatient && !draft.title.trim()) missing.add('title')
  if (!startsLocalOf(draft)) missing.add('startsLocal')
  if (minutesOf(draft) === undefined) missing.add('minutes')
  if (draft.fee !== null && centsOf(draft.fee) === undefined) missing.add('feeCents')
  if (draft.repeats && !rhythmOf(draft)) missing.add('until')
  return missing
}
