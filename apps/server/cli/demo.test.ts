import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { sumsOf, type InvoiceContent } from '#contract/billing'
import { rppsHolds, siretHolds } from '#platform/contract/check-digits.ts'
import { readConfig } from '#platform/server/config.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { loadMasterKey } from '#platform/server/master-key.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { readLeaf } from '../../../modules/audit/server/leaf.ts'
import { commitmentOf, openPayload } from '../../../modules/audit/server/payloads.ts'
import { findingsOf } from '../../../modules/billing/server/linting/linting.ts'
import { verifyBilling } from '../../../modules/billing/server/verifying/verifying.ts'
import { atTheEnd } from '../../../tests/harness/at-the-end.ts'
import { testDatabase } from '../../../tests/harness/database.ts'
import { plusDays } from '../demonstration/calendar.ts'
import { smallRows } from '../demonstration/small.ts'
import { seedDemo } from './demo.ts'

const today = '2026-11-21'
const dataDir = await mkdtemp(path.join(os.tmpdir(), 'mgp-demo-'))
const config = readConfig({ APP_ENV: 'demonstration', DATA_DIR: dataDir })

async function seeded(day: string) {
  const database = await testDatabase()
  const admin = new pg.Pool({ connectionString: database.adminUrl, max: 1 })
  atTheEnd(() => admin.end())
  const said: string[] = []
  const seed = () => seedDemo({ ...database, config }, { today: day, log: (sentence) => said.push(sentence) })
  await seed()
  const ask = async (question: string) => (await admin.query<Record<string, unknown>>(question)).rows
  return { ask, seed, said, database, admin }
}

const demo = await seeded(today)
afterAll(() => rm(dataDir, { recursive: true, force: true }))

const count = async (from: string) => Number((await demo.ask(`SELECT count(*) FROM ${from}`))[0]?.['count'])

