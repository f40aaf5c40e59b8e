import { driftsFound, driftWatch } from '#server/tenancy'
import type { OwnFleet } from '../own-fleet.ts'

export const usage = `mgp tenants drift

Holds the schema and the rights of each tenant's database against the template of its cluster, and names every line that
differs. Exit code 1: some do, or could not be reached.`

export async function run(_args: string[], fleet: OwnFleet): Promise<number> {
  const { db, tenants } = fleet
  await driftWatch({ ...fleet, ...tenants }).check()
  const found = await driftsFound(db)
  for (const { tenantId, name, differences, trouble } of found) {
    console.log(`${tenantId}  ${name}${trouble === null ? '' : `: ${trouble}`}`)
    for (const { kind, line } of differences) console.log(`  ${kind}: ${line}`)
  }
  if (found.length === 0) console.log('No tenant differs from what its schema version says.')
  return found.length === 0 ? 0 : 1
}
