/** What a ticket's clocks are worked out from: what happened to it, in its order, and nothing else. */
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
)

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
export type Owed = { readonly from: Instant; settled: Settlement | null }

export type TicketStory = {
  facts: TicketFacts
  firstResponse: Owed
  /** Messages of the client after the first answer: each the first one unanswered. */
  exchanges: Owed[]
  resolution: Owed
  /** In their order; the last may have no end. */
  pauses: HeldUp[]
}

/**
 * Reads a log. Nothing is owed twice: whatever the client adds before an answer moves nothing, and a ticket that is
 * reopened goes on with the clock it had.
 */
export function storyOf([opening, ...events]: readonly TicketEvent[]): TicketStory {
  if (opening?.kind !== 'opened') throw new Error('a ticket’s log begins with its opening')
  const { at, priority, plan, tags } = opening
  const story: TicketStory = {
    facts: { priority, plan, tags },
    firstResponse: { from: at, settled: null },
    exchanges: [],
    resolution: { from: at, settled: null },
    pauses: [],
  }
  for (const event of events) tell(story, event)
  return story
}

function tell(story: TicketStory, event: TicketEvent): void {
  const { at } = event
  const standing = story.pauses.at(-1)?.until === Infinity ? story.pauses.at(-1) : undefined
  const settle = (owed: Owed | undefined, how: Settlement['how']) => {
    if (owed) owed.settled ??= { at, how, facts: story.facts }
  }
  const goOn = () => standing && story.pauses.splice(-1, 1, { ...standing, until: at })

  switch (event.kind) {
    case 'customer_message':
      // Before the first answer it is that one the client waits for.
      if (story.firstResponse.settled && story.exchanges.at(-1)?.settled !== null)
        story.exchanges.push({ from: at, settled: null })
      break
    case 'agent_reply':
      settle(story.firstResponse, 'reply')
      settle(story.exchanges.at(-1), 'reply')
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
      settle(story.firstResponse, 'resolution')
      settle(story.exchanges.at(-1), 'resolution')
      settle(story.resolution, 'resolution')
      story.pauses.push({ kind: 'resolved', from: at, until: Infinity, by: event.by, why: 'resolved' })
      break
    case 'reopened':
      if (standing?.kind !== 'resolved') break
      goOn()
      story.resolution.settled = null
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
