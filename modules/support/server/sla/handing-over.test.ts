import { describe, expect, test } from 'vitest'
import { Calendar, weekdays } from '../../contract/calendar.ts'
import { agreementsOf } from './agreements.ts'
import { owedAt, waitingSince } from './handing-over.ts'
import { clocksOf } from './targets.ts'
import type { TicketEvent } from './ticket-log.ts'

const start = Date.parse('2026-06-01T07:00:00Z')
const minute = 60_000
const after = (minutes: number) => start + minutes * minute
const inMinutes = (instant: number | null | undefined) =>
  instant === null || instant === undefined ? null : (instant - start) / minute

/** Every hour of the week counts: what is asked here is who owes what, not when support works. */
const always = Calendar.parse({
  timezone: 'Europe/Paris',
  hours: Object.fromEntries(weekdays.map((day) => [day, [['00:00', '24:00']]])),
})
const agreements = agreementsOf(
  [
    {
      id: 'standard 1',
      policy: 'standard',
      from: 0,
      active: true,
      position: 1,
      plans: [],
      tags: [],
      calendar: 'always',
      warnAtPercent: 80,
      allowances: { normal: { firstResponse: 60, nextResponse: 120, resolution: 480 } },
    },
  ],
  [{ id: 'always 1', calendar: 'always', from: 0, value: always }],
)

const opened = (minutes: number): TicketEvent => ({
  kind: 'opened',
  at: after(minutes),
  priority: 'normal',
  plan: null,
  tags: [],
})
const happens = (minutes: number, kind: 'customer_message' | 'agent_reply' | 'reopened'): TicketEvent => ({
  kind,
  at: after(minutes),
})
const waits = (minutes: number): TicketEvent => ({
  kind: 'waiting_set',
  at: after(minutes),
  by: 'Karim',
  why: '',
})
const resolved = (minutes: number): TicketEvent => ({ kind: 'resolved', at: after(minutes), by: 'Karim' })

const move = 'the merge'
/** The logs of both after one is put into the other. */
function merged(from: readonly TicketEvent[], into: readonly TicketEvent[], minutes: number, goesOn = false) {
  const at = after(minutes)
  const owes = owedAt(from, at)
  return {
    from: [...from, { kind: 'merged', move, at } satisfies TicketEvent],
    into: [...into, { kind: 'taken_in', move, at, owes, goesOn } satisfies TicketEvent],
  }
}
function undone({ from, into }: ReturnType<typeof merged>, minutes: number, restores = true) {
  const at = after(minutes)
  const owes = owedAt(into, at, move)
  return {
    from: [...from, { kind: 'unmerged', move, at, owes } satisfies TicketEvent],
    into: [...into, { kind: 'given_back', move, at, restores } satisfies TicketEvent],
  }
}
const clocks = (log: readonly TicketEvent[], minutes: number) => clocksOf(log, agreements, after(minutes))
const dues = (log: readonly TicketEvent[], minutes: number) => {
  const { firstResponse, nextResponse, resolution } = clocks(log, minutes)
  return [firstResponse, nextResponse, resolution].map((target) =>
    target && target.settledAt === null ? inMinutes(target.due) : null,
  )
}

describe('a ticket that is put into another', () => {
  test('owes nothing any more, and the other owes it from when it was owed', () => {
    const both = merged([opened(0)], [opened(30)], 45)
    expect(dues(both.from, 45)).toEqual([null, null, null])
    expect(clocks(both.from, 10_000)).toMatchObject({ nextEscalation: null, hasBreach: false })
    expect(dues(both.into, 45)).toEqual([60, null, 480])
  })

  test('changes nothing for one that owed it earlier', () => {
    expect(dues(merged([opened(30)], [opened(0)], 45).into, 45)).toEqual([60, null, 480])
  })

  test('owes the next answer where the other has had its first', () => {
    const into = [opened(0), happens(20, 'agent_reply')]
    expect(dues(merged([opened(30)], into, 45).into, 45)).toEqual([null, 150, 480])
  })

  test('is settled by one answer together with what was owed already', () => {
    const both = merged(
      [opened(10)],
      [opened(0), happens(20, 'agent_reply'), happens(30, 'customer_message')],
      45,
    )
    const answered = [...both.into, happens(50, 'agent_reply')]
    expect(dues(answered, 60)).toEqual([null, null, 480])
    expect(clocks(answered, 60).exchanges.map(({ from }) => inMinutes(from))).toEqual([30, 10])
  })

  test('keeps the pauses it had, and none of the other’s before', () => {
    const from = [opened(0), happens(5, 'agent_reply'), happens(10, 'customer_message'), waits(20)]
    const into = [
      opened(0),
      happens(1, 'agent_reply'),
      waits(2),
      { kind: 'waiting_cleared', at: after(40) } as const,
    ]
    // Thirty minutes of waiting until the merge; that the other waited before is nothing to it.
    expect(dues(merged(from, into, 50).into, 50)[1]).toBe(10 + 120 + 30)
  })

  test('moves nothing that was settled', () => {
    const late = [opened(0), happens(90, 'agent_reply')]
    const both = merged(late, [opened(0), happens(1, 'agent_reply')], 100)
    expect(clocks(both.from, 200).firstResponse).toMatchObject({ state: 'breached', settledAt: after(90) })
    expect(clocks(both.into, 200).hasBreach).toBe(false)
  })

  test('opens a resolved one again, which is no reopening of a customer’s', () => {
    const both = merged([opened(60)], [opened(0), resolved(10)], 70, true)
    expect(clocks(both.into, 70).resolvedAt).toBeNull()
    expect(dues(both.into, 70)).toEqual([null, 180, 480 + 60])
    const settled = [...both.into, resolved(80)]
    expect(clocks(settled, 90)).toMatchObject({
      resolvedAt: after(80),
      hasBreach: false,
      nextEscalation: null,
    })
  })

  test('owes nothing where it was resolved itself', () => {
    const owes = owedAt([opened(0), resolved(10)], after(20))
    expect(owes).toEqual([])
    expect(waitingSince(owes)).toBeNull()
  })
})

