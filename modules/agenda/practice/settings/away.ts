/** An absence as it is typed: whole days, both included, unless hours are said. */
import type { Absence, AbsenceKind } from '#contract/agenda'
import { addDays, dateOf, timeOf } from '../wall-clock.ts'

export type AwayDraft = {
  practitionerId: string | null
  kind: AbsenceKind
  /** Days, both included. */
  from: string
  to: string
  /** Hours of the first and of the last of them; empty: from its beginning, until its end. */
  at: string
  until: string
  label: string
}

export function draftOf(absence: Absence | undefined, practitionerId: string | null): AwayDraft {
  if (!absence) return { practitionerId, kind: 'holiday', from: '', to: '', at: '', until: '', label: '' }
  const { startsLocal, endsLocal, kind, label } = absence
  const untilMidnight = timeOf(endsLocal) === '00:00'
  return {
    practitionerId: absence.practitionerId,
    kind,
    label,
    from: dateOf(startsLocal),
    to: untilMidnight ? addDays(dateOf(endsLocal), -1) : dateOf(endsLocal),
    at: timeOf(startsLocal) === '00:00' ? '' : timeOf(startsLocal),
    until: untilMidnight ? '' : timeOf(endsLocal),
  }
}

/** What is sent; nothing while it makes no sense. An opening has one day, and says its hours. */
export function timesOf(
  { from, to, at, until }: AwayDraft,
  kind: 'absence' | 'slot',
): { startsLocal: string; endsLocal: string } | undefined {
  const last = kind === 'slot' ? from : to || from
  if (!from || (kind === 'slot' && (!at || !until))) return undefined
  const startsLocal = `${from}T${at || '00:00'}`
  const isMidnight = until === '' || until === '00:00'
  const endsLocal = isMidnight ? `${addDays(last, 1)}T00:00` : `${last}T${until}`
  return startsLocal < endsLocal ? { startsLocal, endsLocal } : undefined
}

/** Whole days, and how many. */
export function wholeDays({ startsLocal, endsLocal }: { startsLocal: string; endsLocal: string }): boolean {
  return timeOf(startsLocal) === '00:00' && timeOf(endsLocal) === '00:00'
}
