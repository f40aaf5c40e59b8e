import { beforeAll, describe, expect, test } from 'vitest'
import * as billing from '#contract/billing'
import * as clients from '#contract/clients'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { downloadFile, getJob } from '#platform/contract/jobs.ts'
import type { Limit } from '#platform/server/requests.ts'
import { limitable } from '../../apps/server/modules.ts'
import { tellStories } from '../harness/billing-stories.ts'
import type { AnyInput, Browserless } from '../harness/browserless.ts'
import { draftFor, subscriptionLine } from '../harness/billing.ts'
import { debited, debitedIban, earliestOf } from '../harness/billing-debits.ts'
import { alsoHolds, asOwner, limitRole, partnerSignedIn } from '../harness/partner.ts'
import { testServer } from '../harness/server.ts'

const endpoints = new Set<AnyEndpoint>()
const server = await testServer({
  onRoute: (route) => {
    const endpoint = route.config?.endpoint
    if (endpoint && limitable.includes(endpoint.may)) endpoints.add(endpoint)
  },
})

/** One client, and every word by which an answer could give them away. */
type Known = {
  id: string
  trashed: boolean
  lastName: string
  email: string
  invoice: string
  words: string[]
}

/** A partner, who reaches one part of the clients, and everybody beyond it. */
type World = {
  partner: Browserless
  staffId: string
  department: string
  inside: Known[]
  outside: Known[]
}

const kinds = ['department', 'client', 'own'] as const
const departments = { department: '57', client: '54', own: '67' }
const worlds = new Map<string, World>()
const worldOf = (kind: string): World => {
  const world = worlds.get(kind)
  if (!world) throw new Error(`no partner is limited to ${kind}`)
  return world
}

const stories = await tellStories(server.pool)

async function someClient(name: string, department: string, trashed: boolean): Promise<Known> {
  const id = await stories.client(`Camille ${name}`, { department })
  await stories.subscribe(id, { from: '2026-01-01' })
  const invoice = await stories.invoice(id, { on: '2026-02-01' })
  await stories.pay(invoice, 1_000, '2026-02-03')
  if (trashed) await stories.run('UPDATE clients SET trashed_at = now() WHERE id = $1', id)
  const [row] = await stories.run('SELECT number FROM invoices WHERE id = $1', invoice)
  const email = `camille.${name.toLowerCase()}@example.com`
  return {
    id,
    trashed,
    lastName: name,
    email,
    invoice,
    words: [id, name, email, invoice, String(row?.['number'])],
  }
}

beforeAll(async () => {
  const everybody = [
    await someClient('Dehorsun', '75', false),
    await someClient('Dehorsdeux', '75', true),
    await someClient('Dehorstrois', '75', false),
  ]
  const insiders = new Map<string, Known[]>()
  for (const kind of kinds) {
    const inside = [
      await someClient(`Dedans${kind}un`, departments[kind], false),
      await someClient(`Dedans${kind}deux`, departments[kind], false),
      await someClient(`Dedans${kind}corbeille`, departments[kind], true),
    ]
    insiders.set(kind, inside)
    everybody.push(...inside)
  }
  for (const kind of kinds) {
    const inside = insiders.get(kind) ?? []
    const limits: Record<typeof kind, Limit> = {
      department: { kind, values: [departments.department] },
      client: { kind, values: inside.map(({ id }) => id) },
      own: { kind, values: [''] },
    }
    const { browser: partner, staffId } = await partnerSignedIn(server, {
      permissions: limitable,
      limits: [limits[kind]],
    })
    if (kind === 'own')
      await stories.run(
        'UPDATE clients SET account_manager_id = $1 WHERE id = any($2)',
        staffId,
        inside.map(({ id }) => id),
      )
    const outside = everybody.filter((client) => !inside.includes(client))
    worlds.set(kind, { partner, staffId, department: departments[kind], inside, outside })
  }
  // The figures are of all clients: nobody who is limited may be shown them.
  await stories.run('SELECT fold_figures()')
})

const here = ({ inside }: World) => inside.filter(({ trashed }) => !trashed)
const ids = (some: readonly Known[]) => some.map(({ id }) => id)
const emails = (some: readonly Known[]) => some.map(({ email }) => email)
const versionOf = async (id: string) =>
  Number((await stories.run('SELECT version FROM clients WHERE id = $1', id))[0]?.['version'])
const everyone = ({ inside, outside }: World) => [...ids(inside), ...ids(outside)]

type Answered = { input: AnyInput; shows?: readonly string[]; exactly?: Record<string, unknown> }

/** How a limited person calls an endpoint. Whatever is called, nothing outside is shown or changed. */
type Story = {
  /** Calls that are answered, and what they must show. */
  answered(world: World): Answered[] | Promise<Answered[]>
  /** Calls about what lies outside: not found, or refused with a sentence. */
  turnedAway?(world: World): AnyInput[] | Promise<AnyInput[]>
  /** What the answer leads to: read as closely. */
  leadsTo?(world: World, text: string): Promise<string>
}

