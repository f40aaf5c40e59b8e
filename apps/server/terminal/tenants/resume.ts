import { resumePractice } from '#server/tenancy'
import type { OwnFleet } from '../own-fleet.ts'
import { tenantNamed } from '../tenant-named.ts'
import { writtenDown } from '../written-down.ts'

export const usage = `mgp tenants resume TENANT

Lets the practice in again.`

export async function run(args: string[], fleet: OwnFleet): Promise<void> {
  const { id, name } = await tenantNamed(fleet, args.join(' '))
  await writtenDown(fleet, { verb: 'tenant.resumed', label: 'mgp tenants resume' }, (db) =>
    resumePractice(db, id, { now: fleet.clock.now() }),
  )
  console.log(`${name}: active.`)
}
