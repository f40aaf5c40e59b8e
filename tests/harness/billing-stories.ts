import pg from 'pg'
import { inject } from 'vitest'
import { vatOn } from '#platform/contract/money.ts'
import { types } from '#platform/server/db.ts'
import { atTheEnd } from './at-the-end.ts'
import { testCluster } from './cluster.ts'

/** What happens between the vendor and its clients, told in few words. Its documents are an older system's: only an owner takes them over. */
export type Stories = {
  client(name: string, over?: { status?: string; department?: string }): Promise<string>
  subscribe(
    client: string,
    over: { from?: string; until?: string; status?: string; cents?: number },
  ): Promise<string>
  /** An invoice of one line; a negative amount makes it a credit note. @returns its id */
  invoice(
    client: string,
    over: { on: string; due?: string; excl?: number; rate?: number; draft?: boolean },
  ): Promise<string>
  /** One payment of an amount, allocated to one invoice. */
  pay(invoice: string, cents: number, on: string): Promise<void>
  run(statement: string, ...values: unknown[]): Promise<Record<string, unknown>[]>
}

export async function tellStories(pool: pg.Pool): Promise<Stories> {
  const owner = await asOwner(pool)
  const run = async (statement: string, ...values: unknown[]) =>
    (await owner.query<Record<string, unknown>>(statement, values)).rows
  const idOf = async (statement: string, ...values: unknown[]) =>
    String((await run(statement, ...values))[0]?.['id'])
  const plan = await idOf(
    `INSERT INTO plans (key, name, monthly_cents) VALUES ('solo', 'Solo', 2417)
     ON CONFLICT (key) DO UPDATE SET name = excluded.name RETURNING id`,
  )
  let number = 0
  return {
    run,
    client: (name, { status = 'active', department = '54' } = {}) => {
      const [firstName, lastName] = name.split(' ')
      return idOf(
        `INSERT INTO clients (kind, status, first_name, last_name, email, department)
         VALUES ('practitioner', $1, $2, $3, lower($2 || '.' || $3 || '@example.com'), $4) RETURNING id`,
        status,
        firstName,
        lastName,
        department,
      )
    },
    subscribe: (client, { from, until, status = 'active', cents = 2_417 }) =>
      idOf(
        `INSERT INTO subscriptions (client_id, plan_id, status, monthly_cents, started_on, paying_from, paying_until)
         VALUES ($1, $2, $3, $4, coalesce($5::date, '2026-01-01'), $5, $6) RETURNING id`,
        client,
        plan,
        status,
        cents,
        from ?? null,
        until ?? null,
      ),
    invoice: async (client, { on, due = on, excl = 2_417, rate = 2_000, draft = false }) => {
      number++
      const id = await idOf(
        `INSERT INTO invoices (client_id, kind, state, origin, number, issued_on, due_on, total_excl_cents, total_vat_cents)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
        client,
        excl < 0 ? 'credit_note' : 'invoice',
        draft ? 'draft' : 'issued',
        draft ? 'hand' : 'import',
        draft ? null : `${excl < 0 ? 'A' : 'F'}-${on.slice(0, 4)}-${String(number).padStart(5, '0')}`,
        draft ? null : on,
        draft ? null : due,
        excl,
        vatOn(excl, rate),
      )
      await run(
        `INSERT INTO invoice_lines (invoice_id, position, description, quantity, unit_price_cents, vat_basis_points)
         VALUES ($1, 1, 'Abonnement à MaGestionPsy', sign($2::bigint), abs($2::bigint), $3)`,
        id,
        excl,
        rate,
      )
      return id
    },
    pay: async (invoice, cents, on) => {
      await run(
        `WITH received AS (
           INSERT INTO payments (client_id, received_on, amount_cents, method)
           SELECT client_id, $3, $2, 'transfer' FROM invoices WHERE id = $1 RETURNING id)
         INSERT INTO payment_allocations (payment_id, invoice_id, amount_cents) SELECT id, $1, $2 FROM received`,
        invoice,
        cents,
        on,
      )
    },
  }
}

/** On the same database, as the owner of its tables. */
async function asOwner(pool: pg.Pool): Promise<pg.Pool> {
  const { adminUrl } = await testCluster(inject('clusterDir'))
  const url = new URL(adminUrl)
  url.pathname = new URL(pool.options.connectionString ?? '').pathname
  const owner = new pg.Pool({
    connectionString: url.href,
    max: 2,
    types,
    options: '-c role=mgp_owner -c search_path=public,pg_temp',
  })
  owner.on('error', () => {})
  atTheEnd(() => owner.end())
  return owner
}
