import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Calendar, weekdays } from '../../contract/calendar.ts'
import { agreementsOf, type AgreementAt, type PolicyVersion } from './agreements.ts'
import { ledgerOf } from './ledger.ts'
import { clocksOf } from './targets.ts'
import type { TicketEvent } from './ticket-log.ts'

/** A Monday, nine o'clock in Paris. */
const opening = Date.parse('2026-06-01T07:00:00Z')
const minute = 60_000
const after = (minutes: number) => opening + minutes * minute
const office = (...hours: [string, string][]) =>
  Calendar.parse({
    timezone: 'Europe/Paris',
    hours: Object.fromEntries(weekdays.slice(0, 5).map((day) => [day, hours])),
  })
const always = Calendar.parse({
  timezone: 'Europe/Paris',
  hours: Object.fromEntries(weekdays.map((day) => [day, [['00:00', '24:00']]])),
})

const standard: PolicyVersion = {
  id: 'standard 1',
  policy: 'standard',
  from: 0,
  active: true,
  position: 2,
  plans: [],
  tags: [],
  calendar: 'bureau',
  warnAtPercent: 75,
  allowances: {
    normal: { firstResponse: 60, nextResponse: 120, resolution: 480 },
    urgent: { firstResponse: 15, nextResponse: 30, resolution: 120 },
  },
}
const bureau = { id: 'bureau 1', calendar: 'bureau', from: 0, value: always }
const agreements = agreementsOf([standard], [bureau])

const opened = (priority = 'normal'): TicketEvent => ({
  kind: 'opened',
  at: opening,
  priority,
  plan: null,
  tags: [],
})
type Bare = 'customer_message' | 'agent_reply' | 'note' | 'auto_reply' | 'reopened' | 'waiting_cleared'
const happens = (minutes: number, kind: Bare): TicketEvent => ({ kind, at: after(minutes) })
const waits = (minutes: number): TicketEvent => ({
  kind: 'waiting_set',
  at: after(minutes),
  by: 'Nadia',
  why: 'attend le client',
})
const resolved = (minutes: number): TicketEvent => ({ kind: 'resolved', at: after(minutes), by: 'Nadia' })
const seen = (minutes: number, ...events: TicketEvent[]) =>
  clocksOf([opened(), ...events], agreements, after(minutes))

describe('a first response', () => {
  test('warns at its percentage in working time, runs out when it is due, and is in time that very instant', () => {
    const evening = agreementsOf(
      [standard],
      [{ ...bureau, value: office(['09:00', '09:30'], ['14:00', '18:00']) }],
    )
    const { firstResponse } = clocksOf([opened()], evening, after(10))
    expect(firstResponse).toMatchObject({
      state: 'running',
      warnsAt: after(5 * 60 + 15),
      due: after(5 * 60 + 30),
      remainingSeconds: 50 * 60,
    })
    expect(seen(59).firstResponse?.state).toBe('running')
    expect(seen(60).firstResponse?.state).toBe('breached')
    expect(seen(70, happens(60, 'agent_reply')).firstResponse?.state).toBe('met')
    expect(seen(70, happens(60.001, 'agent_reply')).firstResponse?.state).toBe('breached')
  })

  test('that was due at closing time is late when it comes in the evening, though no working time has passed', () => {
    const hour = agreementsOf([standard], [{ ...bureau, value: office(['09:00', '10:00']) }])
    const { firstResponse } = clocksOf([opened(), happens(90, 'agent_reply')], hour, after(100))
    expect(firstResponse).toMatchObject({ state: 'breached', due: after(60), remainingSeconds: 0 })
  })

  test('is owed once: a second answer, a reopening and a new message do not ask for another', () => {
    const { firstResponse } = seen(
      600,
      happens(10, 'agent_reply'),
      resolved(20),
      happens(500, 'customer_message'),
      happens(500, 'reopened'),
      happens(590, 'agent_reply'),
    )
    expect(firstResponse).toMatchObject({ state: 'met', settledAt: after(10), settledBy: 'reply' })
  })

  test('is settled by resolving, which says that no reply did it', () => {
    expect(seen(50, resolved(30)).firstResponse).toMatchObject({ state: 'met', settledBy: 'resolution' })
    expect(seen(90, resolved(70)).firstResponse).toMatchObject({ state: 'breached', settledBy: 'resolution' })
  })

  test('comes first: until it is given no message of the client starts a shorter clock', () => {
    const short = {
      ...standard,
      allowances: { normal: { firstResponse: 60, nextResponse: 5, resolution: null } },
    }
    const clocks = clocksOf(
      [opened(), happens(10, 'customer_message')],
      agreementsOf([short], [bureau]),
      after(20),
    )
    expect(clocks.nextResponse).toBeNull()
    expect(clocks.nextEscalation).toEqual({ target: 'firstResponse', due: after(60) })
  })
})

