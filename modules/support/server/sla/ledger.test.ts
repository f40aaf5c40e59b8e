import { expect, test } from 'vitest'
import { Calendar } from '../../contract/calendar.ts'
import { dueAt } from './clock.ts'
import { ledgerOf, type LedgerLine } from './ledger.ts'

const at = (instant: string) => Date.parse(instant)
const said = (instant: number) =>
  instant === Infinity ? 'open' : new Date(instant).toISOString().slice(5, 16).replace('T', ' ')

const weekday = [
  ['09:00', '12:30'],
  ['14:00', '18:00'],
]
const paris = Calendar.parse({
  timezone: 'Europe/Paris',
  hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, weekday])),
  holidays: ['2026-12-25', '2027-01-01'],
  overrides: { '2026-12-24': [['09:00', '12:00']], '2026-12-28': [] },
  names: { '2026-12-24': 'Veille de Noël', '2026-12-25': 'Noël', '2026-12-28': 'Inventaire' },
})
const always = Calendar.parse({
  timezone: 'Europe/Paris',
  hours: Object.fromEntries(['sat', 'sun', 'mon'].map((day) => [day, [['00:00', '24:00']]])),
})

const line = (told: LedgerLine<{ from: number; until: number; by?: string; why?: string }>): string => {
  switch (told.kind) {
    case 'worked':
      return `${said(told.from)} - ${said(told.until)} ${told.seconds / 60} min, ${told.total / 60} in all${told.special ? `, ${told.name}` : ''}`
    case 'paused':
      return `${said(told.from)} - ${said(told.until)} ${told.pause.by}: ${told.pause.why}, ${told.seconds === null ? 'open' : told.seconds / 60} min`
    case 'clock_change':
      return `${said(told.from)} clocks from +${told.before} to +${told.after}`
    default:
      return `${said(told.from)} ${told.kind} ${told.day} ${told.name ?? ''}`.trim()
  }
}

test('a due date over Christmas opens into the windows that counted and the days that did not, by their names', () => {
  const ledger = ledgerOf(paris, at('2026-12-24T09:30:00Z'), 120)
  expect(said(ledger.due)).toBe('12-29 08:30')
  expect(ledger.allowanceSeconds).toBe(7200)
  expect(ledger.lines.map(line)).toEqual([
    '12-24 09:30 - 12-24 11:00 90 min, 90 in all, Veille de Noël',
    '12-24 23:00 holiday 2026-12-25 Noël',
    '12-25 23:00 closed 2026-12-26',
    '12-26 23:00 closed 2026-12-27',
    '12-27 23:00 closure 2026-12-28 Inventaire',
    '12-29 08:00 - 12-29 08:30 30 min, 120 in all',
  ])
})

test('a pause says who and why, and only the working time that it held back; another over it adds its own', () => {
  const pauses = [
    {
      from: at('2026-06-02T07:30:00Z'),
      until: at('2026-06-02T08:30:00Z'),
      by: 'Paul',
      why: 'attend un tiers',
    },
    {
      from: at('2026-06-01T15:00:00Z'),
      until: at('2026-06-02T08:00:00Z'),
      by: 'Nadia',
      why: 'attend le client',
    },
  ]
  const ledger = ledgerOf(paris, at('2026-06-01T14:00:00Z'), 90, pauses)
  expect(ledger.lines.map(line)).toEqual([
    '06-01 14:00 - 06-01 15:00 60 min, 60 in all',
    '06-01 15:00 - 06-02 08:00 Nadia: attend le client, 120 min',
    '06-02 07:30 - 06-02 08:30 Paul: attend un tiers, 30 min',
    '06-02 08:30 - 06-02 09:00 30 min, 90 in all',
  ])
})

test('while a pause lasts the ledger ends with it', () => {
  const waiting = { from: at('2026-06-01T15:00:00Z'), until: Infinity, by: 'Nadia', why: 'attend le client' }
  const ledger = ledgerOf(paris, at('2026-06-01T14:00:00Z'), 90, [waiting])
  expect(ledger.due).toBe(Infinity)
  expect(ledger.lines.map(line)).toEqual([
    '06-01 14:00 - 06-01 15:00 60 min, 60 in all',
    '06-01 15:00 - open Nadia: attend le client, open min',
  ])
})

test('a change of clocks stands where it happens, and the hour that is there twice counts twice', () => {
  const ledger = ledgerOf(always, at('2026-10-24T20:00:00Z'), 300)
  expect(ledger.lines.map(line)).toEqual([
    '10-24 20:00 - 10-24 22:00 120 min, 120 in all',
    '10-24 22:00 - 10-25 01:00 180 min, 300 in all',
  ])
  expect(ledgerOf(always, at('2026-10-24T20:00:00Z'), 301).lines.map(line)).toContain(
    '10-25 01:00 clocks from +120 to +60',
  )
})

test('its last line ends when it is due and has the whole allowance, whatever the allowance', () => {
  const pauses = [{ from: at('2026-12-30T09:00:00Z'), until: at('2027-01-04T09:00:00Z') }]
  for (let minutes = 1; minutes < 4_000; minutes += 37) {
    const ledger = ledgerOf(paris, at('2026-12-23T10:11:12Z'), minutes, pauses)
    const counted = ledger.lines.filter((told) => told.kind === 'worked')
    expect(counted.at(-1)).toMatchObject({ until: ledger.due, total: minutes * 60 })
    expect(ledger.due).toBe(dueAt(paris, at('2026-12-23T10:11:12Z'), minutes, pauses))
  }
})

test('nothing to wait for, at once, has nothing to explain', () => {
  expect(ledgerOf(paris, at('2026-06-01T08:00:00Z'), 0).lines).toEqual([])
  expect(ledgerOf(paris, at('2026-12-25T08:00:00Z'), 0).lines.map(line)).toEqual([
    '12-25 08:00 holiday 2026-12-25 Noël',
    '12-25 23:00 closed 2026-12-26',
    '12-26 23:00 closed 2026-12-27',
    '12-27 23:00 closure 2026-12-28 Inventaire',
  ])
})
