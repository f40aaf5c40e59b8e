/**
 * Messages that go from one ticket to another, and what is owed for them with them (decision 0030). Within the caller's
 * transaction, which holds both.
 */
import type { Updateable } from 'kysely'
import type { CentralDb, Database } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { MessageRow } from '../conversation/queries.ts'
import type { Parts } from '../parts.ts'
import { owedAt, waitingSince } from '../sla/handing-over.ts'
import type { OwedElsewhere } from '../sla/ticket-log.ts'
import { happened, type By } from '../tickets/happening.ts'
import type { Held } from '../tickets/lock.ts'
import { toldToClocks } from '../tickets/log-of-ticket.ts'
import { changeTicket, logsOf } from '../tickets/queries.ts'
import { tellPractice } from '../tickets/telling.ts'
import { carryMessages, insertMove, workOutMarks, type Before } from './queries.ts'

export type MoveKind = 'merge' | 'split' | 'move'
export type Who = By & { staffId: string }

/** What both owe after it, and what is told of it in the log of the ticket they come from. */
export type Handed = { owes: readonly OwedElsewhere[]; event: { kind: string; data: object } }

/** @returns the move, by which it is undone */
export async function carryOut(
  db: CentralDb,
  parts: Pick<Parts, 'clock'>,
  kind: MoveKind,
  { from, into, messages, by }: { from: Held; into: Held; messages: readonly MessageRow[]; by: Who },
  handed: Handed,
  gathered: Omit<Before, 'into'> = { joined: { followers: [], tags: [], links: [] }, files: [], led: [] },
): Promise<string> {
  const now = parts.clock.now()
  const id = uuidv7(now.getTime())
  const messageIds = messages.map((message) => message.id)
  const going = goesOn(into, handed.owes)
  await insertMove(db, {
    id,
    kind,
    fromId: from.id,
    intoId: into.id,
    messageIds,
    before: { ...gathered, into: textOf(going.before) } satisfies Before,
    movedBy: by.staffId,
    movedAt: now,
  })
  await carryMessages(db, messageIds, from.id, into.id)
  await changeTicket(db, from.id, kind === 'merge' ? { mergedIntoId: into.id } : {})
  await changeTicket(db, into.id, going.row)
  await workOutMarks(db, [from.id, into.id])

  const shared = { move: id, how: kind, messages: messageIds.length }
  await happened(db, parts, from.id, [
    {
      kind: handed.event.kind,
      by,
      data: { ...shared, ...handed.event.data, into: into.number, intoId: into.id },
    },
  ])
  const { owes } = handed
  const taken = { ...shared, from: from.number, fromId: from.id, owes, goesOn: going.isInterrupted }
  await happened(db, parts, into.id, [{ kind: 'taken_in', by, data: taken }])
  for (const ticket of [from, into]) await tellPractice(db, ticket)
  return id
}

type Row = Updateable<Database['tickets']>

/**
 * Where an answer is owed nobody waits for the customer, and nothing is put off; where anything is, nothing is resolved.
 * It is no reopening of a customer's, so the log has no such event (`taken_in` says it to the clocks).
 */
function goesOn(
  into: Held,
  owes: readonly OwedElsewhere[],
): { row: Row; before: Row; isInterrupted: boolean } {
  const [isOwed, isWaitedFor] = [owes.length > 0, waitingSince(owes) !== null]
  const opens = into.status === 'resolved' && isOwed
  const stopsWaiting = into.waiting && isWaitedFor
  const wakes = into.snoozedUntil !== null && isWaitedFor
  return {
    row: {
      ...(opens && { status: 'in_progress', resolvedAt: null }),
      ...(stopsWaiting && { waiting: false }),
      ...(wakes && { snoozedUntil: null }),
    },
    before: {
      ...(opens && { status: into.status, resolvedAt: into.resolvedAt }),
      ...(stopsWaiting && { waiting: true }),
      ...(wakes && { snoozedUntil: into.snoozedUntil }),
    },
    isInterrupted: opens || stopsWaiting,
  }
}

const textOf = (row: Row) => JSON.parse(JSON.stringify(row)) as Before['into'] // dates become text

/** All that a ticket owes now; with a move only what that brought in. */
export async function owedBy(db: CentralDb, id: string, now: Date, move?: string): Promise<OwedElsewhere[]> {
  return owedAt(toldToClocks(await logsOf(db, [id])), now.getTime(), move)
}
