import { describe, expect, test } from 'vitest'
import {
  answerInSandbox,
  depositInvoice,
  depositWaiting,
  getInvoicePlatform,
  invoiceDeposited,
  invoiceNotForPlatform,
  listDeposits,
  listInvoiceEvents,
  recordPaymentByHand,
  saveBillingProfile,
  statusReasonMissing,
} from '#contract/billing'
import { systemClock } from '#platform/server/clock.ts'
import { openLog } from '#platform/server/log.ts'
import { billableClient, issuedFor, openBilling, privateClient } from '../../../../tests/harness/billing.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import type { ApprovedPlatform } from './approved-platform.ts'
import { depositNow, handOver } from './depositing.ts'
import { hear } from './hearing.ts'
import { statusMessage } from './life-cycle.ts'
import { sandbox } from './sandbox.ts'
import { tellCollected } from './telling.ts'

const server = await testServer()
await openBilling(server.db)
const billing = await server.as('billing')
const log = openLog('silent')
const parts = {
  db: server.db,
  clock: systemClock,
  log,
  audit: server.audit,
  environment: 'test' as const,
  jobs: () => {
    throw new Error('nothing is queued here')
  },
}

/** Issued and taken in by a platform. */
async function deposited(name: string, platform: ApprovedPlatform = sandbox) {
  const client = await billableClient(server.db, name)
  const { id, number, issuedOn } = await issuedFor(billing, client)
  const deposit = await billing.call(depositInvoice, { params: { id } })
  await depositNow(parts, deposit.id, platform)
  return { client, id, number, issuedOn, deposit: deposit.id }
}
/** Handed over, and taken by no process: the server of these tests runs errands too. */
async function waiting(invoiceId: string) {
  const { companyId, xmlSha256 } = await server.db
    .selectFrom('invoiceDocuments')
    .where('invoiceId', '=', invoiceId)
    .select(['companyId', 'xmlSha256'])
    .executeTakeFirstOrThrow()
  const quiet = {
    start: () => Promise.resolve(''),
    send: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
  const deposit = await handOver(server.db, { jobs: () => quiet }, sandbox, {
    companyId,
    invoiceId,
    xmlSha256,
  })
  if (!deposit) throw new Error('it lies there already')
  return deposit
}
const standing = (id: string) => billing.call(getInvoicePlatform, { params: { id } })
const seller = { siren: '123456782', address: '123456782' }

describe('handing an invoice over', () => {
  test('it waits, is taken in, and the platform says « déposée »', async () => {
    const client = await billableClient(server.db, 'Mireille Thouvenin')
    const { id } = await issuedFor(billing, client)
    expect(await standing(id)).toMatchObject({
      concerns: 'invoice',
      deposit: null,
      statuses: [],
      sandbox: true,
    })
    const deposit = await billing.call(depositInvoice, { params: { id } })
    expect(deposit).toMatchObject({ state: 'waiting', platform: 'sandbox', attempts: 0 })
    await depositNow(parts, deposit.id)
    // A process that dies before it told is begun again: nothing comes of it.
    await depositNow(parts, deposit.id)
    expect(await standing(id)).toMatchObject({
      deposit: { state: 'deposited', platformId: `sandbox-${deposit.id}`, attempts: 1 },
      statuses: [{ code: 200 }],
    })
    await expect(billing.call(depositInvoice, { params: { id } })).rejects.toThrow(invoiceDeposited.code)
  })

  test('what goes to a private person is reported, not deposited', async () => {
    const client = await privateClient(server.db, billing)
    const { id } = await issuedFor(billing, client)
    expect((await standing(id)).concerns).toBe('report')
    await expect(billing.call(depositInvoice, { params: { id } })).rejects.toThrow(invoiceNotForPlatform.code)
  })

  test('who stands in no directory is rejected, with the reason', async () => {
    const client = await billableClient(server.db, 'Zoé Absente', { siret: null })
    await billing.call(saveBillingProfile, {
      params: { id: client },
      body: { audience: 'business', siren: '000000000', revision: 0 },
    })
    const { id } = await issuedFor(billing, client)
    const deposit = await billing.call(depositInvoice, { params: { id } })
    await depositNow(parts, deposit.id)
    expect(await standing(id)).toMatchObject({
      deposit: { state: 'rejected', reason: expect.stringContaining('DEST_INC') as string },
      statuses: [{ code: 213, reasonCode: 'DEST_INC' }],
    })
    // The same number is never handed over again: it is credited, and invoiced anew.
    await expect(billing.call(depositInvoice, { params: { id } })).rejects.toThrow(invoiceDeposited.code)
  })

  test('two processes that hand over the same invoice leave it as the first one left it', async () => {
    const client = await billableClient(server.db, 'Zoé Encore', { siret: null })
    await billing.call(saveBillingProfile, {
      params: { id: client },
      body: { audience: 'business', siren: '000000000', revision: 0 },
    })
    const { id } = await issuedFor(billing, client)
    const deposit = await waiting(id)
    // The slower one asked while it still waited, and hears of it after it was rejected.
    const slower: ApprovedPlatform = {
      ...sandbox,
      deposit: async (invoice) => {
        await depositNow(parts, deposit.id)
        return sandbox.deposit(invoice)
      },
    }
    await depositNow(parts, deposit.id, slower)
    const { deposit: left, statuses } = await standing(id)
    expect(left?.state).toBe('rejected')
    expect(statuses).toHaveLength(1)
  })

  test('a platform that does not answer is asked again', async () => {
    const silent: ApprovedPlatform = {
      ...sandbox,
      deposit: () => Promise.reject(new Error('connect ETIMEDOUT')),
    }
    const client = await billableClient(server.db, 'Paul Lent')
    const { id } = await issuedFor(billing, client)
    const deposit = await waiting(id)
    await expect(depositNow(parts, deposit.id, silent)).rejects.toThrow('ETIMEDOUT')
    expect((await standing(id)).deposit).toMatchObject({
      state: 'waiting',
      attempts: 1,
      reason: 'unreachable',
    })
    await depositNow(parts, deposit.id)
    expect((await standing(id)).deposit).toMatchObject({ state: 'deposited', attempts: 2, reason: '' })
  })

  test('all that were not handed over go at once, each once', async () => {
    const client = await billableClient(server.db, 'Anne Nombreuse')
    const one = await issuedFor(billing, client)
    const other = await issuedFor(billing, client)
    const { toDeposit } = await billing.call(listDeposits, { query: {} })
    expect(toDeposit).toBeGreaterThanOrEqual(2)
    expect(await billing.call(depositWaiting)).toEqual({ queued: toDeposit, left: 0 })
    expect(await billing.call(depositWaiting)).toEqual({ queued: 0, left: 0 })
    const { rows } = await billing.call(listDeposits, { query: { limit: 200 } })
    expect(rows.map(({ invoice }) => invoice.id)).toEqual(expect.arrayContaining([one.id, other.id]))
  })
})

describe('what is told', () => {
  test('a refusal names its reason, or is not said', async () => {
    const { id } = await deposited('Luc Refuse')
    await expect(
      billing.call(answerInSandbox, { body: { invoiceId: id, code: 210, reasonCode: 'REJ_SEMAN' } }),
    ).rejects.toThrow(statusReasonMissing.code)
    await billing.call(answerInSandbox, {
      body: { invoiceId: id, code: 210, reasonCode: 'TX_TVA_ERR', reason: 'Taux erroné' },
    })
    expect((await standing(id)).statuses.at(-1)).toMatchObject({
      code: 210,
      reasonCode: 'TX_TVA_ERR',
      reason: 'Taux erroné',
    })
    expect((await standing(id)).deposit?.state).toBe('deposited')
    const list = (state: 'refused' | 'rejected') => billing.call(listDeposits, { query: { state } })
    expect(await list('refused')).toMatchObject({ total: 1, rows: [{ invoice: { id }, status: 210 }] })
    expect((await list('rejected')).rows.some(({ invoice }) => invoice.id === id)).toBe(false)
  })

  test('a message that comes twice is known', async () => {
    const { id, number, issuedOn } = await deposited('Jeanne Deux')
    const xml = statusMessage({
      id: `twice-${number}`,
      code: 205,
      at: new Date(),
      invoice: { number, typeCode: 380, issuedOn },
      seller,
    })
    expect(await hear(server.db, parts, xml)).toMatchObject({ outcome: 'done', invoiceId: id })
    expect(await hear(server.db, parts, xml)).toMatchObject({ outcome: 'known' })
  })

  test.each([
    ['another seller', { seller: { siren: '987654324', address: '987654324' } }],
    ['another day', { invoice: { issuedOn: '2020-01-01' } }],
    ['a number that is not ours', { invoice: { number: 'FA-1999-000001' } }],
  ])('%s changes nothing', async (_what, over: { seller?: typeof seller; invoice?: object }) => {
    const { id, number, issuedOn } = await deposited('Rémi Sourd')
    const before = await standing(id)
    const message = { id: `x-${number}`, code: 213, at: new Date(), reason: { code: 'DOUBLON', text: '' } }
    const invoice = { number, typeCode: 380, issuedOn, ...over.invoice }
    const xml = statusMessage({ ...message, invoice, seller: over.seller ?? seller })
    expect(await hear(server.db, parts, xml)).toEqual({ outcome: 'ignored' })
    expect(await standing(id)).toEqual(before)
  })

  test.each([
    ['nothing', ''],
    ['no XML', '{"code":213}'],
    ['an entity', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['half a message', '<rsm:CrossDomainAcknowledgementAndResponse>'],
    ['another document', '<a><b>213</b></a>'],
    ['a megabyte', `<a>${'x'.repeat(1_000_000)}</a>`],
  ])('%s is ignored', async (_what, xml) => {
    expect(await hear(server.db, parts, xml)).toEqual({ outcome: 'ignored' })
  })

  test('what is collected is told once, with the amount of each rate', async () => {
    const { id, client, number, issuedOn } = await deposited('Hélène Payante')
    await billing.call(recordPaymentByHand, {
      body: {
        clientId: client,
        amountCents: 2_900,
        receivedOn: issuedOn,
        method: 'transfer',
        reference: number,
        allocations: [{ invoiceId: id, amountCents: 2_900 }],
      },
    })
    const told: string[] = []
    const listening: ApprovedPlatform = {
      ...sandbox,
      tell: ({ xml }) => Promise.resolve(void told.push(xml)),
    }
    expect((await standing(id)).statuses.at(-1)).toMatchObject({ code: 212, passedOn: false })
    expect(await tellCollected(server.db, parts, listening)).toBe(1)
    expect(await tellCollected(server.db, parts, listening)).toBe(0)
    expect(told).toHaveLength(1)
    expect(told[0]).toMatch(
      /<ram:ValueAmount currencyID="EUR">29\.00<\/ram:ValueAmount><ram:ValuePercent>20\.00</,
    )
    expect((await standing(id)).statuses.at(-1)).toMatchObject({
      code: 212,
      passedOn: true,
      rates: [{ basisPoints: 2_000, amountCents: 2_900 }],
    })
    const { rows } = await billing.call(listInvoiceEvents, { params: { id } })
    expect(rows.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['deposited', 'paid', 'collected']))
  })
})
