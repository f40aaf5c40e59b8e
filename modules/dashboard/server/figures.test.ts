import fc from 'fast-check'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../tests/harness/database.ts'

const { adminUrl } = await testDatabase()
const pool = new pg.Pool({
  connectionString: adminUrl,
  max: 4,
  options: '-c deadlock_timeout=50ms -c role=mgp_owner',
})
afterAll(() => pool.end())
const plan = (
  await pool.query(`INSERT INTO plans (key, name, monthly_cents) VALUES ('solo', 'Solo', 2417) RETURNING id`)
).rows[0].id as string

/** What the dashboard reads and a full recount, both as text, so that a difference shows itself. */
async function figures(view: 'current_figures' | 'recounted_figures'): Promise<string[]> {
  const { rows } = await pool.query(
    `SELECT concat_ws(' ', measure, day, dimension, count, cents) AS line FROM ${view}
     WHERE count <> 0 OR cents <> 0 ORDER BY 1`,
  )
  return rows.map(({ line }) => line as string)
}

async function expectEqualFigures(): Promise<void> {
  expect(await figures('current_figures')).toEqual(await figures('recounted_figures'))
}

const anyRow = (table: string, pick: number) =>
  `(SELECT id FROM ${table} ORDER BY md5(id::text || '${pick}') LIMIT 1)`
const days = ['2026-01-31', '2026-02-01', '2026-02-27', '2026-03-29', '2026-10-31']

type Change = { what: number; text: string }
const happened = new Set<number>()

/** One statement on the facts, chosen at random; one the schema refuses must leave the figures alone. */
const statement: fc.Arbitrary<Change> = fc
  .record({
    pick: fc.nat(),
    other: fc.nat(),
    cents: fc.integer({ min: 0, max: 90_000 }),
    day: fc.constantFrom(...days),
    later: fc.constantFrom(...days),
    status: fc.constantFrom('active', 'prospect', 'freemium', 'excluded'),
    department: fc.constantFrom("'54'", "'2A'", 'NULL'),
    subscription: fc.constantFrom('trialing', 'active', 'past_due', 'paused', 'cancelled', 'ended'),
    rows: fc.integer({ min: 1, max: 3 }),
    // Facts come more often than they go, or the tables would stay empty.
    what: fc.constantFrom(
      0,
      0,
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      7,
      7,
      8,
      9,
      10,
      11,
      12,
      12,
      12,
      13,
      14,
      15,
      16,
      16,
      16,
      17,
      18,
    ),
  })
  .map(({ pick, other, cents, day, later, status, department, subscription, rows, what }) => {
    const client = anyRow('clients', pick)
    const invoice = anyRow('invoices', pick)
    const email = `gen_random_uuid() || '@example.com'`
    const text = [
      `INSERT INTO clients (kind, status, last_name, email, department)
       SELECT 'practitioner', '${status}', 'Aubert', ${email}, ${department} FROM generate_series(1, ${rows})`,
      `UPDATE clients SET status = '${status}' WHERE id IN (${client}, ${anyRow('clients', other)})`,
      `UPDATE clients SET department = ${department}`,
      `UPDATE clients SET trashed_at = CASE WHEN trashed_at IS NULL THEN now() END WHERE id = ${client}`,
      `UPDATE clients SET last_sign_in_at = now() WHERE id = ${client}`,
      `DELETE FROM clients WHERE id = ${client}`,
      `INSERT INTO clients (kind, status, last_name, email) SELECT kind, 'excluded', last_name, email FROM clients
       ON CONFLICT (lower(email)) DO UPDATE SET status = excluded.status`,
      `INSERT INTO subscriptions (client_id, plan_id, status, monthly_cents, started_on, paying_from, paying_until)
       VALUES (${client}, '${plan}', '${subscription}', ${cents}, '${day}', '${day}', nullif(greatest('${later}', '${day}'), '${day}')::date)`,
      `UPDATE subscriptions SET status = '${subscription}', monthly_cents = ${cents} WHERE id = ${anyRow('subscriptions', pick)}`,
      `UPDATE subscriptions SET paying_from = '${day}', paying_until = NULL WHERE id = ${anyRow('subscriptions', pick)}`,
      `UPDATE subscriptions SET paying_from = NULL, paying_until = '${later}' WHERE id = ${anyRow('subscriptions', pick)}`,
      `DELETE FROM subscriptions WHERE id = ${anyRow('subscriptions', pick)}`,
      `INSERT INTO invoices (client_id, state, origin, number, issued_on, due_on, total_excl_cents, total_vat_cents)
       SELECT ${client}, 'issued', 'import', gen_random_uuid()::text, '${day}', '${later}', ${cents}, ${cents} / 5 FROM generate_series(1, ${rows})`,
      `INSERT INTO invoices (client_id, kind, state, origin, number, issued_on, due_on, total_excl_cents, total_vat_cents)
       VALUES (${client}, 'credit_note', 'issued', 'import', gen_random_uuid()::text, '${day}', '${day}', -${cents}, -${cents} / 5)`,
      `INSERT INTO invoices (client_id, origin, total_excl_cents) VALUES (${client}, 'import', ${cents})`,
      `UPDATE invoices SET state = 'issued', number = id::text, issued_on = '${day}', due_on = '${later}' WHERE state = 'draft'`,
      `WITH received AS (INSERT INTO payments (client_id, received_on, amount_cents, method)
         SELECT client_id, '${day}', greatest(1, total_incl_cents / ${rows}), 'transfer' FROM invoices WHERE id = ${invoice} RETURNING id, amount_cents)
       INSERT INTO payment_allocations (payment_id, invoice_id, amount_cents)
         SELECT received.id, invoices.id, amount_cents FROM received, invoices
         WHERE state = 'issued' AND invoices.id IN (${invoice}, ${anyRow('invoices', other)})`,
      `UPDATE payment_allocations SET invoice_id = ${invoice}, amount_cents = amount_cents / 2 WHERE invoice_id = ${anyRow('invoices', other)}`,
      `DELETE FROM payment_allocations WHERE payment_id = ${anyRow('payments', pick)}`,
    ][what]! // one of the list's own places
    return { what, text }
  })

