/** Exactly what a macro would do to a ticket now: the same is shown before and done after. */
import type { Macro, MacroAction, MacroOutcome, Ticket } from '#contract/support'
import { peopleWith } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import { found } from '#platform/server/requests.ts'
import type { TicketChange } from '../tickets/changing.ts'
import { textsOf } from './keeping.ts'
import { factsOfTicket, namesOfStaff } from './queries.ts'
import { fill, questionsIn, stillIn, type Values } from './variables.ts'

export type Agent = { staffId: string; name: string }
export type Answers = Readonly<Record<string, string>>

export type Outcome = {
  shown: MacroOutcome
  /** What the ticket becomes at once. */
  change: TicketChange
  /** What is done besides when the reply leaves; at once where it says nothing. */
  thenDo: 'nothing' | 'wait' | 'resolve'
}

type Line = MacroOutcome['changes'][number]
type Doing = { change: TicketChange; line: Line | null; unresolved?: string }

export async function outcomeOf(
  db: CentralDb,
  ticket: Ticket,
  macro: Macro,
  on: {
    answers: Answers
    agent: Agent
    now: Date
    /** As the writer changed it in the preview: what they said in the place of a variable stands. */
    reply?: string | undefined
  },
): Promise<Outcome> {
  const values = await valuesFor(db, ticket.id, on)
  const said = (kind: 'reply' | 'note') => {
    const action = macro.actions.find((one) => one.do === kind)
    return action && 'body' in action ? fill(action.body, values, on.answers) : null
  }
  const [filled, note] = [said('reply'), said('note')]
  const reply =
    filled && on.reply !== undefined
      ? { text: on.reply, unresolved: stillIn(on.reply, filled.unresolved) }
      : filled
  const doings = await Promise.all(macro.actions.map((action) => doingOf(db, action, ticket, on)))
  return {
    shown: {
      reply: reply?.text ?? null,
      note: note?.text ?? null,
      changes: [
        ...doings.flatMap(({ line }) => (line && line.before !== line.after ? [line] : [])),
        ...beginning(ticket, macro),
      ],
      questions: questionsIn(textsOf(macro.actions)).map((name) => ({
        name,
        answered: Object.hasOwn(on.answers, name) && on.answers[name]!.trim() !== '', // it has one
      })),
      unresolved: [
        ...new Set([
          ...(reply?.unresolved ?? []),
          ...(note?.unresolved ?? []),
          ...doings.flatMap(({ unresolved }) => unresolved ?? []),
        ]),
      ],
      revision: ticket.revision,
    },
    change: Object.assign({}, ...doings.map(({ change }) => change)) as TicketChange, // of nothing else
    thenDo: macro.actions.some((one) => one.do === 'resolve')
      ? 'resolve'
      : macro.actions.some((one) => one.do === 'wait')
        ? 'wait'
        : 'nothing',
  }
}

/** Whoever answers, has it or asks back has begun on it: what comes of that is said before it is done. */
function beginning({ status }: Ticket, { actions }: Macro): Line[] {
  const begins = actions.some(
    (one) => one.do === 'reply' || one.do === 'wait' || (one.do === 'assign' && one.to !== 'nobody'),
  )
  const resolves = actions.some((one) => one.do === 'resolve')
  return status === 'new' && begins && !resolves
    ? [{ field: 'status', before: status, after: 'in_progress' }]
    : []
}

const nothing: Doing = { change: {}, line: null }

async function doingOf(
  db: CentralDb,
  action: MacroAction,
  ticket: Ticket,
  { agent, now }: { agent: Agent; now: Date },
): Promise<Doing> {
  const isResolved = ticket.status === 'resolved'
  switch (action.do) {
    case 'reply':
    case 'note':
      return nothing
    case 'priority':
      return {
        change: { priority: action.priority },
        line: { field: 'priority', before: ticket.priority, after: action.priority },
      }
    case 'topic':
      return {
        change: { topic: action.topic },
        line: { field: 'topic', before: ticket.topic, after: action.topic },
      }
    case 'progress':
      return {
        change: { progress: action.progress },
        line: { field: 'progress', before: String(ticket.progress), after: String(action.progress) },
      }
    case 'tag': {
      const tags = taggedBy(action, ticket.tags)
      return { change: { tags }, line: { field: 'tags', before: listed(ticket.tags), after: listed(tags) } }
    }
    case 'assign':
      return assigning(db, action.to, ticket, agent)
    // The flag is of open tickets: one that is resolved waits for nobody.
    case 'wait':
      return isResolved
        ? nothing
        : { change: {}, line: { field: 'waiting', before: yes(ticket.waiting), after: 'yes' } }
    case 'snooze': {
      if (isResolved) return nothing
      const until = morningIn(action.days, now)
      return {
        change: { snoozedUntil: until },
        line: { field: 'snoozedUntil', before: ticket.snoozedUntil, after: until.toISOString() },
      }
    }
    default:
      return { change: {}, line: { field: 'status', before: ticket.status, after: 'resolved' } }
  }
}

async function assigning(db: CentralDb, to: string, ticket: Ticket, agent: Agent): Promise<Doing> {
  const before = ticket.assignee?.name ?? null
  if (to === 'nobody')
    return { change: { assigneeId: null }, line: { field: 'assignee', before, after: null } }
  if (to === 'me' || to === agent.staffId)
    return {
      change: { assigneeId: agent.staffId },
      line: { field: 'assignee', before, after: agent.name },
    }
  const agents = await peopleWith(db, 'tickets.write')
  const found = agents.find(({ id }) => id === to)
  // Somebody who has gone, or answers no tickets any more: the macro says who, and is mended before it is used.
  if (!found) return { change: {}, line: null, unresolved: (await namesOfStaff(db, to))?.name ?? '?' }
  return { change: { assigneeId: to }, line: { field: 'assignee', before, after: found.name } }
}

function taggedBy({ add, remove }: Extract<MacroAction, { do: 'tag' }>, tags: readonly string[]): string[] {
  const gone = new Set(remove.map((tag) => tag.toLowerCase()))
  const kept = tags.filter((tag) => !gone.has(tag.toLowerCase()))
  const had = new Set(kept.map((tag) => tag.toLowerCase()))
  return [...kept, ...add.filter((tag) => !had.has(tag.toLowerCase()))]
}

const listed = (tags: readonly string[]) => (tags.length === 0 ? null : tags.join(', '))
const yes = (is: boolean) => (is ? 'yes' : null)

/** At eight in Paris, so that what was put off stands there when the day begins. */
function morningIn(days: number, now: Date): Date {
  const day = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO('Europe/Paris')
    .add({ days })
  return new Date(day.withPlainTime({ hour: 8 }).epochMilliseconds)
}

async function valuesFor(
  db: CentralDb,
  ticketId: string,
  { agent, now }: { agent: Agent; now: Date },
): Promise<Values> {
  const facts = found(await factsOfTicket(db, ticketId))
  return {
    'client.first_name': facts.firstName,
    'client.last_name': facts.lastName,
    'client.email': facts.email,
    'practice.name': facts.practice,
    'requester.name': facts.requesterName,
    'ticket.number': String(facts.number),
    'ticket.subject': facts.subject,
    'agent.first_name': (await namesOfStaff(db, agent.staffId))?.firstName ?? null,
    'agent.name': agent.name,
    today: now.toLocaleDateString('fr-FR', { timeZone: 'Europe/Paris' }),
  }
}