/** An endpoint that reads one client. */
const ofOne = (more: AnyInput = {}, shows: (client: Known) => string[] = () => []): Story => ({
  answered: ({ inside }) =>
    inside.map((client) => ({ input: { ...more, params: { id: client.id } }, shows: shows(client) })),
  turnedAway: ({ outside }) => ids(outside).map((id) => ({ ...more, params: { id } })),
})

const newcomer = (over: object) => ({
  kind: 'practitioner',
  status: 'prospect',
  lastName: 'Nouvelle',
  email: `nouvelle.${crypto.randomUUID()}@example.com`,
  ...over,
})

/** The file an export ends in, which must list everybody inside. */
async function exportedFile({ partner, inside }: World, text: string): Promise<string> {
  const { jobId } = JSON.parse(text) as { jobId: string }
  await expect.poll(async () => (await partner.call(getJob, { params: { id: jobId } })).state).toBe('done')
  const { result } = await partner.call(getJob, { params: { id: jobId } })
  const { fileId } = clients.ClientExportOutcome.parse(result)
  const file = await partner.ask(downloadFile, { params: { id: fileId } })
  expect(file.status).toBe(200)
  for (const email of emails(inside)) expect(file.text).toContain(email)
  return file.text
}

/** Of documents outside none is in the file, whatever becomes of the job. */
async function nothingPacked({ partner }: World, text: string): Promise<string> {
  const { jobId } = JSON.parse(text) as { jobId: string }
  const job = () => partner.call(getJob, { params: { id: jobId } })
  await expect.poll(async () => (await job()).state).toMatch(/^(done|failed)$/)
  const { result } = await job()
  expect(result?.['documents'] ?? 0).toBe(0)
  return JSON.stringify(result)
}