describe('the small demonstration', () => {
  test('has clients of all statuses and subscriptions of all six, and some in the trash', async () => {
    expect(
      await demo.ask(
        'SELECT status, count(*)::int FROM clients WHERE trashed_at IS NULL GROUP BY 1 ORDER BY 2 DESC',
      ),
    ).toEqual([
      { status: 'active', count: 119 },
      { status: 'prospect', count: 30 },
      { status: 'freemium', count: 20 },
      { status: 'excluded', count: 10 },
    ])
    expect(
      await demo.ask('SELECT DISTINCT status FROM subscriptions WHERE is_current ORDER BY 1'),
    ).toHaveLength(6)
    expect(await count('clients WHERE trashed_at IS NOT NULL')).toBe(6)
  })

  test('fills six months of charts and the same months of the year before', async () => {
    const months = await demo.ask(
      `SELECT month::date FROM generate_series(date '2025-06-01', '2026-11-01', interval '1 month') AS month
       WHERE NOT EXISTS (SELECT FROM invoices WHERE issued_on >= month AND issued_on < month + interval '1 month')`,
    )
    expect(months).toEqual([])
  })

  test('has seven overdue invoices, the oldest 62 days late, some paid in part, and trials that end this week', async () => {
    const late = await demo.ask(
      `SELECT date '${today}' - due_on AS days, paid_cents > 0 AS partly FROM invoices
       WHERE kind = 'invoice' AND paid_cents < total_incl_cents AND due_on < '${today}' ORDER BY 1 DESC`,
    )
    expect(late.map(({ days }) => days)).toEqual([62, 47, 33, 21, 12, 6, 2])
    expect(late.filter(({ partly }) => partly).length).toBeGreaterThan(0)
    expect(await count(`invoices WHERE kind = 'credit_note'`)).toBeGreaterThan(2)
    expect(
      await count(
        `subscriptions WHERE status = 'trialing' AND trial_ends_on BETWEEN '${today}' AND date '${today}' + 7`,
      ),
    ).toBeGreaterThan(4)
  })

  test('offers quotes of every state, numbered in the order of their days, the newest still open', async () => {
    expect(
      await demo.ask(
        `SELECT number, CASE WHEN state = 'sent' AND valid_until < '${today}' THEN 'expired' ELSE state END AS state
         FROM quotes ORDER BY created_at`,
      ),
    ).toEqual([
      { number: 'DE-2026-000001', state: 'expired' },
      { number: 'DE-2026-000002', state: 'declined' },
      { number: 'DE-2026-000003', state: 'accepted' },
      { number: null, state: 'draft' },
      { number: 'DE-2026-000004', state: 'sent' },
    ])
    expect(await count(`quotes WHERE number IS NULL OR content->'frozen'->>'number' = number`)).toBe(5)
    expect(await count(`quotes WHERE total_excl_cents = 65896 AND total_incl_cents = 79075`)).toBe(1)
  })

  test('numbers its documents without a gap, in the order of their days', async () => {
    for (const series of ['FA-2025-', 'FA-2026-', 'AV-2026-']) {
      const rows = await demo.ask(
        `SELECT number, row_number() OVER (ORDER BY issued_on, number) AS place, issued_on FROM invoices WHERE number LIKE '${series}%'`,
      )
      expect(rows.length).toBeGreaterThan(0)
      for (const { number, place } of rows) expect(number).toBe(series + String(place).padStart(6, '0'))
    }
  })

  test('has frozen documents that nothing contradicts, and that keep every rule', async () => {
    const db = centralDb(openPool(demo.database.appUrl, { max: 1 }))
    atTheEnd(() => db.destroy())
    const { documents, breaks } = await verifyBilling(db, { kept: () => Promise.resolve(undefined) })
    expect(breaks).toEqual([])
    expect(documents).toBeGreaterThan(1_500)
    const rows = await db.selectFrom('invoiceDocuments').select(['number', 'content']).execute()
    const broken = rows.flatMap(({ number, content }) => {
      const frozen = JSON.parse(content) as InvoiceContent
      const rate = { category: null, basisPoints: null, exemption: null, askedCents: 1e9, askedVatCents: 1e9 }
      const original = frozen.original && {
        rates: [{ ...rate, creditedCents: 0, creditedVatCents: 0, takenCents: 0 }],
        creditNotes: 0,
      }
      const about = {
        today,
        lastIssuedOn: null,
        closedUntil: null,
        vatRegime: 'normal',
        onDebits: false,
        original,
        takings: [],
      } as const
      return findingsOf(frozen, about)
        .filter(({ severity }) => severity === 'error')
        .map((finding) => ({ number, ...finding }))
    })
    expect(broken).toEqual([])
  })

  test('agrees with itself: totals with lines, payments with allocations, figures with facts', async () => {
    expect(
      await demo.ask(
        `SELECT number FROM invoices JOIN (
           SELECT invoice_id, sum(quantity * unit_price_cents) AS excl, round(sum(quantity * unit_price_cents) * 0.2) AS vat
           FROM invoice_lines GROUP BY 1) AS lines ON invoice_id = id
         WHERE (excl, vat) IS DISTINCT FROM (total_excl_cents::numeric, total_vat_cents::numeric)`,
      ),
    ).toEqual([])
    expect(
      await demo.ask(
        `SELECT id FROM payments JOIN (SELECT payment_id, sum(amount_cents) AS allocated FROM payment_allocations GROUP BY 1) AS parts
         ON payment_id = id WHERE allocated <> amount_cents`,
      ),
    ).toEqual([])
    expect(
      await demo.ask(
        '(TABLE current_figures EXCEPT TABLE recounted_figures) UNION ALL (TABLE recounted_figures EXCEPT TABLE current_figures)',
      ),
    ).toEqual([])
  })

  test('knows nothing of the future, but for what is due or was given notice of', async () => {
    expect(await count(`invoices WHERE issued_on > '${today}'`)).toBe(0)
    expect(await count(`payments WHERE received_on > '${today}'`)).toBe(0)
    expect(
      await count(
        `clients WHERE greatest(created_at, last_sign_in_at, trashed_at, updated_at) > date '${today}' + 1`,
      ),
    ).toBe(0)
    expect(await count(`audit_entries WHERE at > date '${today}' + 1`)).toBe(0)
    expect(await count(`subscriptions WHERE paying_from > '${today}' OR started_on > '${today}'`)).toBe(0)
    expect(await count(`clients WHERE last_sign_in_at < created_at`)).toBe(0)
  })

  test('invents everybody: reserved addresses and telephones, right check digits, departments that fit', async () => {
    const people = await demo.ask('SELECT * FROM clients')
    for (const { email, phone, rpps, siret, postal_code: code, department } of people) {
      expect(email).toMatch(/^[a-z0-9.-]+@example\.com$/)
      if (phone !== null) expect(phone).toMatch(/^\+3363998\d{4}$/)
      if (rpps !== null) expect([rpps, rppsHolds(String(rpps))]).toEqual([rpps, true])
      if (siret !== null) expect([siret, siretHolds(String(siret))]).toEqual([siret, true])
      const [of] = String(department).replace(/[AB]/, '0').match(/^\d+/) ?? []
      expect(code).toMatch(new RegExp(`^${of}`))
    }
  })

  test('tells of every client in the log how they came, and of who is in the trash who put them there', async () => {
    expect(
      await count(
        `clients WHERE NOT EXISTS (SELECT FROM audit_entries WHERE object_id = clients.id::text AND verb = 'client.created')`,
      ),
    ).toBe(0)
    expect(await count(`audit_entries WHERE verb = 'client.trashed'`)).toBe(6)
    expect(
      await count(
        'clients WHERE version <> (SELECT count(*) FROM audit_entries WHERE object_id = clients.id::text)',
      ),
    ).toBe(0)
  })
})

