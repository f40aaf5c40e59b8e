/** Two people changed the same client: what each wrote, and what would be kept unless told otherwise. */
import { type Draft, type DraftField, draftFields } from './draft.ts'

export type Side = 'mine' | 'theirs'
export type Choices = Partial<Record<DraftField, Side>>

export type Conflict = {
  field: DraftField
  mine: string
  theirs: string
  /** Both changed it: nobody but a person can decide. */
  both: boolean
  /** What I changed is kept, what only they changed is taken over. */
  suggested: Side
}

/**
 * @param base the client as I opened it
 * @param mine what I typed
 * @param theirs the client as it is now
 */
export function conflictsOf(base: Draft, mine: Draft, theirs: Draft): Conflict[] {
  return draftFields.flatMap((field): Conflict[] => {
    if (mine[field] === theirs[field]) return []
    const changedByMe = mine[field] !== base[field]
    const changedByThem = theirs[field] !== base[field]
    return [
      {
        field,
        mine: mine[field],
        theirs: theirs[field],
        both: changedByMe && changedByThem,
        suggested: changedByMe ? 'mine' : 'theirs',
      },
    ]
  })
}

/** The client as it is now, with what was chosen of mine on top. */
export function resolved(
  theirs: Draft,
  mine: Draft,
  conflicts: readonly Conflict[],
  choices: Choices,
): Draft {
  const kept = conflicts.filter(({ field, suggested }) => (choices[field] ?? suggested) === 'mine')
  return { ...theirs, ...Object.fromEntries(kept.map(({ field }) => [field, mine[field]])) }
}