describe('waiting', () => {
  test('freezes what is left of every clock and shows it, and the due dates move by it once it is over', () => {
    const log = [happens(10, 'agent_reply'), happens(20, 'customer_message'), waits(50)]
    for (const now of [60, 5_000]) {
      const { nextResponse, resolution, nextEscalation, waiting } = seen(now, ...log)
      expect(nextResponse).toMatchObject({ state: 'paused', due: null, remainingSeconds: 90 * 60 })
      expect(resolution).toMatchObject({ state: 'paused', due: null, remainingSeconds: 430 * 60 })
      expect(nextEscalation).toBeNull()
      expect(waiting).toMatchObject({ from: after(50), by: 'Nadia', why: 'attend le client' })
    }
    const { nextResponse, resolution } = seen(6_001, ...log, happens(6_000, 'waiting_cleared'))
    expect([nextResponse?.due, resolution?.due]).toEqual([after(6_090), after(6_430)])
  })

  test('does not unbreak what ran out before', () => {
    expect(seen(500, waits(70)).firstResponse).toMatchObject({ state: 'breached', due: after(60) })
  })

  test('set twice it began once, cleared twice it ended once, and resolving ends it', () => {
    const told = [waits(10), waits(20), happens(30, 'waiting_cleared'), happens(40, 'waiting_cleared')]
    expect(seen(50, ...told).resolution).toMatchObject({ due: after(500), state: 'running' })
    const { resolution } = seen(100, waits(10), resolved(20), happens(30, 'reopened'))
    expect(resolution).toMatchObject({ due: after(500), state: 'running' })
  })

  test('an answer meanwhile settles what was owed, with the time used up until the pause', () => {
    const { firstResponse } = seen(500, waits(40), happens(400, 'agent_reply'))
    expect(firstResponse).toMatchObject({ state: 'met', elapsedSeconds: 40 * 60 })
  })
})

describe('resolving', () => {
  const log = [happens(10, 'agent_reply'), happens(20, 'customer_message'), resolved(200)]

  test('settles all clocks, and whatever comes later moves none of them', () => {
    const then = seen(200, ...log)
    expect(then).toMatchObject({ nextEscalation: null, nextResponse: null, resolvedAt: after(200) })
    expect(then.longestExchange).toMatchObject({ state: 'breached', elapsedSeconds: 180 * 60 })
    const later = seen(
      9_000,
      ...log,
      happens(300, 'note'),
      happens(310, 'customer_message'),
      { kind: 'priority_changed', at: after(320), priority: 'urgent' },
      resolved(400),
    )
    expect({ ...later, pauses: [] }).toEqual({ ...then, pauses: [] })
  })

  test('is a pause once the ticket is reopened: the clock goes on with what it had', () => {
    const { resolution, nextResponse } = seen(
      1_010,
      ...log,
      happens(1_000, 'customer_message'),
      happens(1_000, 'reopened'),
    )
    expect(resolution).toMatchObject({ state: 'running', due: after(1_280), remainingSeconds: 270 * 60 })
    expect(nextResponse).toMatchObject({ from: after(1_000), due: after(1_120) })
  })

  test('a message on a resolved ticket waits until it is reopened', () => {
    const { nextResponse } = seen(620, ...log, happens(500, 'customer_message'), happens(600, 'reopened'))
    expect(nextResponse).toMatchObject({ from: after(500), due: after(720), elapsedSeconds: 20 * 60 })
  })
})

describe('a new policy', () => {
  const stricter: PolicyVersion = {
    ...standard,
    id: 'standard 2',
    from: after(100),
    allowances: { normal: { firstResponse: 20, nextResponse: 20, resolution: 240 } },
  }
  const both = agreementsOf([standard, stricter], [bureau])

  test('takes over what is open and forgets no pause of before', () => {
    const log = [opened(), waits(30), happens(60, 'waiting_cleared')]
    expect(clocksOf(log, both, after(99)).resolution?.due).toBe(after(510))
    expect(clocksOf(log, both, after(100)).resolution).toMatchObject({
      due: after(270),
      agreement: { policyVersion: 'standard 2' },
    })
  })

  test('does not judge what was settled before it', () => {
    const log = [opened(), happens(50, 'agent_reply'), resolved(90)]
    const { firstResponse, resolution } = clocksOf(log, both, after(500))
    expect(firstResponse).toMatchObject({ state: 'met', agreement: { policyVersion: 'standard 1' } })
    expect(resolution).toMatchObject({ state: 'met', agreement: { policyVersion: 'standard 1' } })
    const answered = clocksOf([opened(), happens(50, 'agent_reply')], both, after(500))
    expect(answered.firstResponse).toMatchObject({ state: 'met', allowanceSeconds: 3600 })
    expect(answered.resolution?.agreement.policyVersion).toBe('standard 2')
  })
})

