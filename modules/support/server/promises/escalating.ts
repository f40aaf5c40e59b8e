/**
 * What a policy does by itself when a promise comes near or is late, each step once a due date, while support works. It acts
 * under the policy's name, in the ticket's log and in the audit log; what cannot be done any more (a person left, a team is
 * archived) is left out, and the rest is done.
 */
import { priorities, type EscalationAction } from '#contract/support'
import { peopleWith } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import { tell } from '#platform/server/news.ts'
import type { Parts } from '../parts.ts'
import { change, type TicketChange } from '../tickets/changing.ts'
import { happened } from '../tickets/happening.ts'
import { lockTicket, type Held } from '../tickets/lock.ts'
import { namesOf, tagsOf, teamNamed } from '../tickets/queries.ts'
import { tellInApp } from './alerting.ts'
import { insertTaken, leadOf, stepsDue, type DueStep } from './escalation-queries.ts'
import { versionsAtWork } from './at-work.ts'
import { notAtWork } from './team-queries.ts'

type On = Pick<Parts, 'clock' | 'audit' | 'log'>

/** Each ticket in a transaction of its own: one that fails is tried again the next minute, and holds up no other. */
export async function escalate(db: CentralDb, on: On): Promise<void> {
  const now = on.clock.now()
  const atWork = await versionsAtWork(db, now)
  for (const ticketId of new Set((await stepsDue(db, now, atWork)).map((step) => step.ticketId)))
    await db
      .transaction()
      .execute((transaction) => escalateTicket(transaction, on, ticketId, now, atWork))
      .catch((error: unknown) =>
        on.log.error({ err: error, ticket: ticketId }, 'a ticket could not be escalated'),
      )
}

async function escalateTicket(
  db: CentralDb,
  on: On,
  ticketId: string,
  now: Date,
  atWork: readonly string[],
): Promise<void> {
  await lockTicket(db, ticketId)
  // Asked again, now that nobody else changes it: what was due may have been seen to meanwhile.
  for (const step of await stepsDue(db, now, atWork, ticketId))
    await takeStep(db, on, await lockTicket(db, ticketId), step, now)
}

async function takeStep(db: CentralDb, on: On, held: Held, step: DueStep, now: Date): Promise<void> {
  const { kind, target, policy, dueAt } = step
  await insertTaken(db, step, now)
  const actions = step.escalations
    .filter((one) => one.when === kind && (one.target === null || one.target === target))
    .flatMap((one) => one.do)
  const asked = await changeAsked(db, held, actions)
  const told = await whoIsTold(db, actions, asked.teamId ?? held.teamId)
  const names = await namesOf(db, told)
  const says = { when: kind, target, told: told.map((id) => names.get(id) ?? '') }
  await happened(db, on, held.id, [{ kind: 'escalated', by: { label: policy }, data: says }])
  const { before, after } = await change(db, on, held, asked, { label: policy })
  await tellInApp(
    db,
    told.map((staffId) => ({ ticketId: held.id, staffId, kind, target, dueAt })),
    now,
  )
  await on.audit.writeDownAs(db, {
    verb: 'ticket.escalated',
    label: policy,
    tenant: held.tenantId ?? undefined,
    object: 'ticket',
    id: held.id,
    before,
    after: { ...after, when: kind, target, told },
  })
  await tell(db, { topic: 'tickets', needs: 'tickets.read', id: held.id })
}

/** Of several that say the same thing the last counts; of priorities the highest. */
async function changeAsked(
  db: CentralDb,
  held: Held,
  actions: readonly EscalationAction[],
): Promise<TicketChange> {
  const asked: TicketChange = {}
  for (const action of actions)
    switch (action.do) {
      case 'priority':
        asked.priority = higher(action.priority, asked.priority ?? priorityOf(held))
        break
      case 'assign':
        if ((await peopleWith(db, 'tickets.write')).some(({ id }) => id === action.to))
          asked.assigneeId = action.to
        break
      case 'team':
        if (await teamNamed(db, action.to)) asked.teamId = action.to
        break
      case 'tag':
        asked.tags = [...(asked.tags ?? (await tagsOf(db, held.id))), ...action.add]
        break
      default: // telling changes nothing
    }
  return asked
}

type Priority = (typeof priorities)[number]

const priorityOf = ({ priority }: Held) => priority as Priority // the table allows no other

const higher = (one: Priority, other: Priority): Priority =>
  priorities.indexOf(one) > priorities.indexOf(other) ? one : other

/** @returns ids, each once, of those who work here still */
async function whoIsTold(
  db: CentralDb,
  actions: readonly EscalationAction[],
  teamId: string | null,
): Promise<string[]> {
  const telling = actions.filter((action) => action.do === 'tell')
  const lead = teamId && telling.some((action) => action.lead) ? await leadOf(db, teamId) : null
  const ids = [...new Set([...(lead ? [lead] : []), ...telling.flatMap(({ people }) => people)])]
  const gone = new Set(await notAtWork(db, ids))
  return ids.filter((id) => !gone.has(id))
}
