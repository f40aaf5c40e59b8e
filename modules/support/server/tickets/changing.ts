/** The one way a ticket's fields change: the row, what is told of it in its log, its clocks, and whoever's screens show it. */
import type { Priority, TicketTopic } from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'
import type { Parts } from '../parts.ts'
import { differing, type Changed } from './differing.ts'
import { happened, type By, type Happening } from './happening.ts'
import type { Held } from './lock.ts'
import type { Undoable } from './undoing.ts'
import { changeTicket, namesOf, planOf, setTags, tagsOf, tenantOf } from './queries.ts'
import { tellPractice } from './telling.ts'

/** What is not named stays. Whether it may be so is for the caller to say, who knows what to answer. */
export type TicketChange = {
  subject?: string | undefined
  priority?: Priority | undefined
  topic?: TicketTopic | undefined
  progress?: number | undefined
  assigneeId?: string | null | undefined
  teamId?: string | null | undefined
  clientId?: string | null | undefined
  /** All of them. */
  tags?: readonly string[] | undefined
  waiting?: { why: string } | false | undefined
  /** `taken_up`: somebody has begun on a new one. */
  status?: 'taken_up' | 'resolved' | 'reopened' | undefined
  snoozedUntil?: Date | null | undefined
  /** By a macro, and what it said: undone with the rest. */
  macro?: { title: string; said: readonly string[] } | undefined
}

/**
 * Within the caller's transaction, which holds the ticket. What differs in nothing leaves it, and its revision, as they are.
 * @returns what stood before and after, for the log
 */
export async function change(
  db: CentralDb,
  parts: Pick<Parts, 'clock'>,
  held: Held,
  asked: TicketChange,
  by: By,
): Promise<Changed> {
  const { id } = held
  const events: Omit<Happening, 'by'>[] = []
  const changed = differing(held, asked, parts.clock.now())
  const names = await namesOf(db, [held.assigneeId, held.teamId, held.clientId, ...idsIn(asked)])
  for (const { kind, data, from, to } of changed.events)
    events.push({
      kind,
      data: data ?? {
        from: nameIn(names, from),
        to: nameIn(names, to),
        // Whom the news is for (`promises/alert-queries.ts`).
        ...(kind === 'assigned' && to && { toId: to }),
      },
    })
  if (asked.macro) events.unshift({ kind: 'macro_used', data: { macro: asked.macro.title } })

  const row = { ...changed.row }
  if (row.clientId !== undefined) {
    // Whoever asks from a practice asks for that practice; else it is the client's.
    if (held.requesterMemberId === null)
      row.tenantId = row.clientId === null ? null : await tenantOf(db, row.clientId)
    const [before, plan] = [await planOf(db, held.clientId), await planOf(db, row.clientId)]
    if (plan !== before) events.push({ kind: 'plan_changed', data: { plan } })
  }
  const { before, after } = changed
  if (asked.tags) {
    const had = await tagsOf(db, id)
    const tags = await setTags(db, id, asked.tags)
    if (had.join('\n') !== tags.join('\n')) {
      events.push({ kind: 'tags_changed', data: { tags, before: had } })
      Object.assign(before, { tags: had })
      Object.assign(after, { tags })
    }
  }
  if (events.length === 0) return { before: {}, after: {} }
  const was = { ...before, ...(row.tenantId !== undefined && { tenantId: held.tenantId }) }
  // Beside an id the log keeps the name it had that day.
  for (const [field, called] of Object.entries(named))
    if (field in after)
      for (const side of [before, after]) side[called] = nameIn(names, side[field] as string | null)

  // What it is about stands in the ticket and its own log, where it can be forgotten; the audit log forgets nothing.
  if ('subject' in after) {
    for (const side of [before, after]) delete side['subject']
    after['subjectChanged'] = true
  }

  const revision = await changeTicket(db, id, row)
  const undoable: Undoable = { revision, was, said: asked.macro?.said ?? [] }
  await happened(
    db,
    parts,
    id,
    events.map((event, place) => ({
      ...event,
      by,
      data: { ...event.data, ...(place === 0 ? undoable : { revision }) },
    })),
  )
  await tellPractice(db, { id, tenantId: row.tenantId === undefined ? held.tenantId : row.tenantId })
  return { before, after }
}

const named = { assigneeId: 'assignee', teamId: 'team', clientId: 'client' }

const idsIn = ({ assigneeId, teamId, clientId }: TicketChange) =>
  [assigneeId, teamId, clientId].filter((id) => id !== undefined)

const nameIn = (names: ReadonlyMap<string, string>, id: string | null | undefined) =>
  id ? (names.get(id) ?? null) : null
