/** What a change really changes, worked out from the ticket as it stands alone. */
import type { Updateable } from 'kysely'
import type { Database } from '#platform/server/db.ts'
import type { TicketChange } from './changing.ts'
import type { Held } from './lock.ts'

/** What stood before and after, as the audit log has it. */
export type Changed = { before: Record<string, unknown>; after: Record<string, unknown> }

type Told = { kind: string; data?: object; from?: string | null; to?: string | null }

export type Differing = Changed & {
  row: Updateable<Database['tickets']> & { clientId?: string | null }
  /** In the order in which the clocks should hear of them. Without `data` it is told from whom to whom. */
  events: Told[]
}

const plain = ['subject', 'priority', 'topic', 'progress'] as const
const people = { assigneeId: 'assigned', teamId: 'team_changed', clientId: 'client_changed' } as const

export function differing(held: Held, asked: TicketChange, now: Date): Differing {
  const differs: Differing = { row: {}, events: [], before: {}, after: {} }
  const set = <Field extends keyof Held>(field: Field, value: Held[Field], event?: Told) => {
    Object.assign(differs.row, { [field]: value })
    differs.before[field] = held[field]
    differs.after[field] = value
    if (event) differs.events.push(event)
  }

  if (asked.status === 'reopened' && held.status === 'resolved') {
    set('status', 'in_progress', { kind: 'reopened', data: {} })
    set('resolvedAt', null)
  }
  for (const field of plain) {
    const value = asked[field]
    if (value !== undefined && value !== held[field])
      set(field, value, { kind: `${field}_changed`, data: { from: held[field], [field]: value } })
  }
  for (const [field, kind] of Object.entries(people) as [keyof typeof people, string][]) {
    const value = asked[field]
    if (value !== undefined && value !== held[field])
      set(field, value, { kind, from: held[field], to: value })
  }
  // Somebody has begun on it: they have it, they answered, or they asked something back.
  const takenUp = asked.status === 'taken_up' || Boolean(asked.assigneeId) || Boolean(asked.waiting)
  if (held.status === 'new' && takenUp && asked.status !== 'resolved') set('status', 'in_progress')
  if (asked.status === 'taken_up' && held.status === 'new')
    differs.events.push({ kind: 'taken_up', data: {} })

  const resolves = asked.status === 'resolved' && held.status !== 'resolved'
  // Nobody is waited for in what is resolved.
  const isOpen = held.status !== 'resolved' || asked.status === 'reopened'
  const waits = Boolean(asked.waiting) && isOpen && !resolves
  if (waits && !held.waiting)
    set('waiting', true, { kind: 'waiting_set', data: asked.waiting as { why: string } })
  if (held.waiting && (asked.waiting === false || resolves))
    // Resolving ends the pause by itself.
    set('waiting', false, resolves ? undefined : { kind: 'waiting_cleared', data: {} })
  if (resolves) {
    set('status', 'resolved', { kind: 'resolved', data: {} })
    set('resolvedAt', now)
  }
  snooze(held, resolves ? null : asked.snoozedUntil, set)
  return differs
}

function snooze(
  held: Held,
  until: Date | null | undefined,
  set: (field: 'snoozedUntil', value: Date | null, event: Told) => void,
): void {
  if (until === undefined || until?.getTime() === held.snoozedUntil?.getTime()) return
  set(
    'snoozedUntil',
    until,
    until ? { kind: 'snoozed', data: { until: until.toISOString() } } : { kind: 'unsnoozed', data: {} },
  )
}
