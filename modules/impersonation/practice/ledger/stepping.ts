import type { Act } from '#contract/impersonation'

/** One line for whoever reads what was done in their name: a page that was seen, or something done or refused on it. */
export type Step = {
  id: string
  at: string
  kind: 'came' | 'seen' | 'changed' | 'refused'
  page: string | null
  /** What was done, besides looking at the page. */
  deed?: Pick<Act, 'verb' | 'objectType'>
}

/**
 * A page asks for several answers, each of which has its line in the log: those of one page that come after another are one
 * step. Of something that was done, the intent goes without saying once its outcome is known.
 */
export function stepsOf(lines: readonly Act[]): Step[] {
  const steps: Step[] = []
  lines.forEach((line, place) => {
    const { entryId: id, at, page, verb, objectType } = line
    const last = steps.at(-1)
    if (line.result === 'intended' && hasOutcome(lines, place)) return
    if (line.result !== 'seen') {
      const kind = objectType === 'impersonation' ? 'came' : line.result === 'refused' ? 'refused' : 'changed'
      steps.push({ id, at, page, kind, deed: { verb, objectType } })
    } else if (verb.startsWith('note.'))
      steps.push({ id, at, page, kind: 'seen', deed: { verb, objectType } })
    else if (last?.page !== page || last.kind === 'came') steps.push({ id, at, page, kind: 'seen' })
  })
  return steps
}

function hasOutcome(lines: readonly Act[], place: number): boolean {
  const { verb, objectId } = lines[place] ?? {}
  return lines.some(
    (line, later) =>
      later > place && line.result !== 'intended' && line.verb === verb && line.objectId === objectId,
  )
}
