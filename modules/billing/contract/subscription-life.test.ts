import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  clientStatusWith,
  stateAfter,
  subscriptionActs,
  type SubscriptionState,
} from './subscription-life.ts'

test('whatever is done to a subscription, it can always end, and what has ended stays so', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...subscriptionActs), { maxLength: 60 }), (acts) => {
      let state: SubscriptionState = 'trialing'
      let over = false
      for (const act of acts) {
        const next = stateAfter(state, act)
        if (over) expect(next).toBeUndefined()
        if (!over) expect(stateAfter(state, 'end')).toBe('ended')
        state = next ?? state
        over ||= state === 'ended'
      }
    }),
  )
})

test('nobody owes, pauses or is cancelled who never paid', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...subscriptionActs), { maxLength: 60 }), (acts) => {
      let state: SubscriptionState = 'trialing'
      let hasPaid = false
      for (const act of acts) {
        state = stateAfter(state, act) ?? state
        hasPaid ||= state === 'active'
        if (!hasPaid) expect(['trialing', 'ended']).toContain(state)
      }
    }),
  )
})

test.for([
  ['is excluded stays excluded', 'active', { before: 'excluded', hasPaid: true }, 'excluded'],
  ['pays is a client', 'active', { before: 'prospect', hasPaid: true }, 'active'],
  ['gave notice is one until the end', 'cancelled', { before: 'active', hasPaid: true }, 'active'],
  ['tries is a prospect', 'trialing', { before: 'freemium', hasPaid: false }, 'prospect'],
  ['paid and left keeps what is free', 'ended', { before: 'active', hasPaid: true }, 'freemium'],
  ['tried and left stays a prospect', 'ended', { before: 'prospect', hasPaid: false }, 'prospect'],
] as const)('who %s', ([, state, about, status]) => {
  expect(clientStatusWith(state, about)).toBe(status)
})
