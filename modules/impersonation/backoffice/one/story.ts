/** What happened to one assistance, in its order, from what is known of it. */
import type { Impersonation } from '#contract/impersonation'

export type Step = {
  kind: 'asked' | 'agreed' | 'refused' | 'approved' | 'notes' | 'began' | 'ended' | 'reviewed'
  at: string
}

export function storyOf(one: Impersonation): Step[] {
  const known: [Step['kind'], string | null][] = [
    ['asked', one.askedAt],
    ['agreed', one.agreedAt],
    ['refused', one.refusedAt],
    ['approved', one.approvedAt],
    ['began', one.startedAt],
    ['notes', one.notesOpenedAt],
    // Refusing ends it too, and is said in one line.
    ['ended', one.refusedAt === null ? one.endedAt : null],
    ['reviewed', one.reviewedAt],
  ]
  return (
    known
      .flatMap(([kind, at]) => (at === null ? [] : [{ kind, at }]))
      // Steps of one instant stay in the order in which one leads to the next.
      .toSorted((before, after) => Date.parse(before.at) - Date.parse(after.at))
  )
}
