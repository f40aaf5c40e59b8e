/** What an approved platform is handed, what it answers, and what it is not handed. */
import {
  answerInSandbox,
  depositInvoice,
  depositWaiting,
  invoiceDeposited,
  invoiceNotDeposited,
  invoiceNotForPlatform,
  getReport,
  listReports,
  reportPeriodWrong,
  reportSubmitted,
  statusReasonMissing,
  submitReport,
} from '#contract/billing'
import { billableClient, issuedFor, openBilling, privateClient } from '../../harness/billing.ts'
import type { Browserless } from '../../harness/browserless.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import type { RefusalStory, WriteStory } from './story.ts'

async function issued(server: TenancyServer, as: Browserless, name = 'Mireille Thouvenin') {
  await openBilling(server.db)
  return issuedFor(as, await billableClient(server.db, name))
}

/** As if the platform had taken it in: the errand runs where no story waits for it. */
async function takenIn(server: TenancyServer, as: Browserless) {
  const { id } = await issued(server, as)
  await as.call(depositInvoice, { params: { id } })
  await server.db
    .updateTable('platformDeposits')
    .set({ state: 'deposited' })
    .where('invoiceId', '=', id)
    .execute()
  return id
}

async function periodOver(server: TenancyServer, as: Browserless, place: number) {
  await openBilling(server.db)
  const { rows } = await as.call(listReports)
  const { from, until } = rows.filter(({ state }) => state === 'due')[place] ?? {}
  if (from === undefined || until === undefined) throw new Error('half a year has periods that are over')
  return { from, until }
}

export const writes: WriteStory[] = [
  {
    endpoint: depositInvoice,
    tell: async (server) => {
      const as = await server.as('billing')
      return { as, input: { params: { id: (await issued(server, as)).id } } }
    },
  },
  {
    endpoint: depositWaiting,
    tell: async (server) => {
      const as = await server.as('billing')
      await issued(server, as)
      return { as }
    },
  },
  {
    endpoint: submitReport,
    tell: async (server) => {
      const as = await server.as('billing')
      return { as, input: { body: await periodOver(server, as, 0) } }
    },
  },
  {
    endpoint: answerInSandbox,
    tell: async (server) => {
      const as = await server.as('billing')
      return { as, input: { body: { invoiceId: await takenIn(server, as), code: 205 } } }
    },
  },
]

export const refusals: RefusalStory[] = [
  {
    endpoint: depositInvoice,
    refusal: invoiceNotForPlatform,
    tell: async (server) => {
      const as = await server.as('billing')
      await openBilling(server.db)
      const { id } = await issuedFor(as, await privateClient(server.db, as))
      return { as, input: { params: { id } } }
    },
  },
  {
    endpoint: depositInvoice,
    refusal: invoiceDeposited,
    tell: async (server) => {
      const as = await server.as('administrator')
      return { as, input: { params: { id: await takenIn(server, as) } } }
    },
  },
  {
    endpoint: getReport,
    refusal: reportPeriodWrong,
    tell: async (server) => ({
      as: await server.as('direction'),
      input: { params: { from: '2026-01-02', until: '2026-01-03' } },
    }),
  },
  {
    endpoint: submitReport,
    refusal: reportPeriodWrong,
    tell: async (server) => ({
      as: await server.as('billing'),
      input: { body: { from: '2026-01-02', until: '2026-01-03' } },
    }),
  },
  {
    endpoint: submitReport,
    refusal: reportSubmitted,
    tell: async (server) => {
      const as = await server.as('administrator')
      const body = await periodOver(server, as, 1)
      await as.call(submitReport, { body })
      return { as, input: { body } }
    },
  },
  {
    endpoint: answerInSandbox,
    refusal: invoiceNotDeposited,
    tell: async (server) => {
      const as = await server.as('billing')
      return { as, input: { body: { invoiceId: (await issued(server, as)).id, code: 205 } } }
    },
  },
  {
    endpoint: answerInSandbox,
    refusal: statusReasonMissing,
    tell: async (server) => {
      const as = await server.as('administrator')
      return { as, input: { body: { invoiceId: await takenIn(server, as), code: 210 } } }
    },
  },
]
