import { expect, test } from 'vitest'
import { mayGoBy, requestCan } from './request-can.ts'

const claire = { id: 'claire', name: 'Claire Fontaine' }
const all = () => true
const author = { id: 'claire', may: all }
const second = { id: 'hugo', may: all }
const reader = { id: 'ines', may: (permission: string) => permission === 'sql.read' }
const request = (state: 'waiting' | 'approved' | 'executed' | 'undone', undoUntil: string | null = null) => ({
  state,
  by: claire,
  undoUntil,
})

test('nobody approves what they asked for, and nobody else takes it back', () => {
  expect(requestCan.decide(request('waiting'), author)).toBe(false)
  expect(requestCan.decide(request('waiting'), second)).toBe(true)
  expect(requestCan.decide(request('waiting'), reader)).toBe(false)
  expect(requestCan.decide(request('approved'), second)).toBe(false)
  expect(requestCan.withdraw(request('approved'), author)).toBe(true)
  expect(requestCan.withdraw(request('waiting'), second)).toBe(false)
})

test('only what was approved is executed, by whoever asked for it', () => {
  expect(requestCan.execute(request('approved'), author)).toBe(true)
  expect(requestCan.execute(request('waiting'), author)).toBe(false)
  expect(requestCan.execute(request('approved'), second)).toBe(false)
  expect(requestCan.execute(request('approved'), reader)).toBe(false)
})

test('what was executed can be undone for as long as the way back is kept', () => {
  expect(requestCan.undo(request('executed', '2026-11-24T10:00:00Z'), author)).toBe(true)
  expect(requestCan.undo(request('executed'), author)).toBe(false)
  expect(requestCan.undo(request('undone', '2026-11-24T10:00:00Z'), author)).toBe(false)
})

test('an execution goes by a simulation of one’s own that does what was approved and was not used', () => {
  const receipt = { digest: 'a', until: '2026-11-23T10:05:00Z', used: false, writes: true }
  expect(mayGoBy({ by: claire, receipt }, author, 'a')).toBe(true)
  expect(mayGoBy({ by: claire, receipt }, second, 'a')).toBe(false)
  expect(mayGoBy({ by: claire, receipt }, author, 'b')).toBe(false)
  expect(mayGoBy({ by: claire, receipt: { ...receipt, used: true } }, author, 'a')).toBe(false)
  expect(mayGoBy({ by: claire, receipt: null }, author, 'a')).toBe(false)
})