const told = new Map<AnyEndpoint, Story>([
  [
    clients.listClients,
    {
      answered: (world) => [
        { input: {}, shows: emails(here(world)), exactly: { total: 2, totalIsExact: true } },
        { input: { query: { trash: 'any' } }, shows: emails(world.inside), exactly: { total: 3 } },
        { input: { query: { trash: 'in' } }, exactly: { total: 1 } },
        { input: { query: { status: 'active' } }, exactly: { total: 2 } },
        { input: { query: { department: '75' } }, exactly: { total: 0, rows: [] } },
        { input: { query: { department: world.department } }, shows: emails(here(world)) },
        { input: { query: { accountManager: 'none,me', sort: 'created' } }, exactly: { total: 2 } },
        { input: { query: { q: 'camille' } }, shows: emails(here(world)), exactly: { total: 2 } },
        { input: { query: { q: 'dehors', trash: 'any' } }, exactly: { total: 0, rows: [] } },
        // One slip of the keyboard away from a name outside.
        { input: { query: { q: 'dehorsum', trash: 'any' } }, exactly: { total: 0, rows: [] } },
        ...['nextPayment', '-lastSignIn', 'trialEnds', '-name'].map((sort) => ({
          input: { query: { sort, limit: 1 } },
          exactly: { total: 2 },
        })),
        {
          input: { query: { payingOn: '2026-02-01' } },
          exactly: { total: 2, sums: { monthlyCents: 2 * 2_417 } },
        },
      ],
    },
  ],
  [
    clients.clientTotals,
    {
      answered: () => [
        { input: {}, exactly: { total: 2, active: 2, prospect: 0, freemium: 0, excluded: 0, trashed: 1 } },
      ],
    },
  ],
  [clients.listAccountManagers, { answered: () => [{ input: {}, shows: ['Lucie Aubert'] }] }],
  [clients.getClient, ofOne({}, ({ id, email }) => [id, email])],
  [clients.clientNeighbours, ofOne({ query: { trash: 'any' } })],
  [clients.clientTimeline, ofOne({}, ({ invoice }) => [invoice])],
  [
    clients.createClient,
    {
      answered: ({ department, staffId }) =>
        department === departments.department
          ? [{ input: { body: newcomer({ department }) } }]
          : department === departments.own
            ? [
                { input: { body: newcomer({}) }, exactly: { accountManagerId: staffId } },
                { input: { body: newcomer({ accountManagerId: staffId }) } },
              ]
            : [],
      turnedAway: async ({ department, outside }) => {
        const { id: somebody } = await server.db
          .selectFrom('staffMembers')
          .where('email', '=', 'sales@example.com')
          .select('id')
          .executeTakeFirstOrThrow()
        const elsewhere =
          department === departments.own ? { accountManagerId: somebody } : { department: '75' }
        // An address that somebody outside has: taken, and not a word about by whom.
        const taken = { department, email: outside[0]?.email.toUpperCase() }
        return [{ body: newcomer(elsewhere) }, { body: newcomer(taken) }]
      },
    },
  ],
  [
    clients.updateClient,
    {
      answered: async (world) => {
        const [{ id }] = here(world) as [Known]
        return [{ input: { params: { id }, body: { version: await versionOf(id), city: 'Metz' } } }]
      },
      turnedAway: async ({ department, inside, outside }) => {
        const foreign = outside.flatMap(({ id }) => [
          { params: { id }, body: { version: 1, city: 'Lille' } },
          { params: { id }, body: { version: 7, city: 'Lille' } },
        ])
        const [{ id }] = inside as [Known]
        const version = await versionOf(id)
        const leaving =
          department === departments.department
            ? [{ params: { id }, body: { version, department: '75' } }]
            : department === departments.own
              ? [{ params: { id }, body: { version, accountManagerId: null } }]
              : []
        return [...foreign, ...leaving]
      },
    },
  ],
  [
    clients.changeStatuses,
    {
      answered: (world) => [
        { input: { body: { clients: { ids: everyone(world) }, status: 'excluded' } } },
        { input: { body: { clients: { filter: {} }, status: 'freemium' } } },
      ],
    },
  ],
  [
    clients.restoreStatuses,
    {
      answered: ({ outside }) => [
        {
          input: { body: { status: 'active', changed: [{ previous: 'prospect', ids: ids(outside) }] } },
          exactly: { restored: 0, left: 9 },
        },
      ],
    },
  ],
  [
    clients.trashClient,
    { ...ofOne(), answered: (world) => [{ input: { params: { id: ids(here(world))[0] } } }] },
  ],
  [
    clients.restoreClient,
    { ...ofOne(), answered: (world) => [{ input: { params: { id: ids(here(world))[0] } } }] },
  ],
  [
    clients.trashClients,
    {
      answered: (world) => [
        { input: { body: { clients: { ids: everyone(world) } } } },
        { input: { body: { clients: { filter: { trash: 'any' } } } } },
      ],
    },
  ],
  [
    clients.restoreClients,
    {
      answered: (world) => [
        { input: { body: { clients: { ids: everyone(world) } } } },
        { input: { body: { clients: { filter: {} } } } },
      ],
    },
  ],
  [
    clients.startClientExport,
    {
      answered: () => [
        { input: { body: { format: 'csv', filter: { trash: 'any' } } } },
        { input: { body: { format: 'csv', filter: { q: 'camille', trash: 'any' } } } },
      ],
      leadsTo: exportedFile,
    },
  ],
  [
    billing.listInvoices,
    {
      answered: ({ inside, outside }) => [
        {
          input: {},
          shows: inside.map(({ invoice }) => invoice),
          exactly: {
            total: 3,
            sums: {
              exclCents: 7_251,
              vatCents: 1_449,
              inclCents: 8_700,
              outstandingCents: 5_700,
              draftInclCents: 0,
            },
          },
        },
        { input: { query: { state: 'overdue', sort: 'dueOn', limit: 1 } }, exactly: { total: 3 } },
        { input: { query: { q: 'camille' } }, exactly: { total: 3 } },
        { input: { query: { q: 'dehors' } }, exactly: { total: 0, rows: [] } },
        ...outside.map(({ id }) => ({ input: { query: { client: id } }, exactly: { total: 0, rows: [] } })),
      ],
    },
  ],
  [
    billing.getInvoice,
    {
      answered: ({ inside }) =>
        inside.map(({ invoice, email }) => ({ input: { params: { id: invoice } }, shows: [invoice, email] })),
      turnedAway: ({ outside }) => outside.map(({ invoice }) => ({ params: { id: invoice } })),
    },
  ],
  [
    billing.listInvoiceEvents,
    {
      answered: ({ inside }) => inside.map(({ invoice }) => ({ input: { params: { id: invoice } } })),
      turnedAway: ({ outside }) => outside.map(({ invoice }) => ({ params: { id: invoice } })),
    },
  ],
  [billing.getBillingProfile, ofOne({}, ({ email }) => [email])],
  // What was only told here was never frozen: inside, too, nothing is there to be shown.
  ...[billing.getInvoicePdf, billing.previewInvoice, billing.getInvoiceXml, billing.getInvoiceProof].map(
    (endpoint): [AnyEndpoint, Story] => [
      endpoint,
      {
        answered: () => [],
        turnedAway: ({ outside }) => outside.map(({ invoice }) => ({ params: { id: invoice } })),
      },
    ],
  ),
  [
    billing.packInvoices,
    {
      answered: ({ outside }) => [{ input: { body: { ids: outside.map(({ invoice }) => invoice) } } }],
      leadsTo: nothingPacked,
    },
  ],
  [
    billing.listPayments,
    {
      answered: (world) => [
        { input: {}, shows: emails(world.inside), exactly: { total: 3, sums: { amountCents: 3_000 } } },
        { input: { query: { q: 'camille' } }, exactly: { total: 3 } },
        { input: { query: { q: 'dehors' } }, exactly: { total: 0, rows: [] } },
        ...world.outside.map(({ id }) => ({
          input: { query: { client: id } },
          exactly: { total: 0, rows: [] },
        })),
      ],
    },
  ],
  [
    billing.getPayment,
    {
      answered: async ({ inside }) =>
        (await paymentsOf(inside)).map((id) => ({ input: { params: { id } }, shows: [id] })),
      turnedAway: async ({ outside }) => (await paymentsOf(outside)).map((id) => ({ params: { id } })),
    },
  ],
  [
    billing.getClientAccount,
    {
      answered: ({ inside }) =>
        inside.map(({ id, invoice }) => ({ input: { params: { clientId: id } }, shows: [invoice] })),
      turnedAway: ({ outside }) => ids(outside).map((clientId) => ({ params: { clientId } })),
    },
  ],
  [billing.getClientDunning, ofOne()],
  ...[billing.listCardCheckouts, billing.previewLetter, billing.getInvoicePlatform].map(
    (endpoint): [AnyEndpoint, Story] => [
      endpoint,
      {
        answered: () => [],
        turnedAway: ({ outside }) => outside.map(({ invoice }) => ({ params: { id: invoice } })),
      },
    ],
  ),
  [
    billing.listUnpaid,
    { answered: ({ inside }) => [{ input: {}, shows: inside.map(({ invoice }) => invoice) }] },
  ],
  // Quotes, mandates and debits of somebody outside; of those inside there are none.
  [
    billing.listQuotes,
    { answered: () => [{ input: {} }, { input: { query: { q: 'dehors' } }, exactly: { rows: [] } }] },
  ],
  ...[billing.getQuote, billing.getQuotePdf].map((endpoint): [AnyEndpoint, Story] => [
    endpoint,
    {
      answered: () => [],
      turnedAway: async ({ outside }) => (await quotesOf(outside)).map((id) => ({ params: { id } })),
    },
  ]),
  ...[billing.listMandates, billing.proposeDirectDebit, billing.listDirectDebits].map(
    (endpoint): [AnyEndpoint, Story] => [endpoint, { answered: () => [{ input: {} }] }],
  ),
  [
    billing.getDirectDebit,
    { answered: () => [], turnedAway: () => [{ params: { id: crypto.randomUUID() } }] },
  ],
  // The company's own, about no client.
  [billing.getBillingSettings, { answered: () => [{ input: {} }] }],
  [billing.getRates, { answered: () => [{ input: {} }] }],
])

