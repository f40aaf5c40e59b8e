import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { rootDir } from '#platform/server/config.ts'
import { bareEnv } from '../../../tests/harness/bare-env.ts'

/** As a stranger runs it: without a database, a key or a folder for data. */
async function mgp(args: string[], question: unknown) {
  const child = spawn(process.execPath, [path.join(rootDir, 'apps/server/cli/index.ts'), 'sla', ...args], {
    env: { ...bareEnv, DATABASE_URL: 'postgres://nobody@localhost:1/none', DATA_DIR: '/nonexistent' },
  })
  child.stdin.end(typeof question === 'string' ? question : JSON.stringify(question))
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { status: child.exitCode, stdout, stderr }
}

const paris = {
  timezone: 'Europe/Paris',
  hours: {
    mon: [
      ['09:00', '12:30'],
      ['14:00', '18:00'],
    ],
  },
  holidays: ['2026-06-08'],
  overrides: { '2026-06-10': [['10:00', '24:00']] },
}
const start = '2026-06-01T07:00:00Z'

describe('a question is answered on one line', () => {
  test('when an allowance is used up', async () => {
    const question = { calendar: paris, start, minutes: 451, pauses: [] }
    expect(await mgp(['due', '--json'], question)).toEqual({
      status: 0,
      stdout: '{"due":"2026-06-10T08:01:00Z"}\n',
      stderr: '',
    })
  })

  test('how much working time passed', async () => {
    const question = { calendar: paris, start, end: '2026-06-01T12:30:00+02:00' }
    const pauses = [['2026-06-01T08:00:00Z', '2026-06-01T08:00:00.500Z']]
    expect((await mgp(['elapsed', '--json'], question)).stdout).toBe('{"seconds":12600}\n')
    expect((await mgp(['elapsed', '--json'], { ...question, pauses })).stdout).toBe('{"seconds":12599.5}\n')
  })

  test('as a published example tells it, with its calendar in place', async () => {
    const { calendars, vectors } = JSON.parse(
      fs.readFileSync(path.join(rootDir, 'tests/data/sla.json'), 'utf8'),
    ) as {
      calendars: Record<string, unknown>
      vectors: { id: string; calendar: string; expected_due: string }[]
    }
    const vector = vectors.find(({ id }) => id === 'zammad-pause-to-closing-boundary')!
    const answer = await mgp(['due', '--json'], { ...vector, calendar: calendars[vector.calendar] })
    expect(JSON.parse(answer.stdout)).toEqual({ due: vector.expected_due })
  })

  test('and to a person without braces', async () => {
    expect((await mgp(['due'], { calendar: paris, start, minutes: 0 })).stdout).toBe('2026-06-01T07:00:00Z\n')
  })
})

describe('what cannot be answered is refused, exit code 2', () => {
  test('every wrong field by its name, in a sentence', async () => {
    const question = {
      calendar: {
        ...paris,
        timezone: 'Mars/Olympus',
        holidays: ['2026-02-29'],
        hours: { mon: [['18:00', '09:00']] },
      },
      start: '2026-06-01 07:00',
      minutes: -1,
      pauses: [['2026-06-01T08:00:00Z', '2026-06-01T07:00:00Z']],
    }
    const { status, stdout, stderr } = await mgp(['due', '--json'], question)
    expect([status, stdout]).toEqual([2, ''])
    const lines = stderr.trim().split('\n')
    expect(lines.map((line) => line.slice(0, line.indexOf(': ')))).toEqual([
      'calendar.timezone',
      'calendar.hours.mon.0',
      'calendar.holidays.0',
      'start',
      'pauses.0',
      'minutes',
    ])
    expect(lines[1]).toBe(
      'calendar.hours.mon.0: This window closes before it opens: past midnight, make it two.',
    )
  })

  test.for(['', '{"calendar":', '[]', '"calendar"'])('what is no JSON object: %s', async (question) => {
    const { status, stdout, stderr } = await mgp(['elapsed', '--json'], question)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^standard input.+/)
    expect(stderr).not.toContain('    at ')
  })

  test('an unknown verb is answered with how it is used', async () => {
    const { status, stderr } = await mgp(['guess'], '')
    expect(status).toBe(2)
    expect(stderr).toContain('mgp sla due')
  })
})
