import { expect, test } from 'vitest'
import { usual } from './bounds.ts'
import { sharing } from './sharing.ts'

const reads = { does: 'reads', text: 'SELECT' } as const
const writes = { does: 'writes', text: 'UPDATE' } as const
const returns = { does: 'writes', text: 'UPDATE t SET a = 1 RETURNING a' } as const

test('each result has its part, and leaves to the others what it does not need', () => {
  const shares = sharing({ ...usual, bytes: 3_000_000 }, [reads, writes, reads, returns])
  expect(shares.of(0).bytes).toBe(1_000_000)
  shares.took(1_000_000)
  shares.of(1)
  expect(shares.of(2).bytes).toBe(1_000_000)
  shares.took(200_000)
  expect(shares.of(3).bytes).toBe(1_800_000)
})

test('one alone has all of it, and the last of many a few rows', () => {
  expect(sharing(usual, [writes, reads]).of(1).bytes).toBe(usual.bytes)
  const many = sharing({ ...usual, bytes: 100_000 }, Array(100).fill(reads))
  for (let place = 0; place < 100; place++) {
    expect(many.of(place).bytes).toBe(20_000)
    many.took(20_000)
  }
})
