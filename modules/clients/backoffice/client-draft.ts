/** A form being filled in: what was typed, what is wrong with it, whether leaving would lose something. */
import { useState } from 'react'
import { differences, type Draft, type DraftField, draftFields, problemOf } from './draft.ts'

type Problems = Partial<Record<DraftField, string>>

export function useDraft(initial: Draft) {
  const [base, setBase] = useState(initial)
  const [draft, setDraft] = useState(initial)
  const [problems, setProblems] = useState<Problems>({})
  const changed = differences(base, draft)
  return {
    base,
    draft,
    problems,
    changed,
    dirty: changed.length > 0,
    change: (next: Draft) => {
      // What is being corrected is not accused meanwhile.
      const touched = differences(draft, next)
      setProblems((before) => without(before, touched))
      setDraft(next)
    },
    judge: (field: DraftField) => {
      // Nobody has to be told that a field is missing before it was their turn.
      const code = draft[field] === '' ? null : problemOf(field, draft[field])
      setProblems((before) => (code ? { ...before, [field]: code } : without(before, [field])))
    },
    /** Judges everything and leads to the first mistake. */
    isSound: () => {
      const found = Object.fromEntries(
        draftFields.flatMap((field) => {
          const code = problemOf(field, draft[field])
          return code ? [[field, code]] : []
        }),
      ) as Problems // its keys are fields
      setProblems(found)
      const first = draftFields.find((field) => found[field])
      if (first) document.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
      return !first
    },
    /** Begins again from another version of the client, keeping what is given as typed. */
    rebase: (onto: Draft, typed: Draft) => {
      setBase(onto)
      setDraft(typed)
    },
  }
}

function without(problems: Problems, fields: readonly DraftField[]): Problems {
  return Object.fromEntries(
    Object.entries(problems).filter(([name]) => !fields.some((field) => field === name)),
  )
}
