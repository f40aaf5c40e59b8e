import { expect, test } from 'vitest'
import { standingOf, type Facts } from './standing.ts'

const invoice = (over: Partial<Facts>): Facts => ({
  kind: 'invoice',
  state: 'issued',
  dueOn: '2026-10-31',
  totalInclCents: 2_900,
  paidCents: 0,
  creditedCents: 0,
  ...over,
})

test.for([
  ['on the day it is due is not late yet', {}, '2026-10-31', ['unpaid', 0, 2_900]],
  ['is late the day after', {}, '2026-11-01', ['overdue', 1, 2_900]],
  ['paid in part owes the rest', { paidCents: 1_000 }, '2026-12-31', ['overdue', 61, 1_900]],
  ['paid whole owes nothing however late', { paidCents: 2_900 }, '2026-12-31', ['paid', 0, 0]],
  ['paid too much owes nothing', { paidCents: 3_000 }, '2026-12-31', ['paid', 0, 0]],
  [
    'that credit notes alone settled was paid by nobody',
    { paidCents: 2_900, creditedCents: 2_900 },
    '2026-12-31',
    ['credited', 0, 0],
  ],
  [
    'that money and a credit note settled is paid',
    { paidCents: 2_900, creditedCents: 2_000 },
    '2026-12-31',
    ['paid', 0, 0],
  ],
  ['of nothing is paid', { totalInclCents: 0 }, '2026-12-31', ['paid', 0, 0]],
  ['that is a draft owes nothing yet', { state: 'draft', dueOn: null }, '2026-12-31', ['draft', 0, 0]],
  [
    'that is a credit note is never owed',
    { kind: 'credit_note', totalInclCents: -2_900 },
    '2026-12-31',
    ['issued', 0, 0],
  ],
] as const)('an invoice %s', ([, over, today, expected]) => {
  const { state, daysLate, outstandingCents } = standingOf(invoice(over), today)
  expect([state, daysLate, outstandingCents]).toEqual(expected)
})
