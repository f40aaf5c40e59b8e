/** Money that comes in: by hand, from statements, by direct debit and by card. */
import * as billing from '#contract/billing'
import { addressOf } from '#platform/contract/endpoint.ts'
import { seedSettings } from '#server/billing'
import { createHmac, randomUUID } from 'node:crypto'
import pg from 'pg'
import { tellStories } from '../../harness/billing-stories.ts'
import { debited, earliestOf } from '../../harness/billing-debits.ts'
import { openBrowserless, type Browserless } from '../../harness/browserless.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import type { LookStory, RefusalStory, WriteStory } from './story.ts'

type Refused = RefusalStory['refusal']

/** Somebody who owes 29,00 €, and whoever keeps the accounts. */
async function owing(server: TenancyServer, excl = 2_417) {
  const as = await server.as('billing')
  const told = await tellStories(server.pool)
  const name = randomUUID().slice(0, 8)
  const client = await told.client(`Odile P${name}`)
  const day = `20${String(30 + Math.floor(Math.random() * 60))}-01-01`
  const [{ number }] = (await told.run(
    `select 'F-${day.slice(0, 4)}-' || substr(md5(random()::text), 1, 8) as number`,
  )) as [{ number: string }]
  const [{ id: invoice }] = (await told.run(
    `insert into invoices (client_id, kind, state, origin, number, issued_on, due_on, total_excl_cents, total_vat_cents)
     values ($1, $2, 'issued', 'import', $3, '2026-10-01', '2026-10-31', $4::bigint, round($4::bigint * 0.2)) returning id`,
    client,
    excl < 0 ? 'credit_note' : 'invoice',
    number,
    excl,
  )) as [{ id: string }]
  return { as, client, invoice, told }
}

async function paid(server: TenancyServer, allocated = false) {
  const story = await owing(server)
  const allocations = allocated ? [{ invoiceId: story.invoice, amountCents: 2_900 }] : []
  const { id } = await story.as.call(billing.recordPaymentByHand, {
    body: {
      clientId: story.client,
      amountCents: 2_900,
      receivedOn: '2026-10-20',
      method: 'transfer',
      allocations,
    },
  })
  return { ...story, id, params: { id } }
}
const mistake = { reason: 'Saisi deux fois' }
async function takenBack(server: TenancyServer) {
  const story = await paid(server)
  const { id: reversal } = await story.as.call(billing.reversePayment, {
    params: story.params,
    body: mistake,
  })
  return { ...story, reversal }
}

const csv = (...lines: readonly string[]) =>
  new Blob([['Date;Libellé;Montant', ...lines].join('\n')], { type: 'text/csv' })
async function sent(server: TenancyServer, file = csv(`12/11/2026;VIR ${randomUUID()};29,00`)) {
  const as = await server.as('billing')
  const { id, accounts, missing } = await as.call(billing.uploadBankFile, {
    query: { name: 'releve.csv' },
    file,
  })
  // Where several accounts are ours by now it says which it is of.
  const said = missing.length === 0 && accounts[1] ? { accountId: accounts[1].id } : {}
  return { as, id, input: { body: { fileId: id, ...said } } }
}
const ofAccount = (iban: string) =>
  new Blob(
    [
      `<Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>${iban}</IBAN></Id></Acct><Ntry><Amt Ccy="EUR">29.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-12</Dt></BookgDt><AcctSvcrRef>${randomUUID()}</AcctSvcrRef></Ntry></Stmt></BkToCstmrStmt></Document>`,
    ],
    { type: 'application/xml' },
  )
async function line(server: TenancyServer) {
  const { as, input } = await sent(server)
  const { id: from } = await as.call(billing.importBankFile, input)
  const { rows } = await as.call(billing.listBankTransactions, { query: { import: from } })
  const { client, invoice } = await owing(server)
  return { as, client, invoice, params: { id: rows[0]?.id ?? '' } }
}
async function lineMatched(server: TenancyServer) {
  const story = await line(server)
  await story.as.call(billing.matchBankTransaction, {
    params: story.params,
    body: { clientId: story.client, allocations: [] },
  })
  return story
}

