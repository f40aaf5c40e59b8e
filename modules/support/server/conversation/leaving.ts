/**
 * Replies leave once they can be taken back no more. One transaction holds all of it: that it has left, the answer in the
 * ticket's log, what was to be done besides, and the mail as it is queued. So whoever dies in the middle has done nothing,
 * and of two who try one finds it gone.
 */
import type { CentralDb } from '#platform/server/db.ts'
import { tell } from '#platform/server/news.ts'
import type { Parts } from '../parts.ts'
import { change } from '../tickets/changing.ts'
import { happened } from '../tickets/happening.ts'
import { lockTicket, type Held } from '../tickets/lock.ts'
import { tellPractice } from '../tickets/telling.ts'
import { tellRequester } from './letters.ts'
import { customerWroteSince, dueToLeave, setLeft, type MessageRow } from './queries.ts'

const atOnce = 100
const everyMs = 2_000

type Leaving = Pick<
  Parts,
  'db' | 'clock' | 'log' | 'mail' | 'vault' | 'post' | 'practiceUrl' | 'backofficeUrl'
>

/** Lets all leave whose time has come. @returns how many left */
export async function letLeave(parts: Leaving): Promise<number> {
  const { db, clock, log } = parts
  let left = 0
  for (const { id, ticketId } of await dueToLeave(db, clock.now(), atOnce)) {
    const leaves = db.transaction().execute((transaction) => leave(transaction, parts, ticketId, id))
    // One that cannot leave holds up none of the others, and is tried again.
    const hasLeft = await leaves.catch((error: unknown) => {
      log.error({ err: error, ticket: ticketId, message: id }, 'a reply could not leave')
      return false
    })
    if (hasLeft) left++
  }
  return left
}

async function leave(db: CentralDb, parts: Leaving, ticketId: string, id: string): Promise<boolean> {
  await lockTicket(db, ticketId)
  // One that went to another ticket meanwhile leaves there, at the next look.
  const reply = await setLeft(db, ticketId, id, parts.clock.now())
  if (!reply) return false
  // The customer was answered when it could leave, however late whoever sends it looked.
  const at = reply.leavesAt ?? reply.writtenAt
  const by = { ...(reply.byStaffId && { staffId: reply.byStaffId }), label: reply.byName }
  await happened(db, parts, ticketId, [{ kind: 'agent_reply', by, at }])
  const held = await lockTicket(db, ticketId)
  await thenDo(db, parts, held, reply, by)
  await tellRequester(parts, db, held, reply)
  await tell(db, { topic: 'tickets', needs: 'tickets.read', id: ticketId })
  await tellPractice(db, held)
  return true
}

async function thenDo(
  db: CentralDb,
  parts: Leaving,
  held: Held,
  { thenDo, writtenAt }: MessageRow,
  by: { staffId?: string; label: string },
): Promise<void> {
  if (held.status === 'resolved') return
  // Whoever wrote meanwhile is not waited for, and what they wrote is not settled unread.
  const isOvertaken = thenDo !== null && (await customerWroteSince(db, held.id, writtenAt))
  if (thenDo === 'resolve' && !isOvertaken) await change(db, parts, held, { status: 'resolved' }, by)
  else if (thenDo === 'wait' && !isOvertaken) await change(db, parts, held, { waiting: { why: '' } }, by)
  else await change(db, parts, held, { status: 'taken_up' }, by)
}

/** Looks every other second, in a process that runs jobs. */
export function leavingByTheClock(parts: Leaving): { start(): Promise<void>; close(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let running: Promise<unknown> = Promise.resolve()
  const again = () => {
    if (closed) return
    timer = setTimeout(() => {
      running = letLeave(parts)
        .catch((error: unknown) =>
          parts.log.warn({ err: error }, 'replies that are to leave could not be looked for'),
        )
        .finally(again)
    }, everyMs)
  }
  return {
    async start() {
      again()
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await running
    },
  }
}