/** A statement may break a rule of the schema; then it simply did not happen. */
async function attempt(client: pg.PoolClient, { what, text }: Change): Promise<boolean> {
  try {
    if ((await client.query(text)).rowCount) happened.add(what)
    return true
  } catch (error) {
    // Class 23: a constraint. 40P01: two statements locked each other and this one gave way.
    if (error instanceof pg.DatabaseError && /^23|^40P01/.test(error.code ?? '')) return false
    throw error
  }
}

describe('the figures equal a full recount', () => {
  test('after any sequence of changes, folded or not, committed or rolled back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(statement, { minLength: 5, maxLength: 30 }),
        fc.nat(),
        async (changes, at) => {
          const client = await pool.connect()
          try {
            for (const [index, change] of changes.entries()) {
              if (index % 7 === at % 7) await client.query('SELECT fold_figures()')
              if (index % 5 === 4) {
                await client.query('BEGIN')
                await attempt(client, change)
                await client.query('ROLLBACK')
              } else await attempt(client, change)
            }
          } finally {
            client.release()
          }
          await expectEqualFigures()
        },
      ),
      { numRuns: 60 },
    )
    // A statement that never did anything would prove nothing.
    expect([...happened].toSorted((one, other) => one - other)).toEqual([...Array(19).keys()])
  })

  test('after transactions that work on the same rows at once, while figures are folded', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(statement, { minLength: 2, maxLength: 8 }), { minLength: 3, maxLength: 3 }),
        async (people) => {
          const work = people.map(async (changes) => {
            const client = await pool.connect()
            try {
              await client.query('BEGIN')
              for (const change of changes) {
                await client.query('SAVEPOINT before')
                if (!(await attempt(client, change))) await client.query('ROLLBACK TO before')
              }
              await client.query('COMMIT')
            } finally {
              client.release()
            }
          })
          const folding = (async () => {
            for (let turn = 0; turn < 5; turn++) await pool.query('SELECT fold_figures()')
          })()
          await Promise.all([...work, folding])
          await expectEqualFigures()
        },
      ),
      { numRuns: 10 },
    )
  })

  test('after everything is deleted nothing is left, not even zeros', async () => {
    // Nobody deletes what was issued and what was paid: that law rests for once.
    await pool.query('ALTER TABLE invoices DISABLE TRIGGER issued_stays')
    await pool.query('ALTER TABLE payments DISABLE TRIGGER written_once')
    for (const table of ['payment_allocations', 'payments', 'invoices', 'subscriptions', 'clients'])
      await pool.query(`DELETE FROM ${table}`)
    await pool.query('ALTER TABLE invoices ENABLE TRIGGER issued_stays')
    await pool.query('ALTER TABLE payments ENABLE TRIGGER written_once')
    await pool.query('SELECT fold_figures()')
    expect(
      (
        await pool.query(
          'SELECT * FROM figures UNION ALL SELECT measure, day, dimension, count, cents FROM figure_deltas',
        )
      ).rows,
    ).toEqual([])
  })
})

