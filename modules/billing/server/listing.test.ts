import { beforeAll, describe, expect, test } from 'vitest'
import {
  exportInvoices,
  getInvoice,
  invoiceSorts,
  listInvoices,
  type InvoiceSummary,
} from '#contract/billing'
import type { CallInput } from '#platform/contract/endpoint.ts'
import type { Browserless } from '../../../tests/harness/browserless.ts'
import { tellStories, type Stories } from '../../../tests/harness/billing-stories.ts'
import { testServer } from '../../../tests/harness/server.ts'

const server = await testServer()
let billing: Browserless
let told: Stories
let zoe: string
type Query = CallInput<typeof listInvoices>['query']

const day = (days: number) => Temporal.Now.plainDateISO('Europe/Paris').add({ days }).toString()
const list = (query: Query = {}) => billing.call(listInvoices, { query })
const who = async (query: Query) =>
  (await list(query)).rows.map(({ client, inclCents }) => [client.firstName, inclCents])

beforeAll(async () => {
  billing = await server.as('billing')
  told = await tellStories(server.pool)
  zoe = await told.client("Zoé D'Aubigné")
  const hugo = await told.client('Hugo Roche')
  await told.invoice(zoe, { on: '2026-01-31', excl: 1_000 })
  await told.pay(await told.invoice(zoe, { on: '2026-02-01', excl: 2_000 }), 2_400, '2026-02-10')
  await told.pay(await told.invoice(hugo, { on: '2026-02-28', excl: 3_000 }), 600, '2026-03-10')
  await told.invoice(hugo, { on: day(-1), due: day(0), excl: 4_000 })
  await told.invoice(hugo, { on: '2026-02-28', excl: -3_000 })
  await told.invoice(zoe, { on: day(0), excl: 5_000, draft: true })
})