const mandateOf = (clientId: string) => ({
  clientId,
  holder: 'Odile Ferrand',
  iban: 'FR7610107001011234567890129',
  signedOn: '2026-09-01',
})
async function mandated(server: TenancyServer) {
  const story = await owing(server)
  await seedSettings(server.db)
  const { id, reference } = await story.as.call(billing.addMandate, { body: mandateOf(story.client) })
  return { ...story, reference, params: { id } }
}
async function collectable(server: TenancyServer) {
  const as = await server.as('billing')
  const story = await debited(server.db, as, `Odile P${randomUUID().slice(0, 8)}`)
  const earliestOn = await earliestOf(as, story.invoice)
  return { as, ...story, earliestOn, input: { body: { collectOn: earliestOn, invoiceIds: [story.invoice] } } }
}
async function prepared(server: TenancyServer, due = true) {
  const story = await collectable(server)
  const { id } = await story.as.call(billing.prepareDirectDebit, story.input)
  if (due) {
    const behind = new pg.Client(server.database.adminUrl)
    await behind.connect()
    await behind.query(`update sepa_batches set collect_on = '2026-11-10' where id = $1`, [id])
    await behind.end()
  }
  const { collections } = await story.as.call(billing.getDirectDebit, { params: { id } })
  return { ...story, params: { id }, collection: collections[0] ?? { id: '', endToEndId: '' } }
}
const returned = { code: 'AM04', returnedOn: '2026-11-20' } as const
const returnsFile = (endToEndId: string) =>
  new Blob(
    [
      `<Document><CstmrPmtStsRpt><GrpHdr><CreDtTm>2026-11-12T08:00:00</CreDtTm></GrpHdr><OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>${endToEndId}</OrgnlEndToEndId><TxSts>RJCT</TxSts></TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`,
    ],
    { type: 'application/xml' },
  )

/** A statement says that the bank paid a file. */
async function fileBooked(server: TenancyServer) {
  const { as, params } = await prepared(server)
  const { messageId } = await as.call(billing.getDirectDebit, { params })
  const file = new Blob(
    [
      `<Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>FR7699999000010001234567809</IBAN></Id></Acct><Ntry><Amt Ccy="EUR">29.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-12</Dt></BookgDt><AcctSvcrRef>${randomUUID()}</AcctSvcrRef><NtryDtls><TxDtls><Refs><PmtInfId>${messageId}-FRST</PmtInfId></Refs></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`,
    ],
    { type: 'application/xml' },
  )
  const { input } = await sent(server, file)
  const { id } = await as.call(billing.importBankFile, input)
  return { as, id, told: await tellStories(server.pool) }
}

async function page(server: TenancyServer) {
  const { as, invoice } = await owing(server)
  const { id } = await as.call(billing.openCardCheckout, { params: { id: invoice } })
  return { as, params: { id } }
}

/** A provider that signs what it says. */
function provider(server: TenancyServer, body: string, over: { secret?: Buffer; late?: number } = {}) {
  const machine = openBrowserless(server.app, 'localhost:3000', '192.0.2.88')
  const id = `evt_${randomUUID()}`
  const timestamp = String(Math.floor(Date.now() / 1_000) - (over.late ?? 0))
  const secret = over.secret ?? server.vault.mac(Buffer.from('card sandbox'), 'webhook secret')
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
  const as: Browserless = {
    ...machine,
    ask: (endpoint) => machine.send('POST', addressOf(endpoint), { headers, payload: body }),
  }
  return { as }
}
const told = (checkout: string) =>
  JSON.stringify({ type: 'checkout.failed', data: { checkout, amountCents: 2_900, currency: 'EUR' } })

