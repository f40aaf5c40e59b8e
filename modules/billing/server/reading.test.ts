import { beforeAll, expect, test } from 'vitest'
import { getInvoice } from '#contract/billing'
import type { Browserless } from '../../../tests/harness/browserless.ts'
import { tellStories, type Stories } from '../../../tests/harness/billing-stories.ts'
import { testServer } from '../../../tests/harness/server.ts'

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

test('an invoice nobody has is not found, like an address that names none', async () => {
  expect((await billing.refused(getInvoice, { params: { id: crypto.randomUUID() } })).status).toBe(404)
  expect((await billing.refused(getInvoice, { params: { id: 'F-2026-00001' } })).status).toBe(404)
})
