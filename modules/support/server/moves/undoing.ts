/** A merge, a split or a move is undone: all that came goes back, and what was said in the other ticket since stays there. */
import { ticketMovedOn, ticketMoveUndone, ticketOtherCustomer, undoTicketMove } from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, NotFound, refuse, type Context, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { happened, type By, type Happening } from '../tickets/happening.ts'
import { lockTickets, type Held } from '../tickets/lock.ts'
import { changeTicket, logsOf } from '../tickets/queries.ts'
import { tellPractice } from '../tickets/telling.ts'
import { owedBy } from './moving.ts'
import {
  beforeOf,
  carryMessages,
  carryWaitingFiles,
  hasMessages,
  leadElsewhere,
  moveRow,
  part,
  setUndone,
  workOutMarks,
  type MoveRow,
} from './queries.ts'
import { isOfOneCustomer } from './same-customer.ts'

export const undoing = (parts: Parts): Handler =>
  handle(undoTicketMove, async (ctx, { params: { moveId } }) => {
    const { db, actor } = ctx
    const now = ctx.clock.now()
    const move = found(await moveRow(db, moveId))
    const { from, into } = await holdBothOf(db, move)
    if (!(await setUndone(db, moveId, actor.staffId, now))) throw refuse(ticketMoveUndone)
    await undo(db, parts, { move, from, into, now }, { staffId: actor.staffId, label: actor.name })
    record(ctx, move, from, into)
    return { fromId: from.id, intoId: into.id }
  })

type Undoing = { move: MoveRow; from: Held; into: Held; now: Date }

/** @throws ticketMovedOn where one of the two, or a message, went elsewhere since; ticketOtherCustomer */
async function undo(db: CentralDb, parts: Parts, undoing: Undoing, by: By): Promise<void> {
  const { move, from, into, now } = undoing
  const { id, kind, messageIds } = move
  const isMerge = kind === 'merge'
  const before = beforeOf(move)
  if (into.mergedIntoId !== null || from.mergedIntoId !== (isMerge ? into.id : null))
    throw refuse(ticketMovedOn)
  if (!isMerge && from.trashedAt !== null) throw refuse(ticketMovedOn)
  // One of them was put down to somebody else since, who would read, or whose words would be read, by the way back.
  if (!isOfOneCustomer(from, into)) throw refuse(ticketOtherCustomer)
  const owes = await owedBy(db, into.id, now, id)
  const restores = !(await wentOn(db, into.id, id))

  if ((await carryMessages(db, messageIds, into.id, from.id)) < messageIds.length) throw refuse(ticketMovedOn)
  await carryWaitingFiles(db, into.id, from.id, before.files)
  await part(db, into.id, before.joined)
  await leadElsewhere(db, before.led, from.id)
  await changeTicket(db, from.id, isMerge ? { mergedIntoId: null } : {})
  // A ticket that was opened for what goes back, and in which nothing else was said, has no use any more.
  const isEmpty = kind === 'split' && !(await hasMessages(db, into.id))
  const wasThere = restores ? before.into : {}
  await changeTicket(db, into.id, { ...wasThere, ...(isEmpty && { trashedAt: now }) })
  await workOutMarks(db, [from.id, into.id])

  const shared = { move: id, how: kind }
  const goneBack: Happening = { kind: 'given_back', by, data: { ...shared, from: from.number, restores } }
  await happened(db, parts, into.id, [goneBack, ...(isEmpty ? [{ kind: 'trashed', by }] : [])])
  await happened(db, parts, from.id, [
    { kind: isMerge ? 'unmerged' : 'messages_returned', by, data: { ...shared, into: into.number, owes } },
  ])
  for (const ticket of [from, into]) await tellPractice(db, ticket)
}

const goingOn = [
  'snoozed',
  'unsnoozed',
  'customer_message',
  'agent_reply',
  'waiting_set',
  'waiting_cleared',
  'resolved',
  'reopened',
  'taken_in',
]

/** Whether somebody went on with the other ticket since: then it stays as they left it. */
async function wentOn(db: CentralDb, ticketId: string, moveId: string): Promise<boolean> {
  const log = await logsOf(db, [ticketId])
  const at = log.findIndex(
    ({ kind, data }) => kind === 'taken_in' && (data as { move: string }).move === moveId,
  )
  return log.slice(at + 1).some(({ kind }) => goingOn.includes(kind))
}

async function holdBothOf(db: CentralDb, { fromId, intoId }: MoveRow): Promise<{ from: Held; into: Held }> {
  const held = await lockTickets(db, [fromId, intoId])
  const [from, into] = [fromId, intoId].map((id) => held.find((ticket) => ticket.id === id))
  if (!from || !into) throw new NotFound()
  return { from, into }
}

function record(ctx: Context, { id: moveId, kind, messageIds }: MoveRow, from: Held, into: Held): void {
  ctx.record({
    object: 'ticket',
    id: from.id,
    tenant: from.tenantId ?? undefined,
    ticket: `#${from.number}`,
    after: { moveId, kind, from: `#${from.number}`, into: `#${into.number}`, messages: messageIds.length },
  })
}
