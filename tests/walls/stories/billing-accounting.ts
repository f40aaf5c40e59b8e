/** The books: files that are taken out, and months that are closed. */
import * as billing from '#contract/billing'
import { openBilling } from '../../harness/billing.ts'
import { tellStories } from '../../harness/billing-stories.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import type { LookStory, RefusalStory, WriteStory } from './story.ts'

/** Somebody was invoiced long ago, before the company's settings began. */
async function longAgo(server: TenancyServer) {
  await openBilling(server.db)
  const told = await tellStories(server.pool)
  const client = await told.client('Paul Ancien', {})
  await told.run('update clients set email = $2 where id = $1', client, `${client}@example.com`)
  const number = `F-2012-${client.slice(-8)}`
  await told.run(
    `insert into invoices (client_id, state, origin, number, issued_on, due_on, total_excl_cents, total_vat_cents)
     values ($1, 'issued', 'import', $2, '2012-03-05', '2012-04-04', 2417, 483)`,
    client,
    number,
  )
  return server.as('billing')
}

/** The first month that may be closed. */
async function closable(server: TenancyServer) {
  const as = await longAgo(server)
  const { rows } = await as.call(billing.listAccountingMonths)
  const month = rows.find(({ mayClose }) => mayClose)?.month ?? ''
  return { as, input: { params: { month } } }
}

export const writes: readonly WriteStory[] = [
  {
    endpoint: billing.startAccountingExport,
    tell: async (server) => ({
      as: await longAgo(server),
      input: { body: { what: 'entries', month: '2012-03' } },
    }),
  },
  { endpoint: billing.closeMonth, tell: closable },
]

export const looks: readonly LookStory[] = [
  {
    endpoint: billing.exportRevenueReport,
    tell: async (server) => ({ as: await longAgo(server), input: { query: { year: 2012 } } }),
  },
  {
    endpoint: billing.exportInvoices,
    tell: async (server) => ({ as: await server.as('direction'), input: { query: { state: 'unpaid' } } }),
  },
]

export const refusals: readonly RefusalStory[] = [
  {
    endpoint: billing.startAccountingExport,
    refusal: billing.sirenMissing,
    tell: async (server) => ({ as: await longAgo(server), input: { body: { what: 'fec', year: 2012 } } }),
  },
  {
    endpoint: billing.startAccountingExport,
    refusal: billing.nothingToExport,
    tell: async (server) => {
      await longAgo(server)
      return { as: await server.as('administrator'), input: { body: { what: 'fec', year: 2001 } } }
    },
  },
  {
    endpoint: billing.closeMonth,
    refusal: billing.monthStillOpen,
    tell: async (server) => ({
      as: await longAgo(server),
      input: { params: { month: new Date().toISOString().slice(0, 7) } },
    }),
  },
  {
    endpoint: billing.closeMonth,
    refusal: billing.accountingMonthClosed,
    async tell(server) {
      const { input } = await closable(server)
      const as = await server.as('administrator')
      await as.call(billing.closeMonth, input)
      return { as, input }
    },
  },
]
