import fc from 'fast-check'
import { expect, test } from 'vitest'
import { vaultOf } from '#platform/server/vault.ts'
import { isSupportAddress, replyAddress, ticketInAddresses } from './reply-address.ts'

const vault = vaultOf(Buffer.alloc(32, 7))
const support = 'Support@example.com'
const of = (number: number) => replyAddress(vault, support, number)
const named = (...addresses: string[]) => ticketInAddresses(vault, support, addresses)

test('an answer names its ticket, in whatever letters, among whichever others', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999 }), (number) => {
      expect(named('karim@example.com', of(number).toUpperCase(), support)).toBe(number)
    }),
  )
  expect(of(33)).toMatch(/^Support\+33-[a-z2-7]{16}@example\.com$/)
})

test('nobody makes one: another number, another letter, another installation’s are all wrong', () => {
  const real = of(33)
  expect(named(real.replace('+33-', '+34-'))).toBe('wrong')
  for (let at = 0; at < 16; at++) {
    const place = real.indexOf('-') + 1 + at
    const other = real[place] === 'a' ? 'b' : 'a'
    expect(named(real.slice(0, place) + other + real.slice(place + 1)), `letter ${at}`).toBe('wrong')
  }
  expect(named(replyAddress(vaultOf(Buffer.alloc(32, 8)), support, 33))).toBe('wrong')
})

test('one that holds is believed beside one that does not', () => {
  expect(named(of(33).replace('+33-', '+34-'), of(33))).toBe(33)
})

test.for([
  ['support@example.com'],
  ['support+factures@example.com'],
  ['support+33@example.com'],
  ['support+33-court@example.com'],
  [of(33).replace('@example.com', '@example.org')],
  [of(33).replace('Support', 'ventes')],
  [''],
])('%s says nothing of a ticket', ([address = '']) => {
  expect(named(address)).toBeUndefined()
})

test.for([
  ['support@example.com', true],
  [of(33), true],
  ['supports@example.com', false],
  ['support@example.org', false],
] as const)('whether %s is ours: %s', ([address, ours]) => {
  expect(isSupportAddress(support, address)).toBe(ours)
})