async function paymentsOf(some: readonly Known[]): Promise<string[]> {
  const rows = await stories.run('SELECT id FROM payments WHERE client_id = any($1)', ids(some))
  return rows.map(({ id }) => String(id))
}

async function quotesOf(some: readonly Known[]): Promise<string[]> {
  const rows = await stories.run(
    `INSERT INTO quotes (company_id, client_id, content)
     SELECT (SELECT id FROM billing_companies), id, '{"lines":[]}' FROM clients WHERE id = any($1) RETURNING id`,
    ids(some),
  )
  return rows.map(({ id }) => String(id))
}

const name = ({ method, path }: AnyEndpoint) => `${method} ${path}`

/** Everything that stands outside, as it stands. */
const beyond = ({ outside }: World) =>
  stories.run(
    `SELECT to_jsonb(clients) AS client, (SELECT count(*) FROM clients WHERE last_name LIKE 'Nouvelle%' AND department = '75') AS strays
     FROM clients WHERE id = any($1) ORDER BY id`,
    ids(outside),
  )

function expectNothingOf(outside: readonly Known[], text: string): void {
  const given = outside.flatMap(({ words }) => words).filter((word) => text.includes(word))
  expect(given, text.slice(0, 500)).toEqual([])
}

test('every endpoint whose permission may be limited has told how, and no other', () => {
  expect(endpoints.size).toBeGreaterThan(10)
  expect([...endpoints].filter((endpoint) => !told.has(endpoint)).map(name)).toEqual([])
  expect([...told.keys()].filter((endpoint) => !endpoints.has(endpoint)).map(name)).toEqual([])
})

// Reads first: writes change what there is inside.
const ordered = [...told].toSorted(
  ([one], [other]) => Number(one.method !== 'GET') - Number(other.method !== 'GET'),
)

