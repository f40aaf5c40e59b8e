/** What a ticket's log tells of moves: which can still be undone. */
import { trashDays, type TicketEvent } from '#contract/support'

const done: readonly string[] = ['merged', 'messages_moved', 'taken_in']
const undone: readonly string[] = ['unmerged', 'messages_returned', 'given_back']

const moveIn = ({ data }: TicketEvent) => (typeof data['move'] === 'string' ? data['move'] : null)

/** The moves of a log that nobody undid, by the event that tells of each. */
export function openMoves(events: readonly TicketEvent[]): ReadonlyMap<string, string> {
  const open = new Map<string, string>()
  for (const event of events) {
    const move = moveIn(event)
    if (move === null) continue
    if (done.includes(event.kind)) open.set(event.id, move)
    if (undone.includes(event.kind)) for (const [id, one] of open) if (one === move) open.delete(id)
  }
  return open
}

/** Who threw it away last; undefined where nobody wrote it down. */
export const thrownAwayBy = (events: readonly TicketEvent[]): string | undefined =>
  events.findLast(({ kind }) => kind === 'trashed')?.actor

/** The last instant at which it can be restored: that night its words are forgotten. */
export const restorableUntil = (trashedAt: string): string =>
  new Date(Date.parse(trashedAt) + trashDays * 86_400_000).toISOString()

/** The latest of a kind that stands. */
export function openMoveOf(events: readonly TicketEvent[], kind: string): string | undefined {
  const open = openMoves(events)
  const last = events.findLast((event) => event.kind === kind && open.has(event.id))
  return last && open.get(last.id)
}
