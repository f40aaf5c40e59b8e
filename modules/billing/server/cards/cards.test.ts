import { createHmac } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  actInSandbox,
  getInvoice,
  listCardCheckouts,
  openCardCheckout,
  receiveCardEvent,
  refundClient,
} from '#contract/billing'
import { addressOf } from '#platform/contract/endpoint.ts'
import { tellStories, type Stories } from '../../../../tests/harness/billing-stories.ts'
import { openBrowserless, type Browserless } from '../../../../tests/harness/browserless.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
let billing: Browserless
let told: Stories

beforeAll(async () => {
  billing = await server.as('billing')
  told = await tellStories(server.pool)
})

const provider = () => openBrowserless(server.app, 'localhost:3000', '192.0.2.10')
let count = 0
/** A call as the provider makes it; a secret that is wrong, where none is given. */
const call = (
  body: string,
  over: { id?: string; signature?: string; timestamp?: string; secret?: Buffer } = {},
) => {
  const id = over.id ?? `evt_${++count}`
  const timestamp = over.timestamp ?? String(Math.floor(Date.now() / 1_000))
  const mac = createHmac('sha256', over.secret ?? 'wrong')
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64')
  return provider().send('POST', addressOf(receiveCardEvent), {
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': over.signature ?? `v1,${mac}`,
    },
    payload: body,
  })
}

async function opened() {
  const client = await told.client(`Carte N${++count}`)
  const invoice = await told.invoice(client, { on: '2026-10-01', due: '2099-01-01' })
  return { invoice, checkout: await billing.call(openCardCheckout, { params: { id: invoice } }) }
}
const stateOf = async (id: string) => (await billing.call(getInvoice, { params: { id } })).state

describe('a card', () => {
  test('pays what is left of an invoice, and is sent back by its provider', async () => {
    const { invoice, checkout } = await opened()
    expect(checkout).toMatchObject({ state: 'open', amountCents: 2_900 })
    // Asked again it is the same page.
    expect((await billing.call(openCardCheckout, { params: { id: invoice } })).id).toBe(checkout.id)
    const act = (what: 'pay' | 'refund') =>
      billing.call(actInSandbox, { params: { id: checkout.id }, body: { act: what } })
    expect(await act('pay')).toMatchObject({ state: 'paid', url: null })
    expect(await stateOf(invoice)).toBe('paid')
    expect((await billing.refused(openCardCheckout, { params: { id: invoice } })).code).toBe(
      'invoice_not_payable',
    )
    expect(await act('refund')).toMatchObject({ state: 'refunded' })
    expect(await stateOf(invoice)).toBe('unpaid')
  })

  test('that is refused leaves the invoice as it was', async () => {
    const { invoice, checkout } = await opened()
    const fail = { params: { id: checkout.id }, body: { act: 'fail' } } as const
    expect(await billing.call(actInSandbox, fail)).toMatchObject({ state: 'failed' })
    expect((await billing.refused(actInSandbox, fail)).code).toBe('checkout_over')
    expect(await stateOf(invoice)).toBe('unpaid')
    expect((await billing.call(listCardCheckouts, { params: { id: invoice } })).rows).toHaveLength(1)
  })
})

describe('a call that is not the provider’s', () => {
  test.each([
    ['signed with another secret', {}],
    ['without a signature', { signature: '' }],
    ['with signs that are none', { signature: 'v1,****' }],
    ['dated in words', { timestamp: 'hier' }],
  ])('%s changes nothing', async (_, over) => {
    const { invoice, checkout } = await opened()
    const body = JSON.stringify({
      type: 'checkout.paid',
      data: { checkout: `sandbox_${checkout.id}`, amountCents: 2_900, currency: 'EUR' },
    })
    const reply = await call(body, over)
    expect([reply.status, reply.text]).toEqual([403, expect.stringContaining('webhook_forged')])
    expect(await stateOf(invoice)).toBe('unpaid')
  })
})

test('a call that is said again, even at once, pays once; of a page nobody opened it is ignored', async () => {
  const { invoice, checkout } = await opened()
  const secret = server.vault.mac(Buffer.from('card sandbox'), 'webhook secret')
  const body = JSON.stringify({
    type: 'checkout.paid',
    data: { checkout: `sandbox_${checkout.id}`, amountCents: 2_900, currency: 'EUR' },
  })
  const said = () => call(body, { id: 'evt_twice', secret })
  const outcomes = (await Promise.all([said(), said(), said()])).map(
    ({ text }) => (JSON.parse(text) as { outcome: string }).outcome,
  )
  expect(outcomes.toSorted()).toEqual(['done', 'known', 'known'])
  expect(await stateOf(invoice)).toBe('paid')
  const payments = await told.run('select 1 from payments where reference = $1', `sandbox_${checkout.id}`)
  expect(payments).toHaveLength(1)
  // Another event about what is paid already.
  expect((await call(body, { secret })).text).toContain('ignored')
  expect((await call(body.replace(checkout.id, 'nobody'), { secret })).text).toContain('ignored')
  const late = String(Math.floor(Date.now() / 1_000) - 3_600)
  expect((await call(body, { secret, timestamp: late })).text).toContain('webhook_stale')
  expect((await call('{"type":"ping"}', { secret })).text).toContain('webhook_unreadable')
})

