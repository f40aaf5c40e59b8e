import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { rootDir } from '#platform/server/config.ts'
import { Calendar } from '../../contract/calendar.ts'
import { dueAt, elapsedSeconds } from './clock.ts'

type Vector = { id: string; calendar: string; start: string; pauses: [string, string][] }
// The file's own shape, in tests/data.
const file = JSON.parse(readFileSync(path.join(rootDir, 'tests/data/sla.json'), 'utf8')) as {
  calendars: Record<string, unknown>
  vectors: (Vector &
    (
      | { kind: 'due'; minutes: number; expected_due: string }
      | { kind: 'elapsed'; end: string; expected_elapsed_seconds: number }
    ))[]
}
const calendars = new Map(
  Object.entries(file.calendars).map(([id, calendar]) => [id, Calendar.parse(calendar)]),
)

test('the published examples are all there', () => {
  expect(file.vectors).toHaveLength(70)
})

test.for(file.vectors)('$id', (vector) => {
  const calendar = calendars.get(vector.calendar)!
  const start = Date.parse(vector.start)
  const pauses = vector.pauses.map(([from, until]) => ({ from: Date.parse(from), until: Date.parse(until) }))
  if (vector.kind === 'due') {
    const due = dueAt(calendar, start, vector.minutes, pauses)
    expect(new Date(due).toISOString()).toBe(new Date(vector.expected_due).toISOString())
  } else {
    const worked = elapsedSeconds(calendar, start, Date.parse(vector.end), pauses)
    expect(worked).toBe(vector.expected_elapsed_seconds)
  }
})