describe('a change of no figure', () => {
  test('leaves no delta', async () => {
    await pool.query(
      `INSERT INTO clients (kind, status, last_name, email) VALUES ('secretary', 'active', 'Blin', 'odile.blin@example.com')`,
    )
    await pool.query('SELECT fold_figures()')
    await pool.query(`UPDATE clients SET last_sign_in_at = now(), version = version + 1`)
    expect((await pool.query('SELECT * FROM figure_deltas')).rows).toEqual([])
  })
})

describe('news of the figures', () => {
  test('comes once a transaction however many facts changed, and not at all when it was rolled back', async () => {
    const listener = await pool.connect()
    const heard: string[] = []
    listener.on('notification', ({ payload }) => heard.push(payload ?? ''))
    await listener.query('LISTEN news')
    const change = `UPDATE clients SET status = CASE status WHEN 'active' THEN 'prospect' ELSE 'active' END`
    const writer = await pool.connect()
    await writer.query('BEGIN')
    await writer.query(change)
    await writer.query('ROLLBACK')
    await writer.query('BEGIN')
    await writer.query(change)
    await writer.query(`UPDATE clients SET department = '54'`)
    await writer.query('COMMIT')
    writer.release()
    // A round trip on the listening connection delivers what is pending.
    await listener.query('SELECT 1')
    listener.removeAllListeners('notification')
    await listener.query('UNLISTEN news')
    listener.release()
    expect(heard).toEqual(['{"topic":"figures","needs":"dashboard.read"}'])
  })
})

describe('who returns', () => {
  test('has one current subscription, and the former one stays as history', async () => {
    const { rows } = await pool.query(`SELECT id FROM clients LIMIT 1`)
    const subscribe = (status: string, from: string, until: string | null) =>
      pool.query(
        `INSERT INTO subscriptions (client_id, plan_id, status, monthly_cents, started_on, paying_from, paying_until)
         VALUES ($1, $2, $3, 2417, $4, $4, $5)`,
        [rows[0].id, plan, status, from, until],
      )
    await subscribe('ended', '2026-01-01', '2026-03-01')
    await subscribe('active', '2026-06-01', null)
    const { rows: kept } = await pool.query(
      'SELECT status, is_current FROM subscriptions ORDER BY started_on',
    )
    expect(kept).toEqual([
      { status: 'ended', is_current: false },
      { status: 'active', is_current: true },
    ])
    await expectEqualFigures()
    await expect(subscribe('active', '2026-08-01', null)).rejects.toThrow('daterange_excl')
    await expect(subscribe('ended', '2026-01-15', '2026-02-15')).rejects.toThrow('daterange_excl')
    await expect(
      pool.query(
        `INSERT INTO subscriptions (client_id, plan_id, status, monthly_cents, started_on)
         VALUES ($1, $2, 'trialing', 2417, '2026-08-01')`,
        [rows[0].id, plan],
      ),
    ).rejects.toThrow('one_current_subscription_a_client')
  })
})