describe('a call of the provider', () => {
  const secret = () => server.vault.mac(Buffer.from('card sandbox'), 'webhook secret')
  const say = async (type: string, checkout: { id: string }, amountCents: number, currency?: string) => {
    const data = { checkout: `sandbox_${checkout.id}`, amountCents, currency: currency ?? 'EUR' }
    const { text } = await call(JSON.stringify({ type: `checkout.${type}`, data }), { secret: secret() })
    return JSON.parse(text) as { outcome?: string; error?: { code: string } }
  }
  const amountsOf = async (checkout: { id: string }) =>
    (
      await told.run(
        'select amount_cents from payments where reference = $1 order by id',
        `sandbox_${checkout.id}`,
      )
    ).map(({ amount_cents: cents }) => cents)
  const checkoutOf = async (invoice: string) =>
    (await billing.call(listCardCheckouts, { params: { id: invoice } })).rows[0]

  test('in another currency, or in none, is understood by nobody', async () => {
    const { invoice, checkout } = await opened()
    expect((await say('paid', checkout, 2_900, 'USD')).error?.code).toBe('webhook_unreadable')
    const bare = { type: 'checkout.paid', data: { checkout: `sandbox_${checkout.id}`, amountCents: 2_900 } }
    expect((await call(JSON.stringify(bare), { secret: secret() })).text).toContain('webhook_unreadable')
    expect(await stateOf(invoice)).toBe('unpaid')
    expect(await say('paid', checkout, 2_900)).toEqual({ outcome: 'done' })
  })

  test('that tells first of what came second leaves the same behind', async () => {
    const { invoice, checkout } = await opened()
    expect(await say('refunded', checkout, 2_900)).toEqual({ outcome: 'done' })
    expect(await say('paid', checkout, 2_900)).toEqual({ outcome: 'ignored' })
    expect(await say('expired', checkout, 2_900)).toEqual({ outcome: 'ignored' })
    expect(await amountsOf(checkout)).toEqual([2_900, -2_900])
    expect(await checkoutOf(invoice)).toMatchObject({ state: 'refunded' })
    expect(await stateOf(invoice)).toBe('unpaid')
    const other = await opened()
    await say('expired', other.checkout, 2_900)
    expect(await say('paid', other.checkout, 2_900)).toEqual({ outcome: 'done' })
    expect(await stateOf(other.invoice)).toBe('paid')
  })

  test('of a part that was sent back reopens that part, and of the whole the rest', async () => {
    const { invoice, checkout } = await opened()
    await say('paid', checkout, 2_900)
    expect(await say('refunded', checkout, 1_000)).toEqual({ outcome: 'done' })
    expect(await checkoutOf(invoice)).toMatchObject({ state: 'paid' })
    const { outstandingCents } = await billing.call(getInvoice, { params: { id: invoice } })
    expect(outstandingCents).toBe(1_000)
    // What is told again, or is less than was told before, is old.
    expect(await say('refunded', checkout, 1_000)).toEqual({ outcome: 'ignored' })
    expect(await say('refunded', checkout, 2_900)).toEqual({ outcome: 'done' })
    expect(await say('refunded', checkout, 2_900)).toEqual({ outcome: 'ignored' })
    expect(await amountsOf(checkout)).toEqual([2_900, -1_000, -1_900])
    expect(await checkoutOf(invoice)).toMatchObject({ state: 'refunded' })
    expect(await stateOf(invoice)).toBe('unpaid')
  })

  test('about what a person wrote down already books the rest alone, and reopens the invoice', async () => {
    const { invoice, checkout } = await opened()
    await say('paid', checkout, 4_000)
    const { paymentId } = (await checkoutOf(invoice))!
    const sent = { from: { paymentId: paymentId! }, sentOn: '2026-11-02' } as const
    await billing.call(refundClient, { body: { ...sent, amountCents: 1_100, method: 'card' } })
    expect(await say('refunded', checkout, 4_000)).toEqual({ outcome: 'done' })
    expect((await amountsOf(checkout)).at(-1)).toBe(-2_900)
    expect(await stateOf(invoice)).toBe('unpaid')
  })
})
