import { expect, test } from 'vitest'
import type { FleetExecutionState, SqlFleet } from '#contract/sql-console'
import { fleetCan, isOutOfReach, standsOut } from './fleet-can.ts'

const claire = { id: 'claire', name: 'Claire Fontaine' }
const all = () => true
const author = { id: 'claire', may: all }
const second = { id: 'hugo', may: all }
const reader = { id: 'ines', may: (permission: string) => permission === 'sql.read' }
const fleet = (execution: FleetExecutionState | null, over: Partial<SqlFleet> = {}) =>
  ({
    by: claire,
    mode: 'simulate',
    state: 'done',
    execution,
    ...over,
  }) as SqlFleet // of which no more is asked

test('who simulated asks, once, when it is through, and nobody for them', () => {
  expect(fleetCan.ask(fleet(null), author)).toBe(true)
  expect(fleetCan.ask(fleet(null), second)).toBe(false)
  expect(fleetCan.ask(fleet('withdrawn'), author)).toBe(false)
  expect(fleetCan.ask(fleet(null, { state: 'running' }), author)).toBe(false)
  expect(fleetCan.ask(fleet(null, { mode: 'read' }), author)).toBe(false)
})

test('somebody else approves, and may say no for as long as nothing has begun', () => {
  expect(fleetCan.approve(fleet('asked'), second)).toBe(true)
  expect(fleetCan.approve(fleet('asked'), author)).toBe(false)
  expect(fleetCan.approve(fleet('asked'), reader)).toBe(false)
  expect(fleetCan.approve(fleet('approved'), second)).toBe(false)
  expect(fleetCan.refuse(fleet('approved'), second)).toBe(true)
  expect(fleetCan.refuse(fleet('running'), second)).toBe(false)
})

test('who asked begins, takes back and goes on; both may stop it', () => {
  expect(fleetCan.withdraw(fleet('approved'), author)).toBe(true)
  expect(fleetCan.begin(fleet('approved'), author)).toBe(true)
  expect(fleetCan.begin(fleet('approved'), second)).toBe(false)
  expect(fleetCan.stop(fleet('running'), author)).toBe(true)
  expect(fleetCan.stop(fleet('paused'), second)).toBe(true)
  expect(fleetCan.stop(fleet('running'), reader)).toBe(false)
  expect(fleetCan.resume(fleet('stopped'), author)).toBe(true)
  expect(fleetCan.resume(fleet('stopped'), second)).toBe(false)
})

test('what somebody else stopped by hand is theirs to let go on, or another approver’s', () => {
  const by = { id: 'hugo', name: 'Hugo Blanc' }
  const stopped = fleet('stopped', { executing: { stop: { why: 'by_hand', by } } as SqlFleet['executing'] })
  expect(fleetCan.resume(stopped, author)).toBe(false)
  expect(fleetCan.resume(stopped, second)).toBe(true)
  expect(fleetCan.resume(stopped, reader)).toBe(false)
})

test('what came to an end without being done is sent once more', () => {
  for (const state of ['refused', 'withdrawn', 'lapsed', 'stopped'] as const)
    expect(fleetCan.sendAgain(fleet(state), author)).toBe(true)
  for (const state of ['asked', 'approved', 'running', 'paused', 'executed'] as const)
    expect(fleetCan.sendAgain(fleet(state), author)).toBe(false)
})

test('what is unlike most is left out; where nothing would happen, nothing can be asked for', () => {
  const effects = { origins: {} } as never // what is in it is of no consequence
  expect(standsOut({ outcome: 'done', effects, differs: [] })).toBe(false)
  expect(standsOut({ outcome: 'done', effects, differs: [{}] as never })).toBe(true)
  expect(isOutOfReach({ outcome: 'done', effects })).toBe(false)
  expect(isOutOfReach({ outcome: 'done', effects: {} })).toBe(true)
  expect(isOutOfReach({ outcome: 'failed', effects })).toBe(true)
})