describe('a merge that is undone', () => {
  test('leaves both as they were', () => {
    const before = { from: [opened(0)], into: [opened(30), happens(40, 'agent_reply')] }
    const after = undone(merged(before.from, before.into, 45), 46)
    expect(dues(after.from, 50)).toEqual(dues(before.from, 50))
    expect(dues(after.into, 50)).toEqual(dues(before.into, 50))
  })

  test('leaves a resolved one resolved since it was', () => {
    const after_ = undone(merged([opened(60)], [opened(0), resolved(10)], 70, true), 72)
    expect(clocks(after_.into, 100)).toMatchObject({ resolvedAt: after(10), nextEscalation: null })
    expect(dues(after_.from, 100)).toEqual([120, null, 540])
  })

  test('lets one that somebody went on with go on', () => {
    const both = merged([opened(60)], [opened(0), resolved(10)], 70, true)
    both.into.push(happens(75, 'customer_message') as never)
    const after_ = undone(both, 80, false)
    expect(clocks(after_.into, 100).resolvedAt).toBeNull()
    // What the customer said there since is owed there.
    expect(dues(after_.into, 100)[1]).toBe(75 + 120)
  })

  test('leaves what the customer said meanwhile owed where they said it', () => {
    const answers: TicketEvent[] = [
      opened(0),
      { kind: 'messages_moved', move: 'before', at: after(1), waitsSince: null },
    ]
    const both = merged([opened(0)], answers, 10)
    both.into.push(happens(20, 'customer_message') as never)
    const after_ = undone(both, 30, false)
    expect(dues(after_.into, 40)).toEqual([null, 140, 480])
  })

  test('begins nothing new with what the customer adds before the first answer', () => {
    const after_ = undone(merged([opened(0)], [opened(0)], 10), 20)
    expect(dues([...after_.from, happens(30, 'customer_message')], 40)).toEqual([60, null, 480])
  })

  test('asks no second answer for what was answered meanwhile', () => {
    const both = merged([opened(0)], [opened(0), happens(1, 'agent_reply')], 10)
    both.into.push(happens(20, 'agent_reply') as never)
    const after_ = undone(both, 30, false)
    expect(dues(after_.from, 40)).toEqual([null, null, 480])
    expect(clocks(after_.into, 40).exchanges).toMatchObject([{ state: 'met', settledAt: after(20) }])
    // What the customer asks next is the next answer.
    expect(dues([...after_.from, happens(50, 'customer_message')], 60)[1]).toBe(170)
  })

  test('undone twice over different tickets, each has its own back', () => {
    const first = merged([opened(0)], [opened(5)], 10)
    const at = after(20)
    const intoThird = owedAt(first.into, at)
    expect(intoThird.map(({ as, from }) => [as, inMinutes(from)])).toEqual([
      ['firstResponse', 5],
      ['firstResponse', 0],
      ['resolution', 5],
      ['resolution', 0],
    ])
  })
})

describe('messages that are moved on', () => {
  test('leave the ticket with what is unanswered in it still', () => {
    const log: TicketEvent[] = [
      opened(0),
      { kind: 'messages_moved', move, at: after(20), waitsSince: after(10) },
    ]
    expect(dues(log, 30)).toEqual([70, null, 480])
  })

  test('take all that the customer waited for along, and bring it back', () => {
    const log: TicketEvent[] = [opened(0), { kind: 'messages_moved', move, at: after(20), waitsSince: null }]
    expect(dues(log, 30)).toEqual([null, null, 480])
    const owes = [{ as: 'firstResponse' as const, from: after(0), pauses: [] }]
    expect(dues([...log, { kind: 'messages_returned', move, at: after(30), owes }], 30)).toEqual([
      60,
      null,
      480,
    ])
  })

  test('that were answered change nothing', () => {
    const log: TicketEvent[] = [
      opened(0),
      happens(5, 'agent_reply'),
      { kind: 'messages_moved', move, at: after(20) },
    ]
    expect(dues(log, 30)).toEqual([null, null, 480])
  })
})
