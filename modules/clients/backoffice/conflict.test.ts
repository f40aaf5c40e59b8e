import { describe, expect, test } from 'vitest'
import { conflictsOf, resolved } from './conflict.ts'
import { differences, type Draft, emptyDraft } from './draft.ts'

const roxane: Draft = {
  ...emptyDraft,
  lastName: 'Arnaud',
  firstName: 'Roxane',
  city: 'Nancy',
  phone: '0639981234',
}
/** Karim, on the telephone with her, corrects her city and number… */
const mine: Draft = { ...roxane, city: 'Metz', phone: '0639985678' }
/** …while Sophie writes another city and a note. */
const theirs: Draft = { ...roxane, city: 'Toul', internalNote: 'Rappeler lundi' }

describe('two people change the same client', () => {
  const conflicts = conflictsOf(roxane, mine, theirs)

  test('a field that both changed differently is shown with both versions, mine kept unless told otherwise', () => {
    expect(conflicts).toContainEqual({
      field: 'city',
      mine: 'Metz',
      theirs: 'Toul',
      both: true,
      suggested: 'mine',
    })
  })

  test('what only I changed is kept, what only they changed is taken over', () => {
    expect(conflicts.map(({ field, both, suggested }) => [field, both, suggested])).toEqual([
      ['phone', false, 'mine'],
      ['city', true, 'mine'],
      ['internalNote', false, 'theirs'],
    ])
  })

  test('saving again without choosing loses nothing of either', () => {
    expect(resolved(theirs, mine, conflicts, {})).toEqual({
      ...roxane,
      city: 'Metz',
      phone: '0639985678',
      internalNote: 'Rappeler lundi',
    })
  })

  test('a choice per field is followed', () => {
    const chosen = resolved(theirs, mine, conflicts, { city: 'theirs', internalNote: 'mine' })
    expect(chosen).toEqual({ ...roxane, city: 'Toul', phone: '0639985678' })
  })

  test('what is sent is what differs from the client as it is now', () => {
    const sent = differences(theirs, resolved(theirs, mine, conflicts, { phone: 'theirs' }))
    expect(sent).toEqual(['city'])
  })
})

test('the same change made by both is no conflict', () => {
  expect(conflictsOf(roxane, mine, mine)).toEqual([])
})
