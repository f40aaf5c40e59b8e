// A year's file of entries with a million of them, as the job writes it, against the same lines copied bare by PostgreSQL.
import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { withCopy } from '../modules/billing/server/accounting/copying.ts'
import { entryLines } from '../modules/billing/server/accounting/entries.ts'
import { smallSite } from './shared/small-site.ts'
import type { Result } from './run.ts'

export const about =
  'The FEC of 1,000,000 entries written and checked, at 200 MB, against a bare COPY of the same lines'

const invoices = 500_000
const limitMb = 200

export async function run(): Promise<Result> {
  const site = await smallSite()
  const folder = await mkdtemp(join(tmpdir(), 'bench-fec-'))
  const pool = new pg.Pool({ connectionString: site.appUrl, max: 2 })
  try {
    console.log(`inventing ${invoices} documents, each paid: ${invoices * 2} entries`)
    const companyId = await invent(site.adminUrl)
    const span = { companyId, from: '2025-01-01', until: '2025-12-31' }
    const path = join(folder, 'fec.txt')
    const { ms, faults, entries, lines, mostMb } = await written(site.appUrl, companyId, path)
    const { size } = await stat(path)
    console.log(
      `${entries} entries, ${lines} lines, ${(size / 1e6).toFixed(0)} MB, written and checked in ${(ms / 1000).toFixed(1)} s, ` +
        `${faults} faults, the process at most ${mostMb.toFixed(0)} MB`,
    )
    const bareBegan = performance.now()
    await withCopy(pool, `COPY (${entryLines(span)}) TO STDOUT`, (text) =>
      pipeline(text, createWriteStream(join(folder, 'bare.txt'))),
    )
    const bare = performance.now() - bareBegan
    return {
      bench: 'fec',
      metrics: [
        {
          name: 'memory, MB',
          value: Math.round(mostMb),
          target: `<= ${limitMb} MB`,
          meets: mostMb <= limitMb,
        },
        {
          name: 'entries',
          value: entries,
          target: '>= 1000000',
          meets: entries >= 1_000_000,
        },
        { name: 'faults', value: faults, target: '= 0', meets: faults === 0 },
      ],
      ours: ms,
      reference: bare,
      unit: 'ms',
      runs: 1,
    }
  } finally {
    await pool.end()
    await rm(folder, { recursive: true, force: true })
    await site.stop()
  }
}

type Written = { ms: number; faults: number; entries: number; lines: number; mostMb: number }

/** In a process of its own: this one grew while it made ready. */
async function written(appUrl: string, companyId: string, path: string): Promise<Written> {
  const script = join(import.meta.dirname, 'fec', 'writing.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [script, appUrl, companyId, path])
  return JSON.parse(stdout) as Written // printed by writing.ts
}

/** Invoices of two rates, frozen as far as entries read them, each paid by a transfer. @returns the company */
async function invent(adminUrl: string): Promise<string> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    await admin.query('begin')
    // Triggers and foreign keys rest: what they keep is made whole here.
    await admin.query(`set local session_replication_role = 'replica'`)
    const { rows } = await admin.query<{ id: string }>(`select id from billing_companies where key = 'main'`)
    const companyId = rows[0]?.id ?? ''
    await admin.query(`
      create temp table invented on commit drop as
      select n, uuidv7() as id, uuidv7() as payment_id, (select id from clients order by id offset n % 50 limit 1) as client_id,
        date '2025-01-01' + (n * 364 / ${invoices})::integer as day, 2000 + n % 9000 as net
      from generate_series(1, ${invoices}) as n`)
    await admin.query(
      `insert into invoices (id, client_id, company_id, state, number, issued_on, due_on, total_excl_cents, total_vat_cents, paid_cents)
       select id, client_id, $1, 'issued', 'FB-2025-' || lpad(n::text, 7, '0'), day, day + 30, 2 * net, round(net * 0.2) + round(net * 0.055),
         2 * net + round(net * 0.2) + round(net * 0.055) from invented`,
      [companyId],
    )
    await admin.query(
      `insert into invoice_documents (invoice_id, company_id, series, position, number, issued_on, content, xml, content_sha256, xml_sha256,
         previous_sha256, sha256, layout, wanted, finalised_at)
       select id, $1, 'invoice', 1000000 + n, 'FB-2025-' || lpad(n::text, 7, '0'), day,
         '{"buyer":{"name":"Cabinet ' || n || '"},"vat":[{"baseCents":' || net || ',"basisPoints":2000,"vatCents":' || round(net * 0.2)
           || '},{"baseCents":' || net || ',"basisPoints":550,"vatCents":' || round(net * 0.055) || '}]}',
         '', '', '', '', sha256(n::text::bytea), 'invoice-1', 'on_demand', day + time '10:00' from invented`,
      [companyId],
    )
    await admin.query(
      `insert into payments (id, client_id, company_id, received_on, amount_cents, method, source)
       select payment_id, client_id, $1, day, 2 * net + round(net * 0.2) + round(net * 0.055), 'transfer', 'bank' from invented`,
      [companyId],
    )
    await admin.query(
      `insert into payment_allocations (payment_id, invoice_id, amount_cents)
       select payment_id, id, 2 * net + round(net * 0.2) + round(net * 0.055) from invented`,
    )
    await admin.query('commit')
    await admin.query('analyze invoices, invoice_documents, payments, payment_allocations')
    return companyId
  } finally {
    await admin.end()
  }
}