describe('what the log tells of the time before', () => {
  test('are leaves like any other: canonical, as old as they say, with a sealed payload that keeps its word', async () => {
    const rows = await demo.ask('SELECT id, at, written_at, leaf, sealed FROM audit_log')
    expect(rows.length).toBeGreaterThan(300)
    const vault = vaultOf(loadMasterKey(config))
    for (const { id, at, written_at: writtenAt, leaf, sealed } of rows) {
      const { commitment } = readLeaf(String(leaf))
      expect(writtenAt).toEqual(at)
      expect(commitmentOf(openPayload(vault, String(id), sealed as Buffer).salted)).toBe(commitment)
    }
  })

  test('is left out where nobody but the server can write it, and that is said', async () => {
    const database = await testDatabase()
    const said: string[] = []
    await seedDemo(
      { appUrl: database.appUrl, adminUrl: undefined, config },
      { today, log: (sentence) => said.push(sentence) },
    )
    expect(said.join()).toContain('The audit log begins today')
    const app = new pg.Pool({ connectionString: database.appUrl, max: 1 })
    atTheEnd(() => app.end())
    // Where the chains of its documents stand, which is so from now on.
    const { rows } = await app.query('SELECT verb FROM audit_log')
    expect(rows).toEqual([{ verb: 'invoice_series.told' }, { verb: 'invoice_series.told' }])
    expect((await app.query('SELECT FROM clients')).rowCount).toBe(await count('clients'))
  })
})

describe('the reference cases are the same on every day', () => {
  test.for(['2026-11-21', '2027-03-31', '2028-02-29'])('installed on %s', async (day) => {
    const { ask } = day === today ? demo : await seeded(day)
    expect(
      await ask(
        `SELECT last_name, department, to_char(last_sign_in_at AT TIME ZONE 'Europe/Paris', 'DD/MM/YYYY HH24:MI') AS signed_in
         FROM clients WHERE department = '54' AND last_name = 'Thouvenin'`,
      ),
    ).toEqual([{ last_name: 'Thouvenin', department: '54', signed_in: '27/02/2026 09:33' }])
    expect(await ask(`SELECT last_sign_in_at FROM clients WHERE last_name = 'Colombier'`)).toEqual([
      { last_sign_in_at: null },
    ])
    expect(await ask(`SELECT status, next_payment_on FROM clients WHERE last_name = 'Verneuil'`)).toEqual([
      { status: 'active', next_payment_on: null },
    ])
    expect(
      await ask(
        `SELECT description, quantity, unit_price_cents, vat_basis_points, total_excl_cents, total_vat_cents, total_incl_cents, issued_on::text
         FROM invoices JOIN clients ON clients.id = client_id JOIN invoice_lines ON invoice_id = invoices.id
         WHERE last_name = 'Thouvenin' ORDER BY issued_on LIMIT 1`,
      ),
    ).toEqual([
      {
        description: 'Abonnement à MaGestionPsy',
        quantity: '1.000',
        unit_price_cents: '2417',
        vat_basis_points: 2_000,
        total_excl_cents: '2417',
        total_vat_cents: '483',
        total_incl_cents: '2900',
        issued_on: '2026-01-01',
      },
    ])
  })
})

