/**
 * The three clocks of a ticket, worked out anew from its log each time: first response, next response, resolution.
 * What is settled is judged for good by the agreement of that moment; what is open follows the one in force now.
 */
import type { Agreement, AgreementAt, Allowances } from './agreements.ts'
import { dueAt, elapsedSeconds, UnreachableDueDate, type Pause } from './clock.ts'
import { pausesOf } from './handing-over.ts'
import { storyOf, type HeldUp, type Owed, type TicketEvent, type TicketStory } from './ticket-log.ts'
import type { Instant } from './zone.ts'

export type TargetName = keyof Allowances

/** `breached` is open still, or was settled too late: `settledAt` tells. */
export type TargetState = 'running' | 'paused' | 'met' | 'breached'

export type Target = {
  state: TargetState
  from: Instant
  allowanceSeconds: number
  /** When it has run out; null while a pause keeps it from it, and where the calendar leaves no time. */
  due: Instant | null
  warnsAt: Instant | null
  settledAt: Instant | null
  settledBy: 'reply' | 'resolution' | null
  /** Working seconds used up until it was settled, or until now: they stand still in a pause. */
  elapsedSeconds: number
  /** What is left of the allowance; below nothing when more was used up. */
  remainingSeconds: number
  /** By which it is counted, and the pauses that count for it: what `ledgerOf` explains. */
  agreement: Agreement
  pauses: HeldUp[]
}

export type Clocks = {
  /** Null: nothing is promised. */
  firstResponse: Target | null
  /** Null too when the client has had an answer. */
  nextResponse: Target | null
  resolution: Target | null
  /** Every message of the client that was, or is, the first unanswered one; the longest is what is reported. */
  exchanges: Target[]
  longestExchange: Target | null
  /** Which clock runs out first, or ran out; none while the ticket waits or is resolved. */
  nextEscalation: { target: TargetName; due: Instant } | null
  /** Something promised was not kept, or is not being kept. */
  hasBreach: boolean
  waiting: HeldUp | null
  resolvedAt: Instant | null
  pauses: HeldUp[]
}

/** @param events in their order, the opening first */
export function clocksOf(events: readonly TicketEvent[], agreementAt: AgreementAt, now: Instant): Clocks {
  const story = storyOf(events)
  const targetOf = (name: TargetName) => (owed: Owed) => judge(story, name, owed, agreementAt, now)
  const last = story.pauses.at(-1)
  const standing = last?.until === Infinity ? last : undefined
  const resolvedAt = standing?.kind === 'resolved' ? standing.from : null
  const waiting = standing?.kind === 'waiting' ? standing : null

  // What somebody adds to a resolved ticket waits for its being reopened.
  const exchanges = story.exchanges
    .filter(({ settled }) => settled !== null || resolvedAt === null)
    .map(targetOf('nextResponse'))
    .filter((target) => target !== null)
  const firstResponses = story.firstResponses
    .map(targetOf('firstResponse'))
    .filter((target) => target !== null)
  const resolutions = story.resolutions.map(targetOf('resolution')).filter((target) => target !== null)
  const open = {
    firstResponse: soonest(firstResponses),
    nextResponse: soonest(exchanges.filter(({ settledAt }) => settledAt === null)),
    resolution: soonest(resolutions),
  }
  return {
    ...open,
    exchanges,
    longestExchange: exchanges.reduce<Target | null>(
      (longest, one) => (longest && longest.elapsedSeconds >= one.elapsedSeconds ? longest : one),
      null,
    ),
    nextEscalation: waiting || resolvedAt !== null ? null : earliest(open),
    hasBreach: [...firstResponses, ...resolutions, ...exchanges].some(({ state }) => state === 'breached'),
    waiting,
    resolvedAt,
    pauses: story.pauses,
  }
}

/** Once the clock is settled nothing that comes later moves it: pauses count until then, and the agreement is of then. */
function judge(
  story: TicketStory,
  name: TargetName,
  owed: Owed,
  agreementAt: AgreementAt,
  now: Instant,
): Target | null {
  const { from, settled } = owed
  const until = settled?.at ?? now
  const agreement = agreementAt(settled?.facts ?? story.facts, until)
  const minutes = agreement?.allowances[name] ?? null
  if (!agreement || minutes === null) return null
  const held = pausesOf(story, owed)
  const pauses = settled ? pausesUntil(held, until) : held
  const due = dueOrNever(agreement, from, minutes, pauses)
  const elapsed = elapsedSeconds(agreement.calendar, from, until, pauses)
  return {
    state: settled ? (until > due ? 'breached' : 'met') : stateNow(due, pauses, now),
    from,
    allowanceSeconds: minutes * 60,
    due: finite(due),
    warnsAt: finite(dueOrNever(agreement, from, (minutes * agreement.warnAtPercent) / 100, pauses)),
    settledAt: settled?.at ?? null,
    settledBy: settled?.how ?? null,
    elapsedSeconds: elapsed,
    remainingSeconds: minutes * 60 - elapsed,
    agreement,
    pauses,
  }
}

/** An answer of the very instant it is due is in time; without one it has run out then. */
function stateNow(due: Instant, pauses: readonly Pause[], now: Instant): TargetState {
  if (now >= due) return 'breached'
  return pauses.at(-1)?.until === Infinity ? 'paused' : 'running'
}

const pausesUntil = (pauses: readonly HeldUp[], end: Instant): HeldUp[] =>
  pauses.filter(({ from }) => from < end).map((pause) => ({ ...pause, until: Math.min(pause.until, end) }))

/** A calendar that closed for good must not keep all other tickets from being counted. */
function dueOrNever(
  { calendar }: Agreement,
  from: Instant,
  minutes: number,
  pauses: readonly Pause[],
): Instant {
  try {
    return dueAt(calendar, from, minutes, pauses)
  } catch (error) {
    if (error instanceof UnreachableDueDate) return Infinity
    throw error
  }
}

/** Of what is owed more than once, since tickets were put together, the one that runs out first. */
const soonest = (targets: readonly Target[]): Target | null =>
  targets.reduce<Target | null>(
    (first, target) => (first && (first.due ?? Infinity) <= (target.due ?? Infinity) ? first : target),
    null,
  )

const finite = (instant: Instant) => (instant === Infinity ? null : instant)

function earliest(open: Record<TargetName, Target | null>): Clocks['nextEscalation'] {
  let first: Clocks['nextEscalation'] = null
  for (const target of ['firstResponse', 'nextResponse', 'resolution'] as const) {
    const { due = null, settledAt = null } = open[target] ?? {}
    if (due !== null && settledAt === null && !(first && first.due <= due)) first = { target, due }
  }
  return first
}
