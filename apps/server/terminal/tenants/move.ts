import { parseArgs } from 'node:util'
import { askForMove } from '#server/tenancy'
import { clusterNamed } from '../cluster-named.ts'
import type { OwnFleet } from '../own-fleet.ts'
import { seenThrough } from '../seen-through.ts'
import { tenantNamed } from '../tenant-named.ts'
import { WrongUsage } from '../wrong-usage.ts'

export const usage = `mgp tenants move TENANT --to CLUSTER

Moves a tenant to another cluster. It can be read and not written while its rows are copied and compared; where that fails
it is as it was. The database it leaves is kept for a week.`

export async function run(args: string[], fleet: OwnFleet): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { to: { type: 'string' } },
  })
  if (values.to === undefined) throw new WrongUsage('--to: to which cluster?')
  const cluster = await clusterNamed(fleet, values.to)
  const { id, name } = await tenantNamed(fleet, positionals.join(' '))
  const asking = { askedBy: null, now: fleet.clock.now(), jobs: undefined }
  const isDone = await seenThrough(fleet, { verb: 'tenant.move_asked', name }, (db) =>
    askForMove(db, id, { clusterId: cluster.id }, asking),
  )
  if (isDone) console.log(`${name}: lives on ${cluster.name} now.`)
  return isDone ? 0 : 1
}
