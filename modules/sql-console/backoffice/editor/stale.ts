/** Whether what a report tells is still what stands in its tab: nobody asks for one text while another is before their eyes. */
import type { SqlRun } from '#contract/sql-console'
import type { SqlTab } from './kept-tabs.ts'

export type Stale = 'target' | 'text' | 'parameters'

/** A text that goes on behind it, without a blank or a semicolon between, is another: `id = 1`, `id = 12`. */
const isBetween = (char: string) => char === '' || /[\s;]/.test(char)

export function staleBy(
  run: Pick<SqlRun, 'text' | 'mode' | 'status'> & {
    parameters: readonly (string | null)[]
    target: Pick<SqlRun['target'], 'id'>
  },
  tab: Pick<SqlTab, 'text' | 'target' | 'parameters'> & {
    run: Pick<NonNullable<SqlTab['run']>, 'next'> | null
  },
): Stale | undefined {
  if (run.target.id !== tab.target) return 'target'
  // Rows that were read are looked at while one types the next question, and what failed while one mends it.
  if (run.mode === 'read' || run.status !== 'simulated') return undefined
  if (!holds(tab.text, run.text, tab.run?.next ?? '')) return 'text'
  const isOther = run.parameters.some((value, index) => value !== (tab.parameters[index] ?? ''))
  return isOther ? 'parameters' : undefined
}

/** @param next what followed it when it was run: of a part that was selected, anything */
function holds(text: string, part: string, next: string): boolean {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    const follows = text.charAt(at + part.length)
    if (follows === next || (isBetween(follows) && isBetween(next))) return true
  }
  return false
}
