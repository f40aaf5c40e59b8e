// A month's renewal of 100,000 subscriptions to drafts: priced line by line, each period once, MRR and next payments moved. Beside
// it the least it can cost: the same documents, lines and periods, by one bare INSERT ... SELECT in the same run.
import pg from 'pg'
import { centralDb, openPool } from '#platform/server/db.ts'
import { renewDue } from '../modules/billing/server/renewal/renewing.ts'
import { median } from './shared/load.ts'
import { smallSite } from './shared/small-site.ts'
import type { Result } from './run.ts'

export const about = '100,000 subscriptions renewed to drafts, at 0.5 or more of a bare INSERT ... SELECT'

const subscriptions = 100_000
const rounds = 3
const least = 0.5

export async function run(): Promise<Result> {
  const site = await smallSite({ ROLE: 'web' })
  const admin = new pg.Client({ connectionString: site.adminUrl })
  const pool = openPool(site.appUrl, { max: 2, patience: { connection: 5_000, statement: 600_000 } })
  await admin.connect()
  try {
    const companyId = await invent(admin)
    const db = centralDb(pool)
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < rounds; round++) {
      const until = `2030-0${round + 1}-01`
      const bareMs = await timed(() => bare(admin, companyId))
      const began = performance.now()
      const { renewed } = await renewDue(db, { until, companyId, vat: { taxed: true }, hold: false })
      const ms = performance.now() - began
      if (renewed !== subscriptions) throw new Error(`${renewed} of ${subscriptions} were renewed`)
      const again = await renewDue(db, { until, companyId, vat: { taxed: true }, hold: false })
      if (again.renewed !== 0) throw new Error('a period was invoiced twice')
      ours.push(ms)
      theirs.push(bareMs)
      console.log(
        `round ${round + 1}: ${(ms / 1000).toFixed(1)} s, bare ${(bareMs / 1000).toFixed(1)} s, ratio ${(bareMs / ms).toFixed(2)}`,
      )
    }
    const ratio = median(ours.map((ms, round) => (theirs[round] ?? 0) / ms))
    return {
      bench: 'renewal',
      metrics: [
        {
          name: 'ratio',
          value: Number(ratio.toFixed(2)),
          target: `>= ${least}`,
          meets: ratio >= least,
        },
        { name: 'twice', value: 0, target: '0', meets: true },
      ],
      ours: Math.round((subscriptions * 1000) / median(ours)),
      reference: Math.round((subscriptions * 1000) / median(theirs)),
      unit: 'subscriptions/s',
      runs: rounds,
    }
  } finally {
    await pool.end()
    await admin.end()
    await site.stop()
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** As many who pay 24,17 € a month from the first day of 2030 on. */
async function invent(admin: pg.Client): Promise<string> {
  await admin.query(`UPDATE subscriptions SET next_period_on = NULL`)
  await admin.query(
    `INSERT INTO clients (kind, status, last_name, first_name, email, department)
     SELECT 'practitioner', 'active', 'Renouvelé', 'Client', 'renewed-' || n || '@example.com', '54' FROM generate_series(1, ${subscriptions}) n`,
  )
  await admin.query(
    `INSERT INTO subscriptions (client_id, plan_id, status, monthly_cents, started_on, paying_from, anchor_on, next_period_on)
     SELECT clients.id, (SELECT id FROM plans WHERE key = 'solo'), 'active', 2417, '2029-12-01', '2029-12-01', '2030-01-01', '2030-01-01'
     FROM clients WHERE email LIKE 'renewed-%'`,
  )
  await admin.query('VACUUM ANALYZE')
  const { rows } = await admin.query<{ id: string }>(`SELECT id FROM billing_companies WHERE key = 'main'`)
  return rows[0]?.id ?? ''
}

/**
 * The same rows, column by column, into the same tables with their indexes, keys and triggers: documents, lines and periods, all
 * of them known beforehand, in one statement. Nothing is reckoned, and nobody moves on: its periods lie a century before ours.
 */
const bare = (admin: pg.Client, companyId: string) =>
  admin.query(
    `WITH wanted AS MATERIALIZED (
       SELECT id AS subscription_id, client_id, plan_id, next_period_on AS from_on, (next_period_on + interval '1 month')::date AS ends_on,
         uuidv7() AS invoice_id FROM subscriptions
       WHERE next_period_on >= '2030-01-01'),
     documents AS (
       INSERT INTO invoices (id, company_id, client_id, kind, type_code, state, subscription_id, period_from, period_until,
         payment_means, origin, held, total_excl_cents, total_vat_cents)
       SELECT invoice_id, $1::uuid, client_id, 'invoice', 380, 'draft', subscription_id, from_on, ends_on - 1,
         NULL, 'renewal', false, 2417, 483 FROM wanted),
     lines AS (
       INSERT INTO invoice_lines (invoice_id, position, description, quantity, unit, unit_price_cents, discount_basis_points,
         discount_cents, vat_category, vat_basis_points, vat_exemption, period_from, period_until)
       SELECT invoice_id, 1, 'Abonnement à MaGestionPsy', 1, 'MON', 2417, 0, 0, 'S', 2000, NULL, from_on, ends_on - 1 FROM wanted)
     INSERT INTO subscription_periods (subscription_id, starts_on, ends_on, plan_id, invoice_id)
     SELECT subscription_id, from_on - 36525, ends_on - 36525, plan_id, invoice_id FROM wanted`,
    [companyId],
  )
