import { parseArgs } from 'node:util'
import { suspendPractice } from '#server/tenancy'
import type { OwnFleet } from '../own-fleet.ts'
import { tenantNamed } from '../tenant-named.ts'
import { WrongUsage } from '../wrong-usage.ts'
import { writtenDown } from '../written-down.ts'

export const usage = `mgp tenants suspend TENANT --reason TEXT

Nobody of the practice comes in any more, from their next click on. Nothing is lost.`

export async function run(args: string[], fleet: OwnFleet): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { reason: { type: 'string', default: '' } },
  })
  const reason = values.reason.trim()
  if (reason === '') throw new WrongUsage('--reason: why, for whoever reads the log.')
  const { id, name } = await tenantNamed(fleet, positionals.join(' '))
  await writtenDown(fleet, { verb: 'tenant.suspended', label: 'mgp tenants suspend' }, (db) =>
    suspendPractice(db, id, { reason, now: fleet.clock.now() }),
  )
  console.log(`${name}: suspended.`)
}
