/** Whether what a report tells is still what stands in its tab: nobody asks for one text while another is before their eyes. */
import type { SqlRun } from '#contract/sql-console'
import type { SqlTab } from './kept-tabs.ts'

export type Stale = 'target' | 'text' | 'parameters'

/** Nothing of its statement comes after it: of a part that was selected something may. */
export const isClosed = (part: string, rest: string): boolean =>
  part.trimEnd().endsWith(';') || /^\s*(;|$)/.test(rest)

export function staleBy(
  run: Pick<SqlRun, 'text' | 'mode' | 'status'> & {
    parameters: readonly (string | null)[]
    target: Pick<SqlRun['target'], 'id'>
  },
  tab: Pick<SqlTab, 'text' | 'target' | 'parameters'> & {
    run: Pick<NonNullable<SqlTab['run']>, 'isPart'> | null
  },
): Stale | undefined {
  if (run.target.id !== tab.target) return 'target'
  // Rows that were read are looked at while one types the next question, and what failed while one mends it.
  if (run.mode === 'read' || run.status !== 'simulated') return undefined
  if (!holds(tab.text, run.text, tab.run?.isPart ?? false)) return 'text'
  const isOther = run.parameters.some((value, index) => value !== (tab.parameters[index] ?? ''))
  return isOther ? 'parameters' : undefined
}

/** @param isPart it went on when it was run, too */
function holds(text: string, part: string, isPart: boolean): boolean {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1))
    if (isPart || isClosed(part, text.slice(at + part.length))) return true
  return false
}
