/** What other help desks decided about the same clock, each with our verdict and the numbers of its source. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { rootDir } from '#platform/server/config.ts'
import { Calendar, weekdays } from '../../contract/calendar.ts'
import { agreementsOf, type Agreement, type AgreementAt, type Allowances } from './agreements.ts'
import { dueAt, elapsedSeconds } from './clock.ts'
import { clocksOf } from './targets.ts'
import type { TicketEvent } from './ticket-log.ts'

const at = (instant: string) => Date.parse(instant)
const said = (instant: number | null | undefined) =>
  instant == null ? null : new Date(instant).toISOString()
const minute = 60_000
const daily = (from: string, to: string, timezone = 'UTC') =>
  Calendar.parse({ timezone, hours: Object.fromEntries(weekdays.map((day) => [day, [[from, to]]])) })
const always = daily('00:00', '24:00')

const nothing: Allowances = { firstResponse: null, nextResponse: null, resolution: null }
const promising = (allowances: Partial<Allowances>, calendar = always): AgreementAt => {
  const agreement: Agreement = {
    policyVersion: 'standard 1',
    calendarVersion: 'bureau 1',
    calendar,
    warnAtPercent: 80,
    allowances: { ...nothing, ...allowances },
  }
  return () => agreement
}
const opening = at('2026-06-01T08:00:00Z')
const after = (minutes: number) => opening + minutes * minute
const opened = (when = opening, priority = 'normal'): TicketEvent => ({
  kind: 'opened',
  at: when,
  priority,
  plan: null,
  tags: [],
})
const happens = (
  minutes: number,
  kind: 'customer_message' | 'agent_reply' | 'note' | 'auto_reply' | 'reopened',
): TicketEvent => ({ kind, at: after(minutes) })
const waits = (minutes: number): TicketEvent => ({
  kind: 'waiting_set',
  at: after(minutes),
  by: 'Paul',
  why: 'attend le client',
})
const resolved = (minutes: number): TicketEvent => ({ kind: 'resolved', at: after(minutes), by: 'Paul' })

type Verdict = { adopted: boolean; because: string; holds(): void }

const verdicts: Readonly<Record<string, Verdict>> = {
  'rule-agent-note-not-response': {
    adopted: true,
    because: 'a note answers nobody; nor does a public one here, nor a machine',
    holds() {
      const created = at('2013-06-04T23:49:00Z')
      const log: TicketEvent[] = [
        opened(created),
        { kind: 'note', at: at('2013-06-04T23:52:00Z') },
        { kind: 'auto_reply', at: at('2013-06-04T23:53:00Z') },
      ]
      const firstResponse = (events: TicketEvent[]) =>
        clocksOf(events, promising({ firstResponse: 60 }), at('2013-06-04T23:58:00Z')).firstResponse
      expect(firstResponse(log)).toMatchObject({ state: 'running', settledAt: null })
      const answered = firstResponse([...log, { kind: 'agent_reply', at: at('2013-06-04T23:55:00Z') }])
      expect(said(answered?.settledAt)).toBe('2013-06-04T23:55:00.000Z')
    },
  },
  'rule-next-response-set-by-customer': {
    adopted: true,
    because: 'the client waits since the first message nobody answered',
    holds() {
      const due = (...events: TicketEvent[]) =>
        clocksOf([opened(), happens(5, 'agent_reply'), ...events], promising({ nextResponse: 60 }), after(40))
          .nextResponse?.due ?? null
      expect(due(happens(10, 'agent_reply'))).toBeNull()
      expect(due(happens(20, 'customer_message'))).toBe(after(80))
      expect(due(happens(20, 'customer_message'), happens(30, 'customer_message'))).toBe(after(80))
      expect(due(happens(20, 'customer_message'), happens(35, 'agent_reply'))).toBeNull()
    },
  },
  'rule-longest-exchange': {
    adopted: true,
    because: 'an average would hide the one who waited',
    holds() {
      const { longestExchange, exchanges } = clocksOf(
        [
          opened(),
          happens(1, 'agent_reply'),
          happens(10, 'customer_message'),
          happens(20, 'agent_reply'),
          happens(30, 'customer_message'),
          happens(35, 'agent_reply'),
        ],
        promising({ nextResponse: 60 }),
        after(100),
      )
      expect(exchanges).toHaveLength(2)
      expect(longestExchange).toMatchObject({ elapsedSeconds: 10 * 60, remainingSeconds: 50 * 60 })
    },
  },
  'rule-escalation-min': {
    adopted: true,
    because: 'one instant sorts the queue; while a ticket waits or is resolved nobody is late',
    holds() {
      const promise = promising({ firstResponse: 60, nextResponse: 30, resolution: 240 })
      const next = (...events: TicketEvent[]) =>
        clocksOf([opened(), ...events], promise, after(50)).nextEscalation
      expect(next()).toEqual({ target: 'firstResponse', due: after(60) })
      expect(next(happens(10, 'agent_reply'))).toEqual({ target: 'resolution', due: after(240) })
      expect(next(happens(10, 'agent_reply'), happens(40, 'customer_message'))).toEqual({
        target: 'nextResponse',
        due: after(70),
      })
      expect(next(waits(20))).toBeNull()
      expect(next(resolved(20))).toBeNull()
    },
  },
  'rule-fr-statistics': {
    adopted: true,
    because: 'a late answer is still measured',
    holds() {
      const { firstResponse } = clocksOf(
        [opened(), happens(75, 'agent_reply')],
        promising({ firstResponse: 60 }),
        after(100),
      )
      expect(firstResponse).toMatchObject({
        state: 'breached',
        elapsedSeconds: 75 * 60,
        remainingSeconds: -15 * 60,
      })
    },
  },
  'rule-reprioritise-off': {
    adopted: true,
    because: 'what is open follows the agreement in force, and then there is none',
    holds() {
      const policies = agreementsOf(
        [
          {
            id: 'standard 1',
            policy: 'standard',
            from: 0,
            active: true,
            position: 1,
            plans: [],
            tags: [],
            calendar: 'bureau',
            warnAtPercent: 80,
            allowances: { high: { firstResponse: 60, nextResponse: 60, resolution: 240 } },
          },
        ],
        [{ id: 'bureau 1', calendar: 'bureau', from: 0, value: always }],
      )
      const log = [opened(opening, 'high')]
      expect(clocksOf(log, policies, after(10)).firstResponse?.due).toBe(after(60))
      log.push({ kind: 'priority_changed', at: after(5), priority: 'low' })
      expect(clocksOf(log, policies, after(10))).toMatchObject({
        firstResponse: null,
        nextResponse: null,
        resolution: null,
        nextEscalation: null,
      })
    },
  },
  'rule-rebase-on-calendar-edit': {
    adopted: true,
    because: 'open tickets follow the calendar in force; resolved ones do not move',
    holds() {
      const created = at('2016-11-01T22:30:00Z')
      const edited = at('2016-11-02T01:00:00Z')
      const change = agreementsOf(
        [
          {
            id: 'standard 1',
            policy: 'standard',
            from: 0,
            active: true,
            position: 1,
            plans: [],
            tags: [],
            calendar: 'berlin',
            warnAtPercent: 80,
            allowances: { normal: { ...nothing, firstResponse: 60 } },
          },
        ],
        [
          { id: 'berlin 1', calendar: 'berlin', from: 0, value: daily('08:00', '20:00', 'Europe/Berlin') },
          {
            id: 'berlin 2',
            calendar: 'berlin',
            from: edited,
            value: daily('04:00', '20:00', 'Europe/Berlin'),
          },
        ],
      )
      const due = (now: number, ...events: TicketEvent[]) =>
        said(clocksOf([opened(created), ...events], change, now).firstResponse?.due)
      expect(due(edited - 1)).toBe('2016-11-02T08:00:00.000Z')
      expect(due(edited)).toBe('2016-11-02T04:00:00.000Z')
      expect(due(edited, { kind: 'resolved', at: edited - 1, by: 'Paul' })).toBe('2016-11-02T08:00:00.000Z')
    },
  },
  'rule-chatwoot-status': {
    adopted: true,
    because:
      'as one question of the whole ticket (`hasBreach`), each exchange judged once; states stay three',
    holds() {
      const log = [
        opened(),
        happens(70, 'agent_reply'),
        happens(80, 'customer_message'),
        happens(85, 'customer_message'),
        happens(200, 'agent_reply'),
        resolved(210),
      ]
      const promise = promising({ firstResponse: 60, nextResponse: 60, resolution: 240 })
      const { exchanges, hasBreach, firstResponse, resolution } = clocksOf(log, promise, after(300))
      expect(exchanges.filter(({ state }) => state === 'breached')).toHaveLength(1)
      expect([firstResponse?.state, resolution?.state, hasBreach]).toEqual(['breached', 'met', true])
      expect(clocksOf([opened(), resolved(30)], promise, after(300)).hasBreach).toBe(false)
    },
  },
  'rule-chatwoot-all-closed': {
    adopted: false,
    because: 'a promise that silently runs at night is none we would notice: the calendar is refused',
    holds() {
      const closed = Calendar.safeParse({ timezone: 'UTC', hours: {} })
      expect(closed.error?.issues).toMatchObject([{ params: { code: 'calendar_never_open' } }])
    },
  },
  'rule-osticket-reopen': {
    adopted: false,
    because: 'reopening would hide the time already used; due dates are worked out and never typed',
    holds() {
      const promise = promising({ resolution: 240 })
      const log = [opened(), resolved(60), happens(1_060, 'reopened')]
      const { resolution } = clocksOf(log, promise, after(1_070))
      // 60 minutes were used up; a restart would say 1,300.
      expect(resolution).toMatchObject({ state: 'running', due: after(1_240), remainingSeconds: 170 * 60 })
    },
  },
  'rule-frappe-status': {
    adopted: true,
    because: 'paused, running, met; of "closed" there is none, and nothing after resolving moves anything',
    holds() {
      const promise = promising({ firstResponse: 60, resolution: 240 })
      const log = [opened()]
      const now = (minutes: number) => clocksOf(log, promise, after(minutes))
      expect(now(10).nextEscalation?.target).toBe('firstResponse')
      log.push(happens(20, 'agent_reply'), waits(20))
      expect(now(30).resolution).toMatchObject({ state: 'paused', due: null, remainingSeconds: 220 * 60 })
      log.push({ kind: 'waiting_cleared', at: after(500) })
      expect(now(500).nextEscalation).toEqual({ target: 'resolution', due: after(720) })
      log.push(resolved(510))
      const then = now(510).resolution
      expect(then).toMatchObject({ state: 'met', elapsedSeconds: 30 * 60 })
      log.push(resolved(510 + 1_440))
      expect(now(3_000).resolution).toEqual(then)
    },
  },
  'rule-dst-ambiguous': {
    adopted: true,
    because: 'a missing time lies an hour later, a repeated one is the first',
    holds() {
      const opens = (from: string, on: string) =>
        said(dueAt(daily(from, '12:00', 'America/Los_Angeles'), at(on), 0))
      expect(opens('02:30', '2014-03-09T08:00:00Z')).toBe(said(at('2014-03-09T03:30:00-07:00')))
      expect(opens('01:30', '2014-11-02T07:00:00Z')).toBe(said(at('2014-11-02T01:30:00-07:00')))
    },
  },
  'rule-zendesk-metrics': {
    adopted: false,
    because:
      'of four metrics we keep one, time in our hands: neither waiting nor resolved; no "on hold" besides',
    holds() {
      const log = [
        opened(),
        waits(60),
        { kind: 'waiting_cleared', at: after(90) } as const,
        resolved(120),
        happens(150, 'reopened'),
        resolved(160),
      ]
      const { resolution } = clocksOf(log, promising({ resolution: 240 }), after(1_000))
      expect(resolution?.elapsedSeconds).toBe((60 + 30 + 10) * 60)
      expect(elapsedSeconds(always, opening, after(160))).toBe(160 * 60)
    },
  },
}

describe('each of the published rules has a verdict that holds', () => {
  const { rules } = JSON.parse(readFileSync(path.join(rootDir, 'tests/data/sla.json'), 'utf8')) as {
    rules: { id: string }[]
  }

  test('and no other', () => {
    expect(Object.keys(verdicts).toSorted()).toEqual(rules.map(({ id }) => id).toSorted())
  })

  test.for(
    Object.entries(verdicts).map(([id, { adopted, because }]) => ({
      id,
      verdict: adopted ? 'adopted' : 'declined',
      because,
    })),
  )('$id is $verdict: $because', ({ id }) => {
    verdicts[id]!.holds()
  })
})
