import { expect, test } from 'vitest'
import { impersonationCan } from './impersonation-can.ts'

const claire = { id: 'claire', may: () => true }
const nadege = { id: 'nadege', may: () => true }
const auditor = { id: 'auditor', may: (permission: string) => permission === 'impersonation.read' }

const emergency = {
  state: 'waiting' as const,
  actor: { id: 'claire', name: 'Claire Fontaine' },
  breakGlass: true,
  approvedAt: null,
  reviewedAt: null,
}
const over = { ...emergency, state: 'ended' as const, approvedAt: '2026-11-22T09:00:00.000Z' }

test('an emergency takes two: whoever asked for it can neither allow nor review it', () => {
  expect(impersonationCan.approve(emergency, claire)).toBe(false)
  expect(impersonationCan.approve(emergency, nadege)).toBe(true)
  expect(impersonationCan.review(over, claire)).toBe(false)
  expect(impersonationCan.review(over, nadege)).toBe(true)
})

test('what was reviewed is not reviewed again, nor what is still under way', () => {
  expect(impersonationCan.review({ ...over, reviewedAt: over.approvedAt }, nadege)).toBe(false)
  expect(impersonationCan.review({ ...over, state: 'running' }, nadege)).toBe(false)
})

test('one takes back one’s own request, and others cancel it', () => {
  expect(impersonationCan.withdraw(emergency, claire)).toBe(true)
  expect(impersonationCan.revoke(emergency, claire)).toBe(false)
  expect(impersonationCan.withdraw(emergency, nadege)).toBe(false)
  expect(impersonationCan.revoke(emergency, nadege)).toBe(true)
})

test('only whoever asked goes in, once it is ready', () => {
  const ready = { ...emergency, state: 'ready' as const }
  expect(impersonationCan.enter(ready, claire)).toBe(true)
  expect(impersonationCan.enter(ready, nadege)).toBe(false)
  expect(impersonationCan.enter(emergency, claire)).toBe(false)
})

test('whoever only reads is offered nothing', () => {
  const offered = Object.values(impersonationCan).flatMap((can) =>
    [emergency, over].map((one) => can(one, auditor)),
  )
  expect(offered).not.toContain(true)
})
