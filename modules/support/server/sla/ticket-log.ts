/** What a ticket's clocks are worked out from: what happened to it, in its order, and nothing else. */
import { tellMove } from './moves-in-log.ts'
import type { Pause } from './pauses.ts'
import type { Instant } from './zone.ts'

/** What chooses the agreement a ticket stands under. */
export type TicketFacts = {
  readonly priority: string
  readonly plan: string | null
  readonly tags: readonly string[]
}

export type TicketEvent = { readonly at: Instant } & (
  | ({ readonly kind: 'opened' } & TicketFacts)
  | { readonly kind: 'customer_message' }
  /** Public, and written by a person. */
  | { readonly kind: 'agent_reply' }
  /** Neither answers anybody: a note, internal or public, and whatever a machine sends. */
  | { readonly kind: 'note' | 'auto_reply' }
  | { readonly kind: 'waiting_set'; readonly by: string; readonly why: string }
  | { readonly kind: 'waiting_cleared' | 'reopened' }
  | { readonly kind: 'resolved'; readonly by: string }
  | { readonly kind: 'priority_changed'; readonly priority: string }
  | { readonly kind: 'plan_changed'; readonly plan: string | null }
  | { readonly kind: 'tags_changed'; readonly tags: readonly string[] }
  /** Put into another ticket, which owes from then on whatever this one did (decision 0030). */
  | { readonly kind: 'merged'; readonly move: string }
  /** Some of it was: with `waitsSince` what the client waits for went along, all of it where that is null. */
  | { readonly kind: 'messages_moved'; readonly move: string; readonly waitsSince?: Instant | null }
  /** From another ticket, or back from it. `goesOn`: what is resolved, or waits, does no more. */
  | {
      readonly kind: 'taken_in' | 'unmerged' | 'messages_returned'
      readonly move: string
      readonly owes: readonly OwedElsewhere[]
      readonly goesOn?: boolean
    }
  /** `restores`: it is resolved, or waits, as it did before. */
  | { readonly kind: 'given_back'; readonly move: string; readonly restores: boolean }
)

/** What one ticket hands to another: from when it is owed, and what held it up meanwhile. */
export type OwedElsewhere = {
  readonly as: 'firstResponse' | 'nextResponse' | 'resolution'
  readonly from: Instant
  readonly pauses: readonly HeldUp[]
  /** The moves by which it had come to who hands it on, the latest last: each can be undone after the later ones were. */
  readonly came?: readonly { readonly move: string; readonly as: OwedElsewhere['as'] }[]
}

/** A clock stood still, by whom and why. */
export type HeldUp = Pause & {
  readonly kind: 'waiting' | 'resolved'
  readonly by: string
  readonly why: string
}

/** What stopped a clock, and what the ticket was then: the agreement of that moment judges it for good. */
export type Settlement = {
  readonly at: Instant
  readonly how: 'reply' | 'resolution'
  readonly facts: TicketFacts
}

/** From when something was owed, and what settled it. */
export type Owed = {
  from: Instant
  settled: Settlement | null
  /** It was owed elsewhere until an instant: until then the pauses of that ticket count, and then those of this one. */
  carried?: OwedElsewhere & {
    readonly move: string
    readonly until: Instant
    /** Not back where it came from. */
    readonly isForeign: boolean
  }
}

export type TicketStory = {
  facts: TicketFacts
  /** Its own, and those of tickets that were put into it: one answer settles all. */
  firstResponses: Owed[]
  /** Messages of the client after the first answer: each the first one unanswered. */
  exchanges: Owed[]
  resolutions: Owed[]
  /** In their order; the last may have no end. */
  pauses: HeldUp[]
  /** What stood when a move made it go on, by the move. */
  interrupted: Map<string, Interrupted>
}

export type Interrupted = { pause: HeldUp; resolutions: readonly [Owed, Settlement | null][] }

/**
 * Reads a log. Nothing is owed twice: whatever the client adds before an answer moves nothing, and a ticket that is
 * reopened goes on with the clock it had.
 */
export function storyOf([opening, ...events]: readonly TicketEvent[]): TicketStory {
  if (opening?.kind !== 'opened') throw new Error('a ticket’s log begins with its opening')
  const { at, priority, plan, tags } = opening
  const story: TicketStory = {
    facts: { priority, plan, tags },
    firstResponses: [{ from: at, settled: null }],
    exchanges: [],
    resolutions: [{ from: at, settled: null }],
    pauses: [],
    interrupted: new Map(),
  }
  for (const event of events) tell(story, event)
  return story
}

function tell(story: TicketStory, event: TicketEvent): void {
  const { at } = event
  const standing = story.pauses.at(-1)?.until === Infinity ? story.pauses.at(-1) : undefined
  const settle = (how: Settlement['how'], ...lists: readonly Owed[][]) => {
    for (const owed of lists.flat()) owed.settled ??= { at, how, facts: story.facts }
  }
  const goOn = () => standing && story.pauses.splice(-1, 1, { ...standing, until: at })

  switch (event.kind) {
    case 'customer_message':
      // Before the first answer it is that one the client waits for.
      if (!owesAnswerOfItsOwn(story)) story.exchanges.push({ from: at, settled: null })
      break
    case 'agent_reply':
      settle('reply', story.firstResponses, story.exchanges)
      break
    case 'waiting_set':
      if (!standing)
        story.pauses.push({ kind: 'waiting', from: at, until: Infinity, by: event.by, why: event.why })
      break
    case 'waiting_cleared':
      if (standing?.kind === 'waiting') goOn()
      break
    case 'resolved':
      if (standing?.kind === 'resolved') break
      goOn()
      settle('resolution', story.firstResponses, story.exchanges, story.resolutions)
      story.pauses.push({ kind: 'resolved', from: at, until: Infinity, by: event.by, why: 'resolved' })
      break
    case 'reopened':
      if (standing?.kind !== 'resolved') break
      goOn()
      for (const owed of story.resolutions) owed.settled = null
      break
    case 'merged':
    case 'messages_moved':
    case 'taken_in':
    case 'unmerged':
    case 'messages_returned':
    case 'given_back':
      tellMove(story, event, standing)
      break
    case 'priority_changed':
      story.facts = { ...story.facts, priority: event.priority }
      break
    case 'plan_changed':
      story.facts = { ...story.facts, plan: event.plan }
      break
    case 'tags_changed':
      story.facts = { ...story.facts, tags: event.tags }
      break
    default: // notes and what machines send
  }
}

/** What another ticket brought may go from it again: what the client says here is owed besides. */
const owesAnswerOfItsOwn = ({ firstResponses, exchanges }: TicketStory) =>
  [...firstResponses, ...exchanges].some(
    ({ settled, carried }) => settled === null && carried?.isForeign !== true,
  )
