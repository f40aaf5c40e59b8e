/** What one ticket owes goes along when it is put into another: nothing is owed twice, and nothing is forgotten (decision 0030). */
import {
  storyOf,
  type HeldUp,
  type Owed,
  type OwedElsewhere,
  type TicketEvent,
  type TicketStory,
} from './ticket-log.ts'
import type { Instant } from './zone.ts'

/** The pauses that count for something that is owed: those of the ticket that owed it before, then those of this one. */
export function pausesOf(story: TicketStory, { carried }: Owed): HeldUp[] {
  if (!carried) return story.pauses
  const since = carried.until
  return [
    ...carried.pauses,
    ...story.pauses
      .filter(({ until }) => until > since)
      .map((pause) => ({ ...pause, from: Math.max(pause.from, since) })),
  ]
}

/** All that a ticket owes at an instant, ready for another one's log; with `move` only what that brought in. */
export function owedAt(events: readonly TicketEvent[], at: Instant, move?: string): OwedElsewhere[] {
  const story = storyOf(events)
  const lists = {
    firstResponse: story.firstResponses,
    nextResponse: story.exchanges,
    resolution: story.resolutions,
  }
  return (Object.keys(lists) as (keyof typeof lists)[]).flatMap((list) =>
    lists[list]
      .filter(({ settled, carried }) => settled === null && (move === undefined || carried?.move === move))
      .map((owed) => ({
        ...standingOf(owed, list, move !== undefined),
        from: owed.from,
        pauses: pausesOf(story, owed)
          .filter(({ from, until }) => until > owed.from && from < at)
          .map((pause) => ({ ...pause, until: Math.min(pause.until, at) })),
      })),
  )
}

/** Handed on it is what it is here; back where it came from it is again what it was there. */
function standingOf({ carried }: Owed, list: OwedElsewhere['as'], isGoingBack: boolean) {
  if (!carried) return { as: list }
  const { as, move, came = [] } = carried
  return isGoingBack ? { as, came } : { as: list, came: [...came, { move, as }] }
}

/** Since when the client waits for an answer; null: they have had it. */
export const waitingSince = (owes: readonly OwedElsewhere[]): Instant | null => {
  const answers = owes.filter(({ as }) => as !== 'resolution').map(({ from }) => from)
  return answers.length === 0 ? null : Math.min(...answers)
}