test('on any day of the coming years seven invoices are overdue, and no client pays twice for one day', () => {
  const nobody = { id: crypto.randomUUID() }
  const anyDay = fc.integer({ min: 0, max: 1_200 }).map((days) => plusDays(today, days))
  fc.assert(
    fc.property(anyDay, (day) => {
      const { documents, paymentAllocations, subscriptions } = smallRows(day, {
        sales: nobody,
        support: nobody,
        compliance: nobody,
      })
      const paid = new Map<unknown, number>()
      for (const { invoiceId, amountCents } of paymentAllocations)
        paid.set(invoiceId, (paid.get(invoiceId) ?? 0) + Number(amountCents))
      const late = documents
        .filter(({ typeCode }) => typeCode === 380)
        .map(({ id, issuedOn, fields: { lines, discount, paymentDays } }) => ({
          dueOn: plusDays(issuedOn, Number(paymentDays)),
          left: sumsOf(lines, discount).inclCents - (paid.get(id) ?? 0),
        }))
        .filter(({ dueOn, left }) => dueOn < day && left > 0)
      expect(late.map(({ dueOn }) => dueOn).toSorted()).toEqual(
        [62, 47, 33, 21, 12, 6, 2].map((days) => plusDays(day, -days)),
      )
      const spans = subscriptions.map(({ clientId, payingFrom, payingUntil }) => ({
        clientId,
        from: String(payingFrom ?? '9999'),
        until: String(payingUntil ?? '9999'),
      }))
      for (const one of spans) {
        const other = spans.find(
          (span) =>
            span !== one && span.clientId === one.clientId && span.from < one.until && one.from < span.until,
        )
        expect(other).toBeUndefined()
      }
    }),
    { numRuns: 12 },
  )
})

describe('loading it', () => {
  test('twice changes nothing and says so', async () => {
    const facts = () =>
      demo.ask(
        'SELECT (SELECT count(*) FROM clients) AS clients, (SELECT max(id::text) FROM invoices) AS last',
      )
    const before = await facts()
    await demo.seed()
    expect(await facts()).toEqual(before)
    expect(demo.said.at(-1)).toContain('already')
  })

  test('on two machines on one day makes the same rows', async () => {
    const digest = `SELECT md5(string_agg(line, chr(10) ORDER BY line)) AS digest FROM (
      SELECT concat_ws(' ', id, email, phone, siret, last_sign_in_at, next_payment_on) AS line FROM clients
      UNION ALL SELECT concat_ws(' ', id, number, issued_on, due_on, paid_cents) FROM invoices) AS lines`
    expect(await (await seeded(today)).ask(digest)).toEqual(await demo.ask(digest))
  })

  test('beside other clients is refused, and they are left alone', async () => {
    const database = await testDatabase()
    const admin = new pg.Pool({ connectionString: database.adminUrl, max: 1 })
    atTheEnd(() => admin.end())
    await admin.query(
      `INSERT INTO clients (kind, status, last_name, email) VALUES ('practitioner', 'active', 'Vraie', 'vraie@example.org')`,
    )
    await expect(seedDemo({ ...database, config }, { today })).rejects.toThrow('holds 1 clients of its own')
    expect((await admin.query('SELECT last_name FROM clients')).rows).toEqual([{ last_name: 'Vraie' }])
    expect((await admin.query('SELECT FROM staff_members')).rowCount).toBe(0)
  })

  test.for(['staging', 'production'] as const)('in %s is refused', async (appEnv) => {
    await expect(seedDemo({ ...demo.database, config: { ...config, appEnv } }, { today })).rejects.toThrow(
      appEnv,
    )
  })
})