describe('the list of invoices', () => {
  test('has the newest first, drafts before everything, and the sums of all', async () => {
    const { rows, total, sums } = await list()
    expect(rows.map(({ state }) => state)).toEqual([
      'draft',
      'unpaid',
      'overdue',
      'issued',
      'paid',
      'overdue',
    ])
    expect(total).toBe(6)
    expect(sums).toEqual({
      exclCents: 7_000,
      vatCents: 1_400,
      inclCents: 8_400,
      outstandingCents: 1_200 + 3_000 + 4_800,
      draftInclCents: 6_000,
    })
  })

  test('sums what was invoiced, and drafts only where they alone are listed', async () => {
    expect((await list({ state: 'issued' })).sums).toEqual((await list({ issuedIn: '2026' })).sums)
    expect((await list({ client: zoe })).sums).toMatchObject({ inclCents: 3_600, draftInclCents: 6_000 })
    expect((await list({ state: 'draft' })).sums).toEqual({
      exclCents: 5_000,
      vatCents: 1_000,
      inclCents: 6_000,
      outstandingCents: 0,
      draftInclCents: 0,
    })
  })

  test.for([
    ['draft', [6_000]],
    ['issued', [4_800, 3_600, -3_600, 2_400, 1_200]],
    ['paid', [2_400]],
    ['unpaid', [4_800, 3_600, 1_200]],
    ['overdue', [3_600, 1_200]],
  ] as const)('filtered by the state %s', async ([state, amounts]) => {
    expect((await list({ state })).rows.map(({ inclCents }) => inclCents)).toEqual(amounts)
  })

  test('filtered by kind, by client, by month, by year and up to a day', async () => {
    expect(await who({ kind: 'credit_note' })).toEqual([['Hugo', -3_600]])
    expect(await who({ client: zoe, state: 'issued' })).toEqual([
      ['Zoé', 2_400],
      ['Zoé', 1_200],
    ])
    expect(await who({ issuedIn: '2026-02', kind: 'invoice' })).toEqual([
      ['Hugo', 3_600],
      ['Zoé', 2_400],
    ])
    expect(await who({ issuedIn: '2026-02', issuedUntil: '2026-02-01' })).toEqual([['Zoé', 2_400]])
    expect(await who({ issuedUntil: '2026-01-31' })).toEqual([['Zoé', 1_200]])
    expect(await who({ issuedIn: '2026', client: zoe })).toEqual([
      ['Zoé', 2_400],
      ['Zoé', 1_200],
    ])
    expect(await who({ issuedIn: '2025' })).toEqual([])
  })

  test('searched by the beginning of a number, by its digits or by words of the client, accents and case forgiven', async () => {
    expect(await who({ q: 'f-2026-00001' })).toEqual([['Zoé', 1_200]])
    expect((await list({ q: 'A-2026' })).total).toBe(1)
    for (const q of ['001', '00001', '26-00001', ' 2026-00001 '])
      expect([q, (await who({ q })).at(-1)]).toEqual([q, ['Zoé', 1_200]])
    // Two digits stand in too many numbers to mean one.
    expect((await list({ q: '01' })).total).toBe(0)
    expect((await list({ q: 'aubigne ZOE' })).total).toBe(3)
    expect((await list({ q: 'zoe roche' })).total).toBe(0)
    // What LIKE takes for a pattern, or nothing at all, matches nothing by itself.
    for (const q of ['%', '_', 'F-%', '\\', '!!!']) expect([q, (await list({ q })).total]).toEqual([q, 0])
  })

  test('searched by an amount including VAT, as French or a statement writes it, credit notes too', async () => {
    for (const q of ['36,00', '36.00', ' 36,00 €', '-36,00', '36,00\u00a0€'])
      expect([q, await who({ q })]).toEqual([
        q,
        [
          ['Hugo', 3_600],
          ['Hugo', -3_600],
        ],
      ])
    await told.invoice(zoe, { on: '2025-06-01', excl: 100_000_00 })
    expect(await who({ q: '120\u202f000,00 €' })).toEqual([['Zoé', 12_000_000]])
    for (const q of ['36,0', '36', '3,600', '36,001']) expect([q, (await list({ q })).total]).toEqual([q, 0])
  })

  test('has the documents of one day in the order of their numbers, whenever each was begun', async () => {
    const late = await told.client('Nora Tardive')
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()].toSorted()
    for (const [id, number] of [
      [first, 'F-2024-00002'],
      [second, 'F-2024-00001'],
    ])
      await told.run(
        `INSERT INTO invoices (id, client_id, kind, state, origin, number, issued_on, due_on, total_excl_cents, total_vat_cents)
         VALUES ($1, $2, 'invoice', 'issued', 'import', $3, '2024-05-02', '2024-05-02', 1000, 200)`,
        id,
        late,
        number,
      )
    const rows = async (sort: '-issuedOn' | 'issuedOn') =>
      (await list({ client: late, sort })).rows.map(({ id }) => id)
    expect(await rows('-issuedOn')).toEqual([first, second])
    expect(await rows('issuedOn')).toEqual([second, first])
    const { next } = await list({ client: late, limit: 1 })
    expect((await list({ client: late, limit: 1, after: next ?? '' })).rows.map(({ id }) => id)).toEqual([
      second,
    ])
  })

  test('turned page by page shows each row once, in every order', async () => {
    for (const sort of invoiceSorts) {
      const whole = (await list({ sort })).rows.map(({ id }) => id)
      const turned: string[] = []
      let after: string | null | undefined
      do {
        const page: { rows: InvoiceSummary[]; next: string | null } = await list({
          sort,
          limit: 1,
          ...(after ? { after } : {}),
        })
        turned.push(...page.rows.map(({ id }) => id))
        after = page.next
      } while (after !== null)
      expect([sort, turned]).toEqual([sort, whole])
      const opposite = sort.startsWith('-') ? sort.slice(1) : `-${sort}`
      expect((await list({ sort: opposite as typeof sort })).rows.map(({ id }) => id)).toEqual(
        whole.toReversed(),
      )
    }
  })

  test('is taken along as a file: what is filtered, in the order in sight, with amounts a spreadsheet adds up', async () => {
    const file = async (query: CallInput<typeof exportInvoices>['query']) => {
      const { bytes } = await billing.ask(exportInvoices, { query })
      return Buffer.from(bytes).toString().split('\r\n').slice(0, -1)
    }
    const [head, ...lines] = await file({ client: zoe, issuedIn: '2026', sort: 'total' })
    expect(head).toBe(
      '\uFEFFNuméro;Type;État;Client;E-mail;Date d’émission;Échéance;Total HT;TVA;Total TTC;Réglé;Reste à payer',
    )
    expect(lines).toEqual([
      "F-2026-00001;Facture;En retard;Zoé D'Aubigné;zoé.d'aubigné@example.com;31/01/2026;31/01/2026;10,00;2,00;12,00;0,00;12,00",
      "F-2026-00002;Facture;Payée;Zoé D'Aubigné;zoé.d'aubigné@example.com;01/02/2026;01/02/2026;20,00;4,00;24,00;24,00;0,00",
    ])
    expect(await file({ state: 'draft' })).toHaveLength(2)
    expect((await file({ kind: 'credit_note' }))[1]).toContain(';Avoir;Émis;Hugo Roche;')
  })

  test('refuses by name what it cannot mean', async () => {
    const { next } = await list({ limit: 1 })
    const forged = (place: object) => Buffer.from(JSON.stringify(place)).toString('base64url')
    const id = crypto.randomUUID()
    for (const [query, path] of [
      [{ state: 'late' }, 'state'],
      [{ issuedIn: '2026-13' }, 'issuedIn'],
      [{ issuedUntil: '2026-02-30' }, 'issuedUntil'],
      [{ client: 'zoe' }, 'client'],
      [{ sort: 'client' }, 'sort'],
      [{ limit: 0 }, 'limit'],
      [{ q: 'a\u0000b' }, 'q'],
      [{ color: 'red' }, 'color'],
      [{ after: 'nonsense' }, 'after'],
      [{ after: next, sort: 'total' }, 'after'],
      [{ after: forged({ sort: '-issuedOn', key: '2026-99-99', id }) }, 'after'],
      [{ after: forged({ sort: 'total', key: '1e9', id }), sort: 'total' }, 'after'],
    ] as const)
      expect([query, await billing.refused(listInvoices, { query: query as never })]).toMatchObject([
        query,
        { status: 400, fields: [{ path }] },
      ])
  })

  test('calls paid by nobody what credit notes alone settled, and paid what money settled with them', async () => {
    const rose = await told.client('Rose Émond')
    const credit = (note: string, invoice: string, cents: number) =>
      told.run(
        'INSERT INTO credit_allocations (credit_note_id, invoice_id, amount_cents) VALUES ($1, $2, $3)',
        note,
        invoice,
        cents,
      )
    const takenBack = await told.invoice(rose, { on: '2026-03-01', excl: 2_500 })
    await credit(await told.invoice(rose, { on: '2026-03-02', excl: -2_500 }), takenBack, 3_000)
    const both = await told.invoice(rose, { on: '2026-03-03', excl: 5_000 })
    await credit(await told.invoice(rose, { on: '2026-03-04', excl: -2_500 }), both, 3_000)
    await told.pay(both, 3_000, '2026-03-05')
    const states = async (query: Query) =>
      (await list({ client: rose, kind: 'invoice', ...query })).rows.map(({ id, state }) => [id, state])
    expect(await states({})).toEqual([
      [both, 'paid'],
      [takenBack, 'credited'],
    ])
    expect(await states({ state: 'credited' })).toEqual([[takenBack, 'credited']])
    expect(await states({ state: 'paid' })).toEqual([[both, 'paid']])
    expect(await billing.call(getInvoice, { params: { id: takenBack } })).toMatchObject({ state: 'credited' })
  })

  test('is refused to who may not read invoices', async () => {
    expect((await (await server.as('support')).refused(listInvoices, { query: {} })).status).toBe(403)
  })
})
