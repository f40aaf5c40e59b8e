// What an entry of the audit log costs the write it tells of: the same endpoint over HTTP, 16 people at once, with its
// entry and without, in turn; and beside it what it would cost if the transaction numbered its entry too (decision 8).
import path from 'node:path'
import pg from 'pg'
import { write, type Client } from './audit-write/writers.ts'
import type { Mode } from './audit-write/server.ts'
import { median } from './shared/load.ts'
import { cookieOf } from './shared/signed-in.ts'
import { smallSite } from './shared/small-site.ts'
import type { Result } from './run.ts'

export const about = 'writes with their audit entry against the same without, 16 at once'

const writers = 16
const rounds = 8
const turns = 8
const modes: readonly Mode[] = ['none', 'entry', 'numbered']
const least = 0.85

export async function run(): Promise<Result> {
  const site = await smallSite({}, path.join(import.meta.dirname, 'audit-write/server.ts'))
  try {
    const port = Number(new URL(site.server.url).port)
    const cookie = await cookieOf(site.server, 'support')
    let report = await write({ port, cookie, clients: await prepare(site.adminUrl), modes, turns: 4 })
    const measured: Record<Mode, number>[] = []
    for (let round = 1; round <= rounds; round++) {
      report = await write({ port, cookie, clients: report.clients, modes, turns })
      const one = report.perSecond
      measured.push(one)
      console.log(
        `round ${round}: without ${one.none.toFixed(0)}/s, with its entry ${one.entry.toFixed(0)}/s ` +
          `(${(one.entry / one.none).toFixed(2)}), numbered in the transaction ${one.numbered.toFixed(0)}/s (${(one.numbered / one.none).toFixed(2)})`,
      )
    }
    await proveEntries(site.adminUrl)

    const ratio = median(measured.map(({ entry, none }) => entry / none))
    const numbered = median(measured.map((one) => one.numbered / one.none))
    return {
      bench: 'audit-write',
      metrics: [
        { name: 'ratio', value: Number(ratio.toFixed(3)), target: `>= ${least}`, meets: ratio >= least },
        {
          name: 'ratio_numbered_in_transaction',
          value: Number(numbered.toFixed(3)),
          target: 'shown beside',
          meets: true,
        },
      ],
      ours: Math.round(median(measured.map(({ entry }) => entry))),
      reference: Math.round(median(measured.map(({ none }) => none))),
      unit: 'writes/s',
      runs: rounds,
    }
  } finally {
    await site.stop()
  }
}

/** A client for each writer; and what the server may not do, so that a transaction of it can number its entry. */
async function prepare(adminUrl: string): Promise<Client[]> {
  return asAdmin(adminUrl, async (admin) => {
    await admin.query('GRANT SELECT ON audit_entries TO mgp_app')
    await admin.query('GRANT SELECT, INSERT ON audit_leaves TO mgp_app')
    const { rows } = await admin.query<Client>(
      'SELECT id, version FROM clients WHERE trashed_at IS NULL ORDER BY id LIMIT $1',
      [writers],
    )
    return rows
  })
}

/** What was measured really happened: versions are entries, but for those that were left out on purpose. */
async function proveEntries(adminUrl: string): Promise<void> {
  const { rows } = await asAdmin(adminUrl, (admin) =>
    admin.query<{ entries: number; leaves: number }>(
      `SELECT (SELECT count(*)::int FROM audit_entries WHERE verb = 'client.updated') AS entries,
        (SELECT count(*)::int FROM audit_leaves) AS leaves`,
    ),
  )
  const [{ entries, leaves } = { entries: 0, leaves: 0 }] = rows
  if (entries <= leaves || leaves === 0) throw new Error(`${entries} entries, ${leaves} of them numbered`)
}

async function asAdmin<T>(url: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}
