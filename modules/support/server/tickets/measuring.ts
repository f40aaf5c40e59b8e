/** What reports count of a ticket's clocks: how long each promise took to be done, and whether it was kept. */
import type { Clocks, Target } from '../sla/targets.ts'
import type { Measured } from './queries.ts'

/** Resolving a ticket that nobody answered keeps no promise of an answer: what was due by then was missed, the rest counts nowhere. */
export function measuredOf({
  firstResponse,
  exchanges,
  resolution,
}: Pick<Clocks, 'firstResponse' | 'exchanges' | 'resolution'>): Omit<
  Measured,
  'policy_version_id' | 'reopenings'
> {
  return {
    first_response_seconds: longestOf(answersIn([firstResponse])),
    first_response_kept: answeredInTime([firstResponse]),
    next_response_seconds: longestOf(answersIn(exchanges)),
    next_response_kept: answeredInTime(exchanges),
    resolution_seconds: resolution?.settledAt == null ? null : Math.round(resolution.elapsedSeconds),
    resolution_kept: keptOf([resolution]),
  }
}

const answersIn = (targets: readonly (Target | null)[]) =>
  targets.filter((target): target is Target => target?.settledBy === 'reply')

const longestOf = (targets: readonly Target[]): number | null =>
  targets.length === 0 ? null : Math.round(Math.max(...targets.map(({ elapsedSeconds }) => elapsedSeconds)))

const answeredInTime = (targets: readonly (Target | null)[]) =>
  keptOf(targets.filter((target) => target?.state === 'breached' || target?.settledBy === 'reply'))

/** One that was not kept is enough; one that still runs says nothing yet. */
function keptOf(targets: readonly (Target | null)[]): boolean | null {
  if (targets.some((target) => target?.state === 'breached')) return false
  return targets.some((target) => target?.state === 'met') ? true : null
}