describe.each(kinds)('who is limited by %s sees and changes nothing outside', (kind) => {
  test.each(ordered.map(([endpoint, story]) => [name(endpoint), endpoint, story] as const))(
    '%s',
    async (_, endpoint, { answered, turnedAway, leadsTo }) => {
      const world = worldOf(kind)
      const before = await beyond(world)
      for (const { input, shows = [], exactly = {} } of await answered(world)) {
        const reply = await world.partner.ask(endpoint, input)
        expect(reply.status, reply.text).toBe(endpoint.status)
        expectNothingOf(world.outside, reply.text)
        for (const word of shows) expect(reply.text, JSON.stringify(input)).toContain(word)
        expect(JSON.parse(reply.text), JSON.stringify(input)).toMatchObject(exactly)
        if (leadsTo) expectNothingOf(world.outside, await leadsTo(world, reply.text))
      }
      for (const input of (await turnedAway?.(world)) ?? []) {
        const reply = await world.partner.ask(endpoint, input)
        // Not found, or a refusal of what was asked; never "forbidden", which would say that it exists.
        expect([400, 404, 409, 422], `${JSON.stringify(input)}: ${reply.text}`).toContain(reply.status)
        if (reply.status === 400) expect(reply.text).toContain('_outside_limits"')
        if (input.params && world.outside.some(({ id }) => id === input.params?.['id']))
          expect(reply.status, JSON.stringify(input)).toBe(404)
        // What the person typed themselves may come back.
        expectNothingOf(
          world.outside.map((client) => ({
            ...client,
            words: client.words.filter((word) => !JSON.stringify(input).includes(word)),
          })),
          reply.text,
        )
      }
      expect(await beyond(world)).toEqual(before)
    },
  )
})

/**
 * What somebody holds everywhere by another role, about clients they may see within limits alone: as if it were not there, before any
 * refusal could say that it is.
 */
