import { parseArgs } from 'node:util'
import { fleetNow, listedClusters } from '#server/tenancy'
import type { OwnFleet } from '../own-fleet.ts'

export const usage = `mgp tenants status [--json]

Which schema versions the tenants have, how the last migration went, what drifted, and how the clusters fare.`

export async function run(args: string[], { db, tenants }: OwnFleet): Promise<void> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } })
  const fleet = await fleetNow(db, tenants.schema)
  const clusters = await listedClusters(db)
  if (values.json) return console.log(JSON.stringify({ ...fleet, clusters }, null, 2))
  console.log(`Schema ${fleet.currentVersion}, served from ${fleet.oldestServed} on`)
  for (const { version, tenants: count } of fleet.versions) console.log(`  ${version}: ${count} tenants`)
  const { latest, drift } = fleet
  if (latest) {
    const { toVersion, state, stoppedBecause, failures } = latest
    const because = stoppedBecause ? ` (${stoppedBecause.replaceAll('_', ' ')})` : ''
    console.log(`Last migration, to ${toVersion}: ${state}${because}, ${failures.length} failed`)
    for (const { tenantId, name, error } of failures) console.log(`  ${tenantId}  ${name}: ${error}`)
  }
  const { checkedAt, checked, drifting, unreachable } = drift
  console.log(
    checkedAt === null
      ? 'Drift: not looked for yet'
      : `Drift, ${checkedAt}: ${drifting} of ${checked}, ${unreachable} not reached`,
  )
  for (const { name, address, state, tenants: count, capacity, trouble } of clusters)
    console.log(
      `Cluster ${name} (${address}): ${state}, ${count} of ${capacity}${trouble ? `: ${trouble}` : ''}`,
    )
}
