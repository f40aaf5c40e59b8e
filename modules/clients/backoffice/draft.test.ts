import { describe, expect, test } from 'vitest'
import { differences, emptyDraft, pick, problemOf } from './draft.ts'

describe('a field is judged as the server would', () => {
  test.each([
    ['lastName', '  ', 'last_name_missing'],
    ['email', 'roxane.arnaud@', 'email_invalid'],
    ['department', '20', 'department_unknown'],
    ['siret', '73282932000075', 'siret_invalid'],
    ['rpps', '10100000001', 'rpps_invalid'],
    ['phone', 'bientôt', 'phone_invalid'],
    ['nextPaymentOn', '0000-00-00', null],
  ] as const)('%s %j', (field, typed, code) => {
    const problem = problemOf(field, typed)
    if (code) expect(problem).toBe(code)
    else expect(problem).not.toBeNull()
  })

  test.each(['phone', 'siret', 'rpps', 'department', 'nextPaymentOn', 'internalNote', 'firstName'] as const)(
    '%s may stay empty',
    (field) => expect(problemOf(field, '')).toBeNull(),
  )

  test('numbers may be typed in groups', () => {
    expect(problemOf('siret', '732 829 320 00074')).toBeNull()
  })
})

test('only what was changed is sent', () => {
  const typed = { ...emptyDraft, city: 'Nancy', email: 'roxane.arnaud@example.com' }
  expect(pick(typed, differences(emptyDraft, typed))).toEqual({
    city: 'Nancy',
    email: 'roxane.arnaud@example.com',
  })
})
