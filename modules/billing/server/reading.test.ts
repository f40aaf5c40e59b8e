import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { getInvoice } from '#contract/billing'
import { vatOn } from '#platform/contract/money.ts'
import type { Browserless } from '../../../tests/harness/browserless.ts'
import { tellStories, type Stories } from '../../../tests/harness/billing-stories.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { vatPerRate } from './reading.ts'

const server = await testServer()
let billing: Browserless
let told: Stories

beforeAll(async () => {
  billing = await server.as('billing')
  told = await tellStories(server.pool)
})

test('the reference invoice: 1 × 24,17 € at 20 % make 4,83 € of VAT and 29,00 €', async () => {
  const mireille = await told.client('Mireille Thouvenin')
  const id = await told.invoice(mireille, { on: '2026-01-01', due: '2026-01-16' })
  await told.pay(id, 1_000, '2026-01-09')
  await told.pay(id, 1_900, '2026-01-14')
  expect(await billing.call(getInvoice, { params: { id } })).toMatchObject({
    kind: 'invoice',
    state: 'paid',
    exclCents: 2_417,
    vatCents: 483,
    inclCents: 2_900,
    outstandingCents: 0,
    client: { firstName: 'Mireille', lastName: 'Thouvenin' },
    lines: [
      {
        description: 'Abonnement à MaGestionPsy',
        quantity: 1,
        unitPriceCents: 2_417,
        vatBasisPoints: 2_000,
        exclCents: 2_417,
      },
    ],
    vat: [{ vatBasisPoints: 2_000, baseCents: 2_417, vatCents: 483 }],
    payments: [
      { receivedOn: '2026-01-09', method: 'transfer', amountCents: 1_000 },
      { receivedOn: '2026-01-14', method: 'transfer', amountCents: 1_900 },
    ],
  })
})

test('a credit note takes back to the cent what the invoice asked', async () => {
  const id = await told.invoice(await told.client('Hugo Roche'), { on: '2026-01-04', excl: -2_417 })
  expect(await billing.call(getInvoice, { params: { id } })).toMatchObject({
    state: 'issued',
    inclCents: -2_900,
    lines: [{ quantity: -1, unitPriceCents: 2_417, exclCents: -2_417 }],
    vat: [{ baseCents: -2_417, vatCents: -483 }],
  })
})

test('VAT is on the sum of a rate, not on each line', () => {
  const lines = [
    { vatBasisPoints: 550, exclCents: 10 },
    { vatBasisPoints: 2_000, exclCents: 2 },
    { vatBasisPoints: 2_000, exclCents: 2 },
  ]
  // Each line alone would round to nothing.
  expect(vatPerRate(lines)).toEqual([
    { vatBasisPoints: 2_000, baseCents: 4, vatCents: 1 },
    { vatBasisPoints: 550, baseCents: 10, vatCents: 1 },
  ])
})

test('every cent of the lines stands in one base, whatever the lines', () => {
  const line = fc.record({
    vatBasisPoints: fc.constantFrom(0, 210, 550, 1_000, 2_000),
    exclCents: fc.integer({ min: -1e6, max: 1e6 }),
  })
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const rates = vatPerRate(lines)
      expect(rates.reduce((sum, { baseCents }) => sum + baseCents, 0)).toBe(
        lines.reduce((sum, { exclCents }) => sum + exclCents, 0),
      )
      for (const { vatBasisPoints, baseCents, vatCents } of rates)
        expect(vatCents).toBe(vatOn(baseCents, vatBasisPoints))
    }),
  )
})

test('an invoice nobody has is not found, like an address that names none', async () => {
  expect((await billing.refused(getInvoice, { params: { id: crypto.randomUUID() } })).status).toBe(404)
  expect((await billing.refused(getInvoice, { params: { id: 'F-2026-00001' } })).status).toBe(404)
})
