import { useState } from 'react'

/**
 * What one types over what stands. Somebody else may save meanwhile: what was typed stays, and who was faster is shown
 * before it is written over.
 */
export function useDraft<Row extends { revision: number }, Field extends keyof Row>(
  row: Row,
  fields: readonly Field[],
) {
  const pick = (from: Row) =>
    Object.fromEntries(fields.map((field) => [field, from[field]])) as Pick<Row, Field> // those asked for
  const [seen, setSeen] = useState(row)
  const [draft, setDraft] = useState(() => pick(row))
  const [winner, setWinner] = useState<Row | null>(null)
  const dirty = fields.some((field) => draft[field] !== seen[field])
  if (!dirty && row.revision > seen.revision) {
    setSeen(row)
    setDraft(pick(row))
  }
  return {
    draft,
    seen,
    dirty,
    winner,
    set: (part: Partial<Pick<Row, Field>>) => setDraft({ ...draft, ...part }),
    /** What was saved is what stands. */
    take(saved: Row) {
      setSeen(saved)
      setDraft(pick(saved))
      setWinner(null)
    },
    /** Somebody else was faster. */
    lost(current: Row) {
      setSeen(current)
      setWinner(current)
    },
  }
}