export const writes: readonly WriteStory[] = [
  {
    endpoint: billing.recordPaymentByHand,
    async tell(server) {
      const { as, client } = await owing(server)
      const body = { clientId: client, amountCents: 2_900, receivedOn: '2026-10-20', method: 'transfer' }
      return { as, input: { body } }
    },
  },
  {
    endpoint: billing.allocatePayment,
    async tell(server) {
      const { as, params, invoice } = await paid(server)
      return { as, input: { params, body: { allocations: [{ invoiceId: invoice, amountCents: 100 }] } } }
    },
  },
  {
    endpoint: billing.reversePayment,
    async tell(server) {
      const { as, params } = await paid(server, true)
      return { as, input: { params, body: mistake } }
    },
  },
  {
    endpoint: billing.refundClient,
    async tell(server) {
      const { as, id } = await paid(server)
      return {
        as,
        input: {
          body: { from: { paymentId: id }, amountCents: 100, sentOn: '2026-11-02', method: 'transfer' },
        },
      }
    },
  },
  {
    endpoint: billing.allocateCreditNote,
    async tell(server) {
      const { as, invoice } = await owing(server, -2_417)
      return { as, input: { params: { id: invoice }, body: { allocations: [] } } }
    },
  },
  {
    endpoint: billing.uploadBankFile,
    tell: async (server) => ({
      as: await server.as('billing'),
      input: { query: { name: 'releve.csv' }, file: csv('12/11/2026;VIR;1,00') },
    }),
  },
  { endpoint: billing.importBankFile, tell: (server) => sent(server) },
  {
    endpoint: billing.matchBankTransaction,
    async tell(server) {
      const { as, params, client } = await line(server)
      return { as, input: { params, body: { clientId: client, allocations: [] } } }
    },
  },
  {
    endpoint: billing.matchSureBankTransactions,
    async tell(server) {
      const { as, params } = await line(server)
      return { as, input: { body: { ids: [params.id] } } }
    },
  },
  {
    endpoint: billing.setAsideBankTransaction,
    async tell(server) {
      const { as, params } = await line(server)
      return { as, input: { params, body: { why: 'Assurance' } } }
    },
  },
  {
    endpoint: billing.reopenBankTransaction,
    async tell(server) {
      const { as, params } = await lineMatched(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: billing.addMandate,
    async tell(server) {
      const { as, client } = await owing(server)
      return { as, input: { body: mandateOf(client) } }
    },
  },
  {
    endpoint: billing.revokeMandate,
    async tell(server) {
      const { as, params } = await mandated(server)
      return { as, input: { params, body: { reason: 'Demande du client' } } }
    },
  },
  { endpoint: billing.prepareDirectDebit, tell: (server) => collectable(server) },
  {
    endpoint: billing.markDirectDebitSent,
    async tell(server) {
      const { as, params } = await prepared(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: billing.bookDirectDebit,
    async tell(server) {
      const { as, params } = await prepared(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: billing.returnCollection,
    async tell(server) {
      const { as, collection } = await prepared(server)
      return { as, input: { params: { id: collection.id }, body: returned } }
    },
  },
  {
    endpoint: billing.importReturns,
    async tell(server) {
      const { as, collection } = await prepared(server)
      return { as, input: { query: { name: 'rejets.xml' }, file: returnsFile(collection.endToEndId) } }
    },
  },
  {
    endpoint: billing.openCardCheckout,
    async tell(server) {
      const { as, invoice } = await owing(server)
      return { as, input: { params: { id: invoice } } }
    },
  },
  {
    endpoint: billing.receiveCardEvent,
    async tell(server) {
      const { params } = await page(server)
      return provider(server, told(`sandbox_${params.id}`))
    },
  },
  {
    endpoint: billing.actInSandbox,
    async tell(server) {
      const { as, params } = await page(server)
      return { as, input: { params, body: { act: 'pay' } } }
    },
  },
]

export const looks: readonly LookStory[] = [
  {
    endpoint: billing.revealMandateIban,
    async tell(server) {
      const { as, params } = await mandated(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: billing.downloadDirectDebit,
    async tell(server) {
      const { as, params } = await prepared(server)
      return { as, input: { params } }
    },
  },
]

async function closedMonth(server: TenancyServer): Promise<void> {
  await server.pool
    .query(`insert into accounting_closings (company_id, month, totals, previous_sha256, sha256)
    select id, '2019-03-01', '{}', sha256('before'), sha256('closed') from billing_companies on conflict do nothing`)
}

const recording = (
  refusal: Refused,
  over: (story: Awaited<ReturnType<typeof owing>>) => object,
): RefusalStory => ({
  endpoint: billing.recordPaymentByHand,
  refusal,
  async tell(server) {
    await closedMonth(server)
    const story = await owing(server)
    const body = { clientId: story.client, amountCents: 2_900, receivedOn: '2026-10-20', method: 'transfer' }
    return { as: story.as, input: { body: { ...body, ...over(story) } } }
  },
})
const to = (invoiceId: string, amountCents: number) => ({ allocations: [{ invoiceId, amountCents }] })

const allocating = (
  refusal: Refused,
  tell: (server: TenancyServer) => Promise<{ as: Browserless; params: { id: string }; body: object }>,
): RefusalStory => ({
  endpoint: billing.allocatePayment,
  refusal,
  async tell(server) {
    const { as, params, body } = await tell(server)
    return { as, input: { params, body } }
  },
})

const crediting = (refusal: Refused, amountCents: number, mine = true): RefusalStory => ({
  endpoint: billing.allocateCreditNote,
  refusal,
  async tell(server) {
    const { as, client, invoice: note, told: stories } = await owing(server, -5_000)
    const other = await owing(server)
    const [{ id }] = (await stories.run(
      `insert into invoices (client_id, kind, state, origin, number, issued_on, due_on, total_excl_cents, total_vat_cents)
       values ($1, 'invoice', 'issued', 'import', 'G-' || substr(md5(random()::text), 1, 12), '2026-10-01', '2026-10-31', 2417, 483) returning id`,
      client,
    )) as [{ id: string }]
    return { as, input: { params: { id: note }, body: to(mine ? id : other.invoice, amountCents) } }
  },
})

const refunding = (refusal: Refused, over: object, from?: 'reversal'): RefusalStory => ({
  endpoint: billing.refundClient,
  refusal,
  async tell(server) {
    await closedMonth(server)
    const story = from ? await takenBack(server) : { ...(await paid(server)), reversal: '' }
    const paymentId = from ? story.reversal : story.id
    const body = { from: { paymentId }, amountCents: 100, sentOn: '2026-11-02', method: 'transfer', ...over }
    return { as: story.as, input: { body } }
  },
})

const matching = (refusal: Refused, allocations: (invoice: string) => object): RefusalStory => ({
  endpoint: billing.matchBankTransaction,
  refusal,
  async tell(server) {
    const { as, params, client, invoice } = await line(server)
    return { as, input: { params, body: { clientId: client, ...allocations(invoice) } } }
  },
})

const preparing = (
  refusal: Refused,
  over: (story: Awaited<ReturnType<typeof collectable>>) => object,
): RefusalStory => ({
  endpoint: billing.prepareDirectDebit,
  refusal,
  async tell(server) {
    const story = await collectable(server)
    return { as: story.as, input: { body: { ...story.input.body, ...over(story) } } }
  },
})

export const refusals: readonly RefusalStory[] = [
  {
    // Before any story of direct debits gave the company its settings.
    endpoint: billing.prepareDirectDebit,
    refusal: billing.creditorMissing,
    async tell(server) {
      const { as, input } = await collectable(server)
      const behind = new pg.Client(server.database.adminUrl)
      await behind.connect()
      await behind.query(
        `update billing_settings set state = 'withdrawn' where kind = 'bank' and state = 'approved'`,
      )
      await behind.end()
      return { as, input }
    },
  },
  recording(billing.allocationTooLarge, ({ invoice }) => ({ amountCents: 100, ...to(invoice, 101) })),
  recording(billing.invoiceOverpaid, ({ invoice }) => ({ amountCents: 9_000, ...to(invoice, 2_901) })),
  recording(billing.invoiceNotPayable, () => to(randomUUID(), 1)),
  recording(billing.paymentMonthClosed, () => ({ receivedOn: '2019-03-05' })),
  allocating(billing.allocationTooLarge, async (server) => {
    const { as, params, invoice } = await paid(server)
    return { as, params, body: to(invoice, 2_901) }
  }),
  allocating(billing.invoiceOverpaid, async (server) => {
    const { as, client, params, invoice } = await paid(server)
    await as.call(billing.recordPaymentByHand, {
      body: {
        clientId: client,
        amountCents: 2_000,
        receivedOn: '2026-10-20',
        method: 'transfer',
        ...to(invoice, 2_000),
      },
    })
    return { as, params, body: to(invoice, 2_900) }
  }),
  allocating(billing.invoiceNotPayable, async (server) => {
    const { as, params } = await paid(server)
    return { as, params, body: to(randomUUID(), 1) }
  }),
  allocating(billing.paymentTakenBack, async (server) => {
    const { as, params, invoice } = await takenBack(server)
    return { as, params, body: to(invoice, 1) }
  }),
  allocating(billing.paymentBelowZero, async (server) => {
    const { as, reversal, invoice } = await takenBack(server)
    return { as, params: { id: reversal }, body: to(invoice, 1) }
  }),
  {
    endpoint: billing.reversePayment,
    refusal: billing.paymentTakenBack,
    async tell(server) {
      const { as, params } = await takenBack(server)
      return { as, input: { params, body: mistake } }
    },
  },
  {
    endpoint: billing.reversePayment,
    refusal: billing.paymentBelowZero,
    async tell(server) {
      const { as, reversal } = await takenBack(server)
      return { as, input: { params: { id: reversal }, body: mistake } }
    },
  },
  refunding(billing.allocationTooLarge, { amountCents: 2_901 }),
  refunding(billing.paymentMonthClosed, { sentOn: '2019-03-05' }),
  refunding(billing.paymentBelowZero, {}, 'reversal'),
  crediting(billing.allocationTooLarge, 6_001),
  crediting(billing.invoiceOverpaid, 2_901),
  crediting(billing.invoiceNotPayable, 1, false),
  {
    endpoint: billing.uploadBankFile,
    refusal: billing.bankFileUnreadable,
    tell: async (server) => ({
      as: await server.as('billing'),
      input: { query: { name: 'x' }, file: new Blob(['Bonjour'], { type: 'text/csv' }) },
    }),
  },
  {
    endpoint: billing.uploadBankFile,
    refusal: billing.bankFileTooLong,
    tell: async (server) => ({
      as: await server.as('billing'),
      input: {
        query: { name: 'x' },
        file: csv(...Array.from({ length: 20_001 }, () => '12/11/2026;A;1,00')),
      },
    }),
  },
  ...([billing.previewBankFile, billing.importBankFile] as const).map((endpoint): RefusalStory => ({
    endpoint,
    refusal: { code: 'file_gone', status: 410 },
    async tell(server) {
      const { as, id } = await sent(server)
      const behind = new pg.Client(server.database.adminUrl)
      await behind.connect()
      await behind.query(`update stored_files set expires_at = now() - interval '1 hour' where id = $1`, [id])
      await behind.end()
      return endpoint.method === 'GET'
        ? { as, input: { params: { id } } }
        : { as, input: { body: { fileId: id } } }
    },
  })),
  {
    endpoint: billing.importBankFile,
    refusal: billing.bankFileTwice,
    async tell(server) {
      const { as, input } = await sent(server)
      await as.call(billing.importBankFile, input)
      return { as, input }
    },
  },
  {
    endpoint: billing.importBankFile,
    refusal: billing.bankColumnMissing,
    tell: (server) => sent(server, new Blob(['a;b;c\n12/11/2026;A;1,00'], { type: 'text/csv' })),
  },
  {
    endpoint: billing.importBankFile,
    refusal: billing.bankLinesUnreadable,
    tell: (server) => sent(server, csv('32/11/2026;A;1,00', '12/11/2026;B;1,00')),
  },
  {
    endpoint: billing.importBankFile,
    refusal: billing.bankAccountForeign,
    async tell(server) {
      await seedSettings(server.db)
      return sent(server, ofAccount('DE89370400440532013000'))
    },
  },
  {
    endpoint: billing.importBankFile,
    refusal: billing.bankAccountMissing,
    async tell(server) {
      await seedSettings(server.db)
      await server.pool.query(
        `insert into billing_settings (company_id, kind, in_force_from, content, state, proposed_by, proposed_at, decided_by, decided_at)
         select company_id, kind, '2031-01-01', jsonb_set(content, '{iban}', '"FR7630006000011234567890189"'), state, proposed_by, proposed_at, decided_by, decided_at
         from billing_settings where kind = 'bank' and state = 'approved' limit 1`,
      )
      const { as, id } = await sent(server)
      return { as, input: { body: { fileId: id } } }
    },
  },
  matching(billing.allocationTooLarge, (invoice) => to(invoice, 2_901)),
  matching(billing.invoiceNotPayable, () => to(randomUUID(), 1)),
  {
    endpoint: billing.matchBankTransaction,
    refusal: billing.invoiceOverpaid,
    async tell(server) {
      const { as, params, client, invoice } = await line(server)
      await as.call(billing.recordPaymentByHand, {
        body: {
          clientId: client,
          amountCents: 2_000,
          receivedOn: '2026-10-20',
          method: 'transfer',
          ...to(invoice, 2_000),
        },
      })
      return { as, input: { params, body: { clientId: client, ...to(invoice, 2_000) } } }
    },
  },
  {
    endpoint: billing.matchBankTransaction,
    refusal: billing.bankTransactionDecided,
    async tell(server) {
      const { as, params, client } = await lineMatched(server)
      return { as, input: { params, body: { clientId: client, allocations: [] } } }
    },
  },
  {
    endpoint: billing.setAsideBankTransaction,
    refusal: billing.bankTransactionDecided,
    async tell(server) {
      const { as, params } = await lineMatched(server)
      return { as, input: { params, body: { why: 'Assurance' } } }
    },
  },
  {
    endpoint: billing.reopenBankTransaction,
    refusal: billing.bankTransactionOpen,
    async tell(server) {
      const { as, params } = await line(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: billing.reopenBankTransaction,
    refusal: billing.bankTransactionOfDebit,
    async tell(server) {
      const { as, told, id } = await fileBooked(server)
      const [row] = await told.run('select id from bank_transactions where import_id = $1', id)
      return { as, input: { params: { id: String(row?.['id']) } } }
    },
  },
  {
    endpoint: billing.addMandate,
    refusal: billing.mandateExists,
    async tell(server) {
      const { as, client } = await mandated(server)
      return { as, input: { body: mandateOf(client) } }
    },
  },
  {
    endpoint: billing.addMandate,
    refusal: billing.mandateReferenceTaken,
    async tell(server) {
      const { reference } = await mandated(server)
      const { as, client } = await owing(server)
      return { as, input: { body: { ...mandateOf(client), reference } } }
    },
  },
  {
    endpoint: billing.revokeMandate,
    refusal: billing.mandateEnded,
    async tell(server) {
      const { as, params } = await mandated(server)
      const input = { params, body: { reason: 'Demande du client' } }
      await as.call(billing.revokeMandate, input)
      return { as, input }
    },
  },
  preparing(billing.collectionDayWrong, () => ({ collectOn: '2126-12-25' })),
  preparing(billing.notCollectable, () => ({ invoiceIds: [randomUUID()] })),
  {
    endpoint: billing.markDirectDebitSent,
    refusal: billing.directDebitSent,
    async tell(server) {
      const { as, params } = await prepared(server)
      await as.call(billing.markDirectDebitSent, { params })
      return { as, input: { params } }
    },
  },
  {
    endpoint: billing.bookDirectDebit,
    refusal: billing.directDebitEarly,
    async tell(server) {
      const { as, params } = await prepared(server, false)
      return { as, input: { params } }
    },
  },
  {
    endpoint: billing.bookDirectDebit,
    refusal: billing.collectionDecided,
    async tell(server) {
      const { as, params } = await prepared(server)
      await as.call(billing.bookDirectDebit, { params })
      return { as, input: { params } }
    },
  },
  {
    endpoint: billing.returnCollection,
    refusal: billing.collectionDecided,
    async tell(server) {
      const { as, collection } = await prepared(server)
      const input = { params: { id: collection.id }, body: returned }
      await as.call(billing.returnCollection, input)
      return { as, input }
    },
  },
  {
    endpoint: billing.importReturns,
    refusal: billing.returnFileUnreadable,
    tell: async (server) => ({
      as: await server.as('billing'),
      input: { query: { name: 'x' }, file: new Blob(['<a/>'], { type: 'application/xml' }) },
    }),
  },
  {
    endpoint: billing.openCardCheckout,
    refusal: billing.invoiceNotPayable,
    async tell(server) {
      const { as, invoice } = await owing(server, -2_417)
      return { as, input: { params: { id: invoice } } }
    },
  },
  {
    endpoint: billing.actInSandbox,
    refusal: billing.checkoutOver,
    async tell(server) {
      const { as, params } = await page(server)
      const input = { params, body: { act: 'fail' as const } }
      await as.call(billing.actInSandbox, input)
      return { as, input }
    },
  },
  {
    endpoint: billing.receiveCardEvent,
    refusal: billing.webhookForged,
    tell: async (server) => provider(server, told('x'), { secret: Buffer.from('wrong') }),
  },
  {
    endpoint: billing.receiveCardEvent,
    refusal: billing.webhookStale,
    tell: async (server) => provider(server, told('x'), { late: 3_600 }),
  },
  {
    endpoint: billing.receiveCardEvent,
    refusal: billing.webhookUnreadable,
    tell: async (server) => provider(server, '{"type":"ping"}'),
  },
]
