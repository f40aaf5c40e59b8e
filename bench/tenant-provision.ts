// What a practice costs: its whole provisioning (logins, database, rights, whose it is, catalogue, invitation) against
// the bare CREATE DATABASE from the same template, in turn on the same PostgreSQL; then 500 of them without one failure.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { withFleet, type OwnFleet } from '../apps/server/terminal/own-fleet.ts'
import { readConfig } from '#platform/server/config.ts'
import { openPractice } from '#server/tenancy'
import type { Provisioner } from '../modules/tenancy/server/clusters.ts'
import { median } from './shared/load.ts'
import type { Result } from './run.ts'

export const about = 'a practice against the bare CREATE DATABASE it needs; 500 of them in one run'

const rounds = 40
const practices = 500
const atOnce = 2
const most = 1.5

export async function run(): Promise<Result> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-bench-tenants-'))
  try {
    const config = readConfig({ APP_ENV: 'development', DATA_DIR: dataDir })
    return await withFleet(config, measure)
  } finally {
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
}

async function measure(fleet: OwnFleet): Promise<Result> {
  const clients = await inventClients(fleet, practices)
  const ask = (clientId = '') => asked(fleet, clientId)
  // The template, and code that has run before.
  for (let warm = 0; warm < 10; warm++) await provision(fleet, await ask(clients.pop()))
  const main = await fleet.db.selectFrom('clusters').select('id').executeTakeFirstOrThrow()
  const provisioner = await fleet.tenants.clusters.provisioner(main.id)

  const bare: number[] = []
  const ours: number[] = []
  for (let round = 1; round <= rounds; round++) {
    const work = await ask(clients.pop())
    // Each goes first every other time.
    const order = round % 2 === 0 ? ['bare', 'ours'] : ['ours', 'bare']
    for (const which of order) {
      if (which === 'bare') bare.push(await bareCreate(provisioner, fleet.tenants.templates.name))
      else ours.push(await timed(() => provision(fleet, work)))
    }
    if (round % 10 === 0)
      console.log(
        `round ${round}: bare ${median(bare).toFixed(0)} ms, a practice ${median(ours).toFixed(0)} ms ` +
          `(${(median(ours) / median(bare)).toFixed(2)})`,
      )
  }

  const began = performance.now()
  const rest = clients.length
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let client = clients.pop(); client !== undefined; client = clients.pop())
        await provision(fleet, await ask(client))
    }),
  )
  const seconds = (performance.now() - began) / 1000
  const living = await prove(fleet, provisioner)
  console.log(
    `${rest} practices, ${atOnce} at once, in ${seconds.toFixed(1)} s: ${(rest / seconds).toFixed(1)}/s`,
  )

  const ratio = median(ours.map((value, index) => value / (bare[index] ?? Number.NaN)))
  return {
    bench: 'tenant-provision',
    metrics: [
      { name: 'ratio', value: Number(ratio.toFixed(2)), target: `<= ${most}`, meets: ratio <= most },
      {
        name: 'practices',
        value: living,
        target: `= ${practices}, none failed`,
        meets: living === practices,
      },
      {
        name: 'practices_a_second',
        value: Number((rest / seconds).toFixed(1)),
        target: 'shown beside',
        meets: true,
      },
    ],
    ours: Math.round(median(ours)),
    reference: Math.round(median(bare)),
    unit: 'ms',
    runs: rounds,
  }
}

/** Asking is a request of its own, and has been answered when the work begins. */
async function asked({ db, vault }: OwnFleet, clientId: string): Promise<string> {
  const opened = await db
    .transaction()
    .execute((transaction) =>
      openPractice(transaction, { vault, jobs: undefined }, { clientId, askedBy: null, now: new Date() }),
    )
  return opened.workId
}

async function provision({ works }: OwnFleet, workId: string): Promise<void> {
  const outcome = await works.run(workId)
  if (outcome !== 'done') throw new Error(`a practice was not made: ${outcome}`)
}

/** It stays: a DROP asks for a checkpoint, which whatever is measured next would pay for. */
function bareCreate(provisioner: Provisioner, template: string): Promise<number> {
  const create = `CREATE DATABASE bare_${randomBytes(6).toString('hex')} TEMPLATE ${template}`
  return timed(() => provisioner.run((client) => client.query(create)))
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

async function inventClients({ db }: OwnFleet, count: number): Promise<string[]> {
  const rows = await db
    .insertInto('clients')
    .values(
      Array.from({ length: count }, (_, index) => ({
        kind: 'practitioner',
        status: 'active',
        email: `practice-${index}@example.com`,
        firstName: 'Claire',
        lastName: `Moreau ${index}`,
      })),
    )
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** What was measured really happened: living practices, each with its database and its six logins. */
async function prove({ db }: OwnFleet, provisioner: Provisioner): Promise<number> {
  const living = await db.selectFrom('tenants').where('state', '=', 'active').select('databaseName').execute()
  const { rows } = await provisioner.run((client) =>
    client.query<{ databases: number; logins: number }>(
      `SELECT (SELECT count(*)::int FROM pg_database WHERE datname ~ '^t_') AS databases,
        (SELECT count(*)::int FROM pg_roles WHERE rolname ~ '^t_' AND rolcanlogin) AS logins`,
    ),
  )
  const [found] = rows
  if (found?.databases !== living.length || found.logins !== 6 * living.length)
    throw new Error(`${living.length} practices, ${found?.databases} databases, ${found?.logins} logins`)
  return living.length
}