describe('who may write payments and documents everywhere', () => {
  type Outside = {
    client: string
    invoice: string
    payment: string
    creditNote: string
    mandate: string
    batch: string
    collection: string
    line: string
    matched: string
    draft: string
    quote: string
  }
  let outside: Outside
  const partners = new Map<string, Browserless>()
  const words: string[] = []

  beforeAll(async () => {
    const writes = ['payments.write', 'invoices.write', 'invoices.issue']
    const { browser: limited, staffId } = await partnerSignedIn(server, {
      permissions: limitable,
      limits: [{ kind: 'department', values: ['57'] }],
    })
    await alsoHolds(server, staffId, writes)
    const { browser: blind } = await partnerSignedIn(server, { permissions: writes, limits: [] })
    partners.set('some clients’ invoices', limited).set('no invoice at all', blind)
    const as = await server.as('billing')
    const { client, invoice, mandate } = await debited(server.db, as, 'Camille Dehorsquatre')
    // Who lies in no department lies outside every limit, and so does whom nobody manages.
    await stories.run('UPDATE clients SET department = NULL, account_manager_id = NULL WHERE id = $1', client)
    const collectOn = await earliestOf(as, invoice)
    const { id: batch } = await as.call(billing.prepareDirectDebit, {
      body: { collectOn, invoiceIds: [invoice] },
    })
    const { collections } = await as.call(billing.getDirectDebit, { params: { id: batch } })
    const { id: payment } = await as.call(billing.recordPaymentByHand, {
      body: { clientId: client, amountCents: 5_000, receivedOn: '2026-10-20', method: 'transfer' },
    })
    const creditNote = await stories.invoice(client, { on: '2026-10-02', excl: -1_000 })
    const [{ number } = {}] = await stories.run('SELECT number FROM invoices WHERE id = $1', invoice)
    const file = new Blob(
      [`Date;Libellé;Montant\n12/11/2026;VIR ${String(number)};29,00\n12/11/2026;VIR Dehorsquatre;7,00\n`],
      { type: 'text/csv' },
    )
    const { id: fileId } = await as.call(billing.uploadBankFile, { query: { name: 'releve.csv' }, file })
    const { id: from } = await as.call(billing.importBankFile, { body: { fileId } })
    const { rows } = await as.call(billing.listBankTransactions, { query: { import: from } })
    const [line, matched] = [2_900, 700].map((cents) => rows.find((row) => row.amountCents === cents)!.id)
    expect(rows.find((row) => row.id === line)?.suggestions[0]).toMatchObject({ sure: true })
    await as.call(billing.matchBankTransaction, {
      params: { id: matched! },
      body: { clientId: client, allocations: [] },
    })
    const [collection] = collections
    const { id: draft } = await draftFor(as, client)
    const { id: quote } = await as.call(billing.createQuote, {
      body: { clientId: client, lines: [subscriptionLine] },
    })
    outside = {
      client,
      invoice,
      payment,
      creditNote,
      mandate: mandate.id,
      batch,
      collection: collection!.id,
      line: line!,
      matched: matched!,
      draft,
      quote,
    }
    words.push(client, invoice, String(number), mandate.reference)
  })

  const standing = () =>
    stories.run(
      `SELECT (SELECT jsonb_agg(to_jsonb(payments) ORDER BY id) FROM payments WHERE client_id = $1) AS payments,
         (SELECT jsonb_agg(to_jsonb(invoices) ORDER BY id) FROM invoices WHERE client_id = $1) AS invoices,
         (SELECT jsonb_agg(to_jsonb(a) ORDER BY a) FROM payment_allocations a JOIN invoices ON invoices.id = invoice_id WHERE client_id = $1) AS allocations,
         (SELECT jsonb_agg(to_jsonb(m) ORDER BY id) FROM sepa_mandates m WHERE client_id = $1) AS mandates,
         (SELECT jsonb_agg(to_jsonb(b)) FROM sepa_batches b WHERE id = $2) AS batch,
         (SELECT jsonb_agg(to_jsonb(c)) FROM sepa_collections c WHERE batch_id = $2) AS collections,
         (SELECT jsonb_agg(to_jsonb(t) ORDER BY id) FROM bank_transactions t WHERE id IN ($3, $4)) AS lines,
         (SELECT jsonb_agg(to_jsonb(q) ORDER BY id) FROM quotes q WHERE client_id = $1) AS quotes,
         (SELECT jsonb_agg(to_jsonb(p)) FROM billing_profiles p WHERE client_id = $1) AS profiles,
         (SELECT jsonb_agg(to_jsonb(e) ORDER BY e.id) FROM invoice_events e JOIN invoices i ON i.id = invoice_id WHERE client_id = $1 AND e.kind <> 'rendered') AS events`,
      outside.client,
      outside.batch,
      outside.line,
      outside.matched,
    )

  const none = { allocations: [] }
  const fields = { lines: [subscriptionLine] }
  const mail = { to: 'a@example.com', subject: 'Facture', body: 'La voici.' }
  const profile = { revision: 0, audience: 'private', language: 'fr' }
  /** Somebody's own file; what stands below; a page of the sandbox, whose checkout is asked for above. */
  const askedElsewhere = new Set<AnyEndpoint>([
    billing.previewBankFile,
    billing.setAsideBankTransaction,
    billing.getSandboxCheckout,
    billing.actInSandbox,
  ])
  const money = { amountCents: 100, method: 'transfer' } as const
  const asks: [AnyEndpoint, (of: Outside) => AnyInput][] = [
    [
      billing.recordPaymentByHand,
      ({ client }) => ({ body: { ...money, clientId: client, receivedOn: '2026-10-20' } }),
    ],
    [
      billing.allocatePayment,
      ({ payment, invoice }) => ({
        params: { id: payment },
        body: { allocations: [{ invoiceId: invoice, amountCents: 99_999 }] },
      }),
    ],
    [billing.reversePayment, ({ payment }) => ({ params: { id: payment }, body: { reason: 'Erreur' } })],
    [
      billing.refundClient,
      ({ payment }) => ({
        body: { ...money, amountCents: 99_999, from: { paymentId: payment }, sentOn: '2026-10-21' },
      }),
    ],
    [
      billing.refundClient,
      ({ creditNote }) => ({
        body: { ...money, amountCents: 99_999, from: { creditNoteId: creditNote }, sentOn: '2026-10-21' },
      }),
    ],
    [billing.allocateCreditNote, ({ creditNote }) => ({ params: { id: creditNote }, body: none })],
    [billing.allocateCreditNote, ({ invoice }) => ({ params: { id: invoice }, body: none })],
    [
      billing.addMandate,
      ({ client }) => ({
        body: { clientId: client, holder: 'X', iban: debitedIban, signedOn: '2026-09-01' },
      }),
    ],
    [billing.revealMandateIban, ({ mandate }) => ({ params: { id: mandate } })],
    [billing.revokeMandate, ({ mandate }) => ({ params: { id: mandate }, body: { reason: 'Pour voir' } })],
    [
      billing.prepareDirectDebit,
      ({ invoice }) => ({ body: { collectOn: '2126-12-27', invoiceIds: [invoice] } }),
    ],
    [billing.downloadDirectDebit, ({ batch }) => ({ params: { id: batch } })],
    [billing.markDirectDebitSent, ({ batch }) => ({ params: { id: batch } })],
    [billing.bookDirectDebit, ({ batch }) => ({ params: { id: batch } })],
    [
      billing.returnCollection,
      ({ collection }) => ({ params: { id: collection }, body: { code: 'AM04', returnedOn: '2026-11-20' } }),
    ],
    [
      billing.matchBankTransaction,
      ({ line, client }) => ({ params: { id: line }, body: { clientId: client, ...none } }),
    ],
    [billing.reopenBankTransaction, ({ matched }) => ({ params: { id: matched } })],
    [billing.openCardCheckout, ({ invoice }) => ({ params: { id: invoice } })],
    [billing.createDraft, ({ client }) => ({ body: { clientId: client, typeCode: 380, ...fields } })],
    [billing.getDraft, ({ draft }) => ({ params: { id: draft } })],
    [billing.checkDraft, ({ draft }) => ({ params: { id: draft } })],
    [billing.saveDraft, ({ draft }) => ({ params: { id: draft }, body: { revision: 1, ...fields } })],
    [billing.finaliseInvoice, ({ draft }) => ({ params: { id: draft }, body: { revision: 1 } })],
    [billing.discardDraft, ({ draft }) => ({ params: { id: draft } })],
    [billing.setInternalNote, ({ draft }) => ({ params: { id: draft }, body: { note: 'Vu', was: '' } })],
    [billing.duplicateInvoice, ({ invoice }) => ({ params: { id: invoice } })],
    [billing.draftCreditNote, ({ invoice }) => ({ params: { id: invoice }, body: {} })],
    [billing.draftCorrection, ({ invoice }) => ({ params: { id: invoice } })],
    [billing.draftFinalInvoice, ({ invoice }) => ({ params: { id: invoice } })],
    [billing.getInvoiceLetter, ({ invoice }) => ({ params: { id: invoice } })],
    [billing.sendInvoice, ({ invoice }) => ({ params: { id: invoice }, body: mail })],
    [billing.depositInvoice, ({ invoice }) => ({ params: { id: invoice } })],
    [billing.answerInSandbox, ({ invoice }) => ({ body: { invoiceId: invoice, code: 212 } })],
    [
      billing.sendLetter,
      ({ invoice }) => ({
        params: { id: invoice },
        body: { step: 1, outstandingCents: 2_900, subject: 'Rappel', body: 'Réglez.' },
      }),
    ],
    [billing.pauseDunning, ({ client }) => ({ params: { id: client }, body: { why: 'Pour voir' } })],
    [billing.resumeDunning, ({ client }) => ({ params: { id: client } })],
    [billing.saveBillingProfile, ({ client }) => ({ params: { id: client }, body: profile })],
    [billing.createQuote, ({ client }) => ({ body: { clientId: client, lines: [subscriptionLine] } })],
    [
      billing.saveQuote,
      ({ quote }) => ({ params: { id: quote }, body: { revision: 1, lines: [subscriptionLine] } }),
    ],
    [billing.discardQuote, ({ quote }) => ({ params: { id: quote } })],
    [billing.duplicateQuote, ({ quote }) => ({ params: { id: quote } })],
    [billing.issueQuote, ({ quote }) => ({ params: { id: quote }, body: { revision: 1 } })],
    [billing.acceptQuote, ({ quote }) => ({ params: { id: quote } })],
    [billing.declineQuote, ({ quote }) => ({ params: { id: quote } })],
    [billing.invoiceQuote, ({ quote }) => ({ params: { id: quote } })],
    [billing.depositOfQuote, ({ quote }) => ({ params: { id: quote }, body: { basisPoints: 3_000 } })],
    [billing.getQuoteLetter, ({ quote }) => ({ params: { id: quote } })],
    [billing.sendQuote, ({ quote }) => ({ params: { id: quote }, body: mail })],
  ]

  test('every endpoint that writes about one document, quote, payment or client is asked', () => {
    const asked = new Set([...asks.map(([endpoint]) => endpoint), ...askedElsewhere])
    const writing = ['payments.write', 'invoices.write', 'invoices.issue']
    // What else it exports has no path.
    const all = Object.values(billing).filter(
      (one) => typeof one === 'object' && 'path' in one,
    ) as AnyEndpoint[]
    const ofOne = all.filter(({ may, path }) => writing.includes(may) && path.includes(':'))
    expect(ofOne.length).toBeGreaterThan(30)
    expect(ofOne.filter((endpoint) => !asked.has(endpoint)).map(name)).toEqual([])
  })

  describe.each(['some clients’ invoices', 'no invoice at all'])('and see %s', (seen) => {
    const partner = () => partners.get(seen)!

    test.each(asks.map(([endpoint, input]) => [name(endpoint), endpoint, input] as const))(
      '%s changes and says nothing of somebody outside',
      async (_, endpoint, input) => {
        const before = await standing()
        const asked = input(outside)
        const reply = await partner().ask(endpoint, asked)
        expect([400, 404, 409], reply.text).toContain(reply.status)
        if (reply.status === 400) expect(reply.text).toContain('client_unknown')
        // The one refusal that says nothing of what is there: it names what was asked for.
        if (reply.status === 409) expect(reply.text).toContain('not_collectable')
        const typed = JSON.stringify(asked)
        expect(words.filter((word) => reply.text.includes(word) && !typed.includes(word))).toEqual([])
        expect(await standing()).toEqual(before)
      },
    )

    test('the lines of statements suggest nobody outside, confirm nobody and hide whom they were matched to', async () => {
      const before = await standing()
      const { line, matched } = outside
      const waiting = await partner().ask(billing.listBankTransactions, { query: { limit: 200 } })
      expect(waiting.text).toContain(line)
      expect(
        words.filter((word) =>
          waiting.text.split(line)[1]?.split('"suggestions"')[1]?.slice(0, 400).includes(word),
        ),
      ).toEqual([])
      const rest = await partner().ask(billing.listBankTransactions, {
        query: { state: 'matched', limit: 200 },
      })
      expect(rest.text).not.toContain(matched)
      const sure = await partner().call(billing.matchSureBankTransactions, { body: { ids: [line] } })
      expect(sure).toEqual({ matched: [], left: [{ id: line, why: 'not_sure' }] })
      expect(await standing()).toEqual(before)
    })

    test('files of debits of nobody they see are not there, and none is counted', async () => {
      const { batch, matched } = outside
      if (seen !== 'no invoice at all')
        expect((await partner().call(billing.listDirectDebits)).rows).toEqual([])
      const one = await partner().ask(billing.getDirectDebit, { params: { id: batch } })
      expect([403, 404], one.text).toContain(one.status)
      const { counts, total } = await partner().call(billing.listBankTransactions, {
        query: { state: 'matched' },
      })
      expect([counts.matched, total]).toEqual([0, 0])
      // A line that is somebody's outside is as if it were not there.
      for (const [endpoint, body] of [
        [billing.matchBankTransaction, { clientId: outside.client, allocations: [] }],
        [billing.setAsideBankTransaction, { why: 'Pour voir' }],
        [billing.reopenBankTransaction, undefined],
      ] as const) {
        const reply = await partner().ask(endpoint, { params: { id: matched }, ...(body && { body }) })
        expect([name(endpoint), reply.status], reply.text).toEqual([name(endpoint), 404])
      }
    })

    test('a list of rejections takes back nothing of theirs', async () => {
      const before = await standing()
      const [{ end_to_end_id: end } = {}] = await stories.run(
        'SELECT end_to_end_id FROM sepa_collections WHERE id = $1',
        outside.collection,
      )
      const file = new Blob(
        [
          `<Document><CstmrPmtStsRpt><GrpHdr><CreDtTm>2026-11-12T08:00:00</CreDtTm></GrpHdr><OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>${String(end)}</OrgnlEndToEndId><TxSts>RJCT</TxSts></TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`,
        ],
        { type: 'application/xml' },
      )
      const told = await partner().call(billing.importReturns, { query: { name: 'rejets.xml' }, file })
      expect(told).toEqual({ returned: [], known: 0, unknown: [end] })
      expect(await standing()).toEqual(before)
    })
  })
})

