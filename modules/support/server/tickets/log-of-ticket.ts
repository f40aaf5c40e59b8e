/** A ticket's log as the database has it, told to the clocks in their words. */
import type { TicketTarget } from '#contract/support'
import type { Clocks, Target } from '../sla/targets.ts'
import type { TicketEvent } from '../sla/ticket-log.ts'

export type LogRow = {
  id: string
  ticketId: string
  at: Date
  kind: string
  actorLabel: string
  data: unknown
}

/** What the clocks do not know of (`assigned`, `snoozed` …) they leave alone. */
export function toldToClocks(rows: readonly LogRow[]): TicketEvent[] {
  // `happened` alone writes them, each kind with what it says of itself, and nothing is ever changed in place.
  return rows.map(
    ({ at, kind, actorLabel, data }) =>
      ({ ...(data as object), kind, at: at.getTime(), by: actorLabel }) as unknown as TicketEvent,
  )
}

/** The promises that are open, or were the last of their name, in the order in which they are made. */
export function targetsOf(clocks: Clocks): TicketTarget[] {
  return (['firstResponse', 'nextResponse', 'resolution'] as const).flatMap((name) => {
    const target = clocks[name]
    return target ? [targetShown(name, target)] : []
  })
}

function targetShown(name: TicketTarget['name'], target: Target): TicketTarget {
  return {
    name,
    state: target.state,
    due: text(target.due),
    warnsAt: text(target.warnsAt),
    settledAt: text(target.settledAt),
    allowanceSeconds: Math.round(target.allowanceSeconds),
    remainingSeconds: Math.round(target.remainingSeconds),
  }
}

const text = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString())
