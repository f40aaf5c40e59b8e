import { describe, expect, test } from 'vitest'
import { slaQuestions } from './questions.ts'

const paris = {
  timezone: 'Europe/Paris',
  hours: {
    mon: [
      ['09:00', '12:30'],
      ['14:00', '18:00'],
    ],
  },
}
const question = { calendar: paris, start: '2026-06-01T07:00:00Z', minutes: 60 }
const asElapsed = { calendar: paris, start: '2026-06-01T07:00:00Z', end: '2026-06-02T07:00:00Z' }

describe('a question is its own answer', () => {
  test.for<[string, object, string]>([
    ['in an offset', { start: '2026-06-01T09:00:00+02:00' }, '2026-06-01T08:00:00Z'],
    ['to the millisecond', { minutes: 0.0001 }, '2026-06-01T07:00:00.006Z'],
    ['with a pause', { pauses: [['2026-06-01T07:30:00Z', '2026-06-01T07:40:00Z']] }, '2026-06-01T08:10:00Z'],
    ['with words of its own beside', { id: 'one', tags: [], expected_due: '?' }, '2026-06-01T08:00:00Z'],
  ])('%s', ([, changed, due]) => {
    expect(slaQuestions.due.parse({ ...question, ...changed })).toEqual({ due })
  })

  test('about what has passed', () => {
    expect(slaQuestions.elapsed.parse(asElapsed)).toEqual({ seconds: 7.5 * 3600 })
    expect(slaQuestions.elapsed.parse({ ...asElapsed, end: '2026-05-01T07:00:00Z' })).toEqual({ seconds: 0 })
  })
})

describe('what is wrong has a field and a word', () => {
  const problems = (changed: object) =>
    (slaQuestions.due.safeParse({ ...question, ...changed }).error?.issues ?? []).map((issue) => [
      issue.path.join('.'),
      issue.code === 'custom' ? issue.params?.['code'] : issue.code,
    ])

  test.for<[object, field: string, word: string]>([
    [{ calendar: undefined }, 'calendar', 'invalid_type'],
    [{ calendar: { ...paris, hours: {} } }, 'calendar.hours', 'calendar_never_open'],
    [{ calendar: { ...paris, overrides: { today: [] } } }, 'calendar.overrides.today', 'invalid_key'],
    [{ start: undefined }, 'start', 'invalid_type'],
    [{ start: '2026-06-01' }, 'start', 'invalid_format'],
    [{ start: '2026-02-30T07:00:00Z' }, 'start', 'invalid_format'],
    [{ start: '1899-12-31T07:00:00Z' }, 'start', 'date_out_of_range'],
    [{ start: '9999-12-31T07:00:00Z' }, 'start', 'date_out_of_range'],
    [{ minutes: undefined }, 'minutes', 'invalid_type'],
    [{ minutes: '60' }, 'minutes', 'invalid_type'],
    [{ minutes: -0.5 }, 'minutes', 'too_small'],
    [{ minutes: 1e15 }, 'minutes', 'due_unreachable'],
    [{ pauses: [['2026-06-01T08:00:00Z']] }, 'pauses.0', 'too_small'],
    [{ pauses: [['2026-06-01T08:00:00Z', '2026-06-01T07:59:59Z']] }, 'pauses.0', 'pause_reversed'],
    [{ pauses: [['2026-06-01T08:00:00Z', 'noon']] }, 'pauses.0.1', 'invalid_format'],
  ])('%j', ([changed, ...problem]) => {
    expect(problems(changed)).toEqual([problem])
  })

  test('elapsed asks for an end, and a due date for minutes', () => {
    expect(slaQuestions.elapsed.safeParse(question).error?.issues[0]?.path).toEqual(['end'])
    expect(slaQuestions.due.safeParse(asElapsed).error?.issues[0]?.path).toEqual(['minutes'])
  })

  test('a calendar that has only closed days left names the minutes', () => {
    const over = { timezone: 'UTC', hours: {}, overrides: { '2026-01-01': [['09:00', '10:00']] } }
    expect(problems({ calendar: over })).toEqual([['minutes', 'due_unreachable']])
  })
})
