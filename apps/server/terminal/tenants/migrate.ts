import { parseArgs } from 'node:util'
import { askForMigration, fleetNow, fleetRunner } from '#server/tenancy'
import type { FleetMigration } from '#contract/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import { Refused } from '#platform/server/requests.ts'
import type { OwnFleet } from '../own-fleet.ts'
import { WrongUsage } from '../wrong-usage.ts'
import { writtenDown } from '../written-down.ts'

export const usage = `mgp tenants migrate [--failures NUMBER]

Brings the databases of all tenants to the newest schema, in waves: canaries, one in a hundred, one in ten, the rest. One
that fails does not keep the others of its wave; the next wave begins when no more than NUMBER of them failed (0). Goes on
with a migration that was cut short. A running server may be at it meanwhile.`

export async function run(args: string[], fleet: OwnFleet): Promise<number> {
  const { values } = parseArgs({ args, options: { failures: { type: 'string', default: '0' } } })
  const failuresAllowed = Number(values.failures)
  if (!Number.isInteger(failuresAllowed) || failuresAllowed < 0)
    throw new WrongUsage(`--failures is "${values.failures}": must be a whole number.`)
  const { db, tenants } = fleet
  const id = await begunOrUnderWay(fleet, failuresAllowed)
  if (id === undefined) {
    console.log('Nothing to migrate: all tenants have the newest schema.')
    return 0
  }
  const runner = fleetRunner({ ...fleet, ...tenants })
  const leave = () => void runner.close()
  process.once('SIGINT', leave)
  const watching = setInterval(() => void watch(db, fleet), 500)
  try {
    await runner.run(id)
  } finally {
    clearInterval(watching)
    process.off('SIGINT', leave)
  }
  const { latest } = await fleetNow(db, tenants.schema)
  if (latest) report(latest)
  return latest?.state === 'done' && latest.failures.length === 0 ? 0 : 1
}

async function begunOrUnderWay(fleet: OwnFleet, failuresAllowed: number): Promise<string | undefined> {
  const { db, tenants } = fleet
  const { latest } = await fleetNow(db, tenants.schema)
  if (latest?.state === 'waiting' || latest?.state === 'running') return latest.id
  try {
    const { id } = await writtenDown(
      fleet,
      { verb: 'fleet_migration.started', label: 'mgp tenants migrate' },
      async (transaction: CentralDb) => {
        const asked = { failuresAllowed, askedBy: null }
        const begun = await askForMigration(transaction, tenants.schema, asked, undefined)
        const after = { toVersion: tenants.schema.current, failuresAllowed }
        return { object: 'fleet_migration', id: begun, after }
      },
    )
    return id
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === 'fleet_nothing_to_migrate') return undefined
    throw error
  }
}

async function watch(db: CentralDb, { tenants }: OwnFleet): Promise<void> {
  if (!process.stderr.isTTY) return
  const { latest } = await fleetNow(db, tenants.schema)
  const sum = (what: 'total' | 'done' | 'failed') =>
    latest?.waves.reduce((whole, wave) => whole + wave[what], 0) ?? 0
  process.stderr.write(`\r\u001b[K${sum('done')} of ${sum('total')} tenants, ${sum('failed')} failed`)
}

function report({ toVersion, state, stoppedBecause, waves, failures }: FleetMigration): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  console.log(
    `Schema ${toVersion}: ${state}${stoppedBecause ? ` (${stoppedBecause.replaceAll('_', ' ')})` : ''}`,
  )
  for (const { wave, total, done, failed, skipped } of waves)
    if (total > 0)
      console.log(`  ${wave.padEnd(8)} ${done} of ${total}, ${failed} failed, ${skipped} passed over`)
  for (const { tenantId, name, error } of failures) console.log(`  ${tenantId}  ${name}: ${error}`)
}
