/** What a press of the key would run: always what its button says. */
import type { Checked } from './checking.ts'
import type { SqlTab } from './kept-tabs.ts'
import type { Selected } from './sql-editor.tsx'
import { type Part, statementAt } from './statement-at.ts'

export type Meant = Part &
  ({ what: 'all' } | { what: 'selection' } | { what: 'statement'; n: number; of: number })

/** A simulation is of the whole text: what it says is about all of it together. */
export function meantBy(
  text: string,
  mode: SqlTab['mode'],
  selected: Selected,
  statements: Checked['statements'] | undefined,
): Meant {
  const isSelected = text.slice(selected.from, selected.to).trim() !== ''
  if (isSelected) return { what: 'selection', from: selected.from, to: selected.to }
  const at =
    mode === 'read' && statements && statements.length > 1
      ? statementAt(statements, selected.cursor)
      : undefined
  const statement = at === undefined ? undefined : statements?.[at]
  if (at === undefined || !statement || !statements) return { what: 'all', from: 0, to: text.length }
  return { what: 'statement', from: statement.from, to: statement.to, n: at + 1, of: statements.length }
}
