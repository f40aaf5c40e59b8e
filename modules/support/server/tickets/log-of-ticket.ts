/** A ticket's log as the database has it, told to the clocks in their words. */
import type { TicketTarget } from '#contract/support'
import type { Clocks, Target } from '../sla/targets.ts'
import type { TicketEvent } from '../sla/ticket-log.ts'

export type LogRow = {
  id: string
  ticketId: string
  at: Date
  kind: string
  actorStaffId: string | null
  actorLabel: string
  data: unknown
}

/** What the clocks do not know of (`assigned`, `snoozed` …) they leave alone. */
export function toldToClocks(rows: readonly LogRow[]): TicketEvent[] {
  return standingIn(rows).map(asTold)
}

/** What was undone never was, for clocks and figures alike; the log keeps that it happened, and who took it back. */
export function standingIn(rows: readonly LogRow[]): LogRow[] {
  const undone = new Set(rows.flatMap(({ kind, data }) => (kind === 'undone' ? undoneBy(data) : [])))
  return undone.size === 0 ? [...rows] : rows.filter(({ id }) => !undone.has(id))
}

/** As `undoing.ts` writes it. */
const undoneBy = (data: unknown) => (data as { undoes?: string[] }).undoes ?? []

function asTold({ at, kind, actorLabel, data }: LogRow): TicketEvent {
  // `happened` alone writes them, each kind with what it says of itself, and nothing is ever changed in place.
  return { ...(data as object), kind, at: at.getTime(), by: actorLabel } as unknown as TicketEvent
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
    settledBy: target.settledBy,
    allowanceSeconds: Math.round(target.allowanceSeconds),
    remainingSeconds: Math.round(target.remainingSeconds),
  }
}

const text = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString())