describe('the agreement', () => {
  const at = (
    facts: { priority?: string; plan?: string | null; tags?: string[] },
    ...more: PolicyVersion[]
  ) =>
    agreementsOf([standard, ...more], [bureau])(
      { priority: 'normal', plan: null, tags: [], ...facts },
      opening,
    )
  const premium = { ...standard, id: 'premium 1', policy: 'premium', position: 1, plans: ['premium'] }
  const tagged = { ...standard, id: 'données 1', policy: 'données', position: 0, tags: ['données', 'fuite'] }

  test('is that of the first policy that fits plan, tags and priority', () => {
    expect(at({}, premium, tagged)?.policyVersion).toBe('standard 1')
    expect(at({ plan: 'premium' }, premium, tagged)?.policyVersion).toBe('premium 1')
    expect(at({ plan: 'premium', tags: ['fuite'] }, premium, tagged)?.policyVersion).toBe('données 1')
    expect(at({ priority: 'urgent' })?.allowances.firstResponse).toBe(15)
    expect(at({ priority: 'low' }, premium, tagged)).toBeNull()
  })

  test('of a policy that was ended is none any more, and of one to come none yet', () => {
    expect(at({}, { ...standard, id: 'standard 2', from: 1, active: false })).toBeNull()
    expect(at({}, { ...standard, id: 'standard 2', from: after(1), active: false })?.policyVersion).toBe(
      'standard 1',
    )
  })
})

test('a clock opens into its ledger, settled or not', () => {
  const { resolution } = seen(500, waits(30), happens(60, 'waiting_cleared'), happens(70, 'agent_reply'))
  const ledger = ledgerOf(
    resolution!.agreement.calendar,
    resolution!.from,
    resolution!.allowanceSeconds / 60,
    resolution!.pauses,
  )
  expect(ledger.due).toBe(resolution!.due)
  expect(ledger.lines).toContainEqual(
    expect.objectContaining({
      kind: 'paused',
      seconds: 1800,
      pause: expect.objectContaining({ by: 'Nadia' }),
    }),
  )
})

test('a calendar that closed for good leaves a clock without a due date, and the others alone', () => {
  const closed = Calendar.parse({
    timezone: 'UTC',
    hours: {},
    overrides: { '2020-01-01': [['09:00', '10:00']] },
  })
  const never: AgreementAt = () => ({
    policyVersion: 'standard 1',
    calendarVersion: 'fermé 1',
    calendar: closed,
    warnAtPercent: 75,
    allowances: standard.allowances['normal']!,
  })
  expect(clocksOf([opened()], never, after(500))).toMatchObject({
    firstResponse: { state: 'running', due: null },
    nextEscalation: null,
  })
})

test('whatever happens to a ticket, what was settled stays as it was', () => {
  const kinds = ['customer_message', 'agent_reply', 'note', 'waiting_cleared', 'reopened'] as const
  const log = fc
    .array(
      fc.record({
        gap: fc.nat(90),
        kind: fc.constantFrom(...kinds, 'waiting_set' as const, 'resolved' as const),
      }),
      { maxLength: 14 },
    )
    .map((steps) => {
      let minutes = 0
      return steps.map(({ gap, kind }): TicketEvent => {
        minutes += gap
        if (kind === 'waiting_set') return waits(minutes)
        return kind === 'resolved' ? resolved(minutes) : happens(minutes, kind)
      })
    })
  fc.assert(
    fc.property(log, fc.nat(500), (events, later) => {
      const [sooner, whole] = [events.slice(0, -1), events].map((told) => {
        const end = told.at(-1)?.at ?? opening
        return clocksOf([opened(), ...told], agreements, end + later * minute)
      })
      const settled = sooner!.exchanges.filter(({ settledAt }) => settledAt !== null)
      expect(whole!.exchanges.slice(0, settled.length)).toEqual(settled)
      if (sooner!.firstResponse?.settledAt != null)
        expect(whole!.firstResponse).toEqual(sooner!.firstResponse)
    }),
  )
})
