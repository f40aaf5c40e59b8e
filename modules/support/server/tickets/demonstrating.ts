/** Tickets of the past for a demonstration: they happen by the very steps real ones do, with the clock of then. */
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { Calendar } from '#contract/support'
import { follow, insertMessage, setLastMessage, setRead } from '../conversation/queries.ts'
import { dueAt, elapsedSeconds } from '../sla/clock.ts'
import { change, type TicketChange } from './changing.ts'
import { sayByMail, type PastMail } from '../mail-in/demonstrating.ts'
import { happened, type By } from './happening.ts'
import { lockTicket } from './lock.ts'
import { begin, type NewTicket } from './opening.ts'

export type PastStep = { at: Date; by: By } & (
  | { say: 'customer' | 'reply' | 'note'; body: string; mail?: PastMail }
  | { change: TicketChange }
)

/** @returns its id */
export async function seedPastTicket(
  db: CentralDb,
  {
    at,
    by,
    body,
    mail,
    steps,
    ...ticket
  }: Omit<NewTicket, 'id'> & {
    at: Date
    by: By
    body: string
    mail?: PastMail | undefined
    steps: readonly PastStep[]
  },
): Promise<string> {
  const id = uuidv7(at.getTime())
  await begin(db, { clock: { now: () => at } }, { ...ticket, id }, by, at)
  const opening = await insertMessage(db, {
    ticketId: id,
    kind: 'customer',
    byMemberId: ticket.requesterMemberId ?? null,
    byName: ticket.requesterName,
    body,
    ...(mail && { fromEmail: mail.email }),
    writtenAt: at,
  })
  if (mail) await sayByMail(db, opening, mail)
  for (const step of steps) await take(db, id, step)
  return id
}

async function take(db: CentralDb, id: string, step: PastStep): Promise<void> {
  const { at, by } = step
  const parts = { clock: { now: () => at } }
  if ('change' in step) {
    await change(db, parts, await lockTicket(db, id), step.change, by)
    return
  }
  const { say, body, mail } = step
  const message = await insertMessage(db, {
    id: uuidv7(at.getTime()),
    ticketId: id,
    kind: say,
    byStaffId: by.staffId ?? null,
    byMemberId: by.memberId ?? null,
    byName: by.label,
    body,
    writtenAt: at,
    ...(say === 'reply' && { leavesAt: at, leftAt: at }),
    ...(mail &&
      (say === 'reply' ? { toEmail: mail.email } : { fromEmail: mail.email, quoted: mail.quoted ?? '' })),
  })
  if (mail) await sayByMail(db, message, mail)
  await setLastMessage(db, id, { at, byCustomer: say === 'customer' })
  const kind = { customer: 'customer_message', reply: 'agent_reply', note: 'note' }[say]
  await happened(db, parts, id, [{ kind, by, at }])
  if (say === 'reply') await change(db, parts, await lockTicket(db, id), { status: 'taken_up' }, by)
  if (by.staffId) {
    await setRead(db, { ticketId: id, staffId: by.staffId, readAt: at })
    await follow(db, id, [by.staffId])
  }
}

/** When as much working time later is. @param minutes of working time */
export const workedAfter = (calendar: Calendar, from: Date, minutes: number): Date =>
  new Date(dueAt(calendar, from.getTime(), minutes))

/** The moment since which this much working time has passed, to the second. */
export function workedBefore(calendar: Calendar, until: Date, minutes: number): Date {
  const end = until.getTime()
  let [early, late] = [end - minutes * 60_000 * 30 - 30 * 86_400_000, end]
  while (late - early > 1_000) {
    const middle = Math.floor((early + late) / 2)
    if (elapsedSeconds(calendar, middle, end) > minutes * 60) early = middle
    else late = middle
  }
  return new Date(late)
}