test('who may issue, and sees some clients’ invoices, releases no draft of anybody else', async () => {
  const { browser, staffId } = await partnerSignedIn(server, {
    permissions: limitable,
    limits: [{ kind: 'department', values: ['57'] }],
  })
  await alsoHolds(server, staffId, ['invoices.issue'])
  const { id } = worldOf('department').outside[0]!
  const [held] = await stories.run(
    `INSERT INTO invoices (client_id, company_id, origin, held) SELECT $1, id, 'renewal', true FROM billing_companies RETURNING id`,
    id,
  )
  const invoiceIds = [String(held?.['id'])]
  expect(await browser.call(billing.releaseHeld, { body: { invoiceIds } })).toMatchObject({ released: 0 })
  expect(await stories.run('SELECT held FROM invoices WHERE id = $1', invoiceIds[0])).toEqual([
    { held: true },
  ])
})

test('who may take lists along, and see no invoice, is told so instead of being handed an empty file', async () => {
  const { browser } = await partnerSignedIn(server, { permissions: ['billing.export'], limits: [] })
  const reply = await browser.ask(billing.exportInvoices)
  expect(reply.status, reply.text).toBe(403)
  expect(reply.text).toContain('invoices.read')
})

test('limits that are withdrawn or drawn closer hold at the next request', async () => {
  const { browser, roleId } = await partnerSignedIn(server, {
    permissions: ['clients.read'],
    limits: [{ kind: 'department', values: ['57', '67'] }],
  })
  const total = async () =>
    (await browser.call(clients.listClients, { query: { trash: 'any', limit: 1 } })).total
  const wide = await total()
  await asOwner(server, (run) => limitRole(run, roleId, [{ kind: 'department', values: ['57'] }]))
  await expect.poll(total).toBeLessThan(wide)
  await asOwner(server, (run) => limitRole(run, roleId, [{ kind: 'department', values: ['99'] }]))
  await expect.poll(total).toBe(0)
})
