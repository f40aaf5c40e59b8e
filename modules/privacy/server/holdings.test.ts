import { expect, test } from 'vitest'
import { getHoldings, receivePrivacyRequest } from '#contract/privacy'
import { tellStories } from '../../../tests/harness/billing-stories.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { judged, keptUntil } from './holdings.ts'

const server = await testServer({ clock: { now: () => new Date('2026-07-06T08:00:00Z') } })
const nadege = await server.as('compliance')
const stories = await tellStories(server.pool)

async function holdingsOf(clientId: string | null) {
  const { id } = await nadege.call(receivePrivacyRequest, {
    body: {
      kind: 'erasure',
      clientId,
      name: 'Yvonne Delaunay',
      email: null,
      receivedOn: '2026-06-10',
      channel: 'email',
      wording: 'Effacez mon compte.',
    },
  })
  return (await nadege.call(getHoldings, { params: { id } })).holdings
}

test('invoices stay their ten years, and what they bear with them; the rest can go', async () => {
  const client = await stories.client('Roxane Arnaud')
  await stories.run(`UPDATE clients SET internal_note = 'Rappeler en mai' WHERE id = $1`, client)
  await stories.subscribe(client, { from: '2025-01-01', until: '2025-06-01', status: 'ended' })
  const invoice = await stories.invoice(client, { on: '2025-02-01' })
  await stories.pay(invoice, 2_900, '2025-02-03')
  await stories.invoice(client, { on: '2026-01-01' })
  await stories.invoice(client, { on: '2026-02-01', draft: true })
  expect(await holdingsOf(client)).toEqual([
    { kind: 'identity', count: 2, fate: 'erasable', until: null },
    { kind: 'contact', count: 2, fate: 'erasable', until: null },
    { kind: 'internal_note', count: 1, fate: 'erasable', until: null },
    { kind: 'subscriptions_ended', count: 1, fate: 'erasable', until: null },
    { kind: 'invoice_drafts', count: 1, fate: 'erasable', until: null },
    { kind: 'invoices', count: 2, fate: 'kept', until: '2036-12-31' },
    { kind: 'payments', count: 1, fate: 'kept', until: '2035-12-31' },
  ])
})

test('what a running contract needs stays as long as it runs', async () => {
  const client = await stories.client('Odile Verneuil')
  await stories.subscribe(client, { from: '2026-01-01' })
  expect(await holdingsOf(client)).toEqual([
    { kind: 'identity', count: 2, fate: 'needed', until: null },
    { kind: 'contact', count: 2, fate: 'needed', until: null },
    { kind: 'subscription_running', count: 1, fate: 'needed', until: null },
  ])
})

test('of the log, the details can be erased; the leaves name nobody', async () => {
  const client = await stories.client('Bastien Colombier')
  await (await server.as('administrator')).send('POST', `/api/v1/clients/${client}/trashing`, { body: {} })
  const holdings = await holdingsOf(client)
  expect(holdings?.filter(({ kind }) => kind.startsWith('audit'))).toEqual([
    { kind: 'audit_payloads', count: 1, fate: 'erasable', until: null },
    { kind: 'audit_leaves', count: 1, fate: 'impersonal', until: null },
  ])
})

test('of somebody who is no client nothing is listed', async () => {
  expect(await holdingsOf(null)).toBeNull()
})

test('after ten years, counted from the end of the year of the last one, invoices can go', () => {
  const held = {
    identity: 0,
    contact: 0,
    professionalNumbers: 0,
    internalNote: 0,
    running: 0,
    ended: 0,
    drafts: 0,
    invoices: 3,
    lastIssuedOn: '2016-03-01',
    payments: 0,
    lastReceivedOn: null,
    entries: 0,
    payloads: 0,
  }
  expect(keptUntil('2016-03-01')).toBe('2026-12-31')
  expect(judged(held, '2026-12-31')).toMatchObject([{ fate: 'kept', until: '2026-12-31' }])
  expect(judged(held, '2027-01-01')).toMatchObject([{ fate: 'erasable', until: null }])
})
