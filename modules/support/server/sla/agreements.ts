/** Which promise a ticket stands under at an instant: policies and calendars are dated, and never changed in place. */
import type { Calendar } from '#contract/support'
import type { TicketFacts } from './ticket-log.ts'
import type { Instant } from './zone.ts'

/** Minutes of working time; null: nothing is promised. */
export type Allowances = {
  readonly firstResponse: number | null
  readonly nextResponse: number | null
  readonly resolution: number | null
}

/** In force from an instant until the next version of the same policy. */
export type PolicyVersion = {
  readonly id: string
  readonly policy: string
  readonly from: Instant
  /** False: from here on the policy promises nothing. */
  readonly active: boolean
  /** Of several that apply the lowest counts. */
  readonly position: number
  /** Of any of these; empty: whatever the ticket has. */
  readonly plans: readonly string[]
  readonly tags: readonly string[]
  /** The calendar by its name, whichever version of it is in force. */
  readonly calendar: string
  /** Warns when this much of an allowance is used up. */
  readonly warnAtPercent: number
  /** By priority; it does not apply to one that is left out. */
  readonly allowances: Readonly<Record<string, Allowances>>
}

export type CalendarVersion = {
  readonly id: string
  readonly calendar: string
  readonly from: Instant
  readonly value: Calendar
}

export type Agreement = {
  readonly policyVersion: string
  readonly calendarVersion: string
  readonly calendar: Calendar
  readonly warnAtPercent: number
  readonly allowances: Allowances
}

/** @returns null where nothing is promised */
export type AgreementAt = (facts: TicketFacts, at: Instant) => Agreement | null

export function agreementsOf(
  policies: readonly PolicyVersion[],
  calendars: readonly CalendarVersion[],
): AgreementAt {
  const versionsOf = Map.groupBy(policies, ({ policy }) => policy)
  const calendarsOf = Map.groupBy(calendars, ({ calendar }) => calendar)
  return (facts, at) => {
    const chosen = [...versionsOf.values()]
      .map((versions) => inForce(versions, at))
      .filter((version) => version !== undefined && applies(version, facts))
      .reduce<PolicyVersion | undefined>(
        (best, version) => (best && best.position <= version!.position ? best : version),
        undefined,
      )
    const calendar = chosen && inForce(calendarsOf.get(chosen.calendar) ?? [], at)
    if (!chosen || !calendar) return null
    return {
      policyVersion: chosen.id,
      calendarVersion: calendar.id,
      calendar: calendar.value,
      warnAtPercent: chosen.warnAtPercent,
      allowances: chosen.allowances[facts.priority]!, // it applies
    }
  }
}

/** The youngest that has begun. */
function inForce<Version extends { from: Instant }>(
  versions: readonly Version[],
  at: Instant,
): Version | undefined {
  return versions.reduce<Version | undefined>(
    (youngest, version) =>
      version.from <= at && !(youngest && youngest.from > version.from) ? version : youngest,
    undefined,
  )
}

const applies = ({ active, plans, tags, allowances }: PolicyVersion, facts: TicketFacts) =>
  active &&
  allowances[facts.priority] !== undefined &&
  (plans.length === 0 || (facts.plan !== null && plans.includes(facts.plan))) &&
  (tags.length === 0 || facts.tags.some((tag) => tags.includes(tag)))
