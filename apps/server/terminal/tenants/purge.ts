import { parseArgs } from 'node:util'
import { askForPurge, certificateOf } from '#server/tenancy'
import type { OwnFleet } from '../own-fleet.ts'
import { reasonIn } from '../reason-in.ts'
import { seenThrough } from '../seen-through.ts'
import { tenantNamed } from '../tenant-named.ts'
import { WrongUsage } from '../wrong-usage.ts'

export const usage = `mgp tenants purge TENANT --name NAME --reason TEXT

Drops the databases, files and backups of a tenant and destroys its key: nothing brings it back. --name is the tenant's
whole name, typed by hand. Prints the certificate, whose SHA-256 stands in the audit log.`

export async function run(args: string[], fleet: OwnFleet): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { reason: { type: 'string' }, name: { type: 'string' } },
  })
  const { name: typed } = values
  if (typed === undefined) throw new WrongUsage('--name: the name of the tenant, whole.')
  const reason = reasonIn(values)
  const { id, name } = await tenantNamed(fleet, positionals.join(' '))
  const asking = { askedBy: null, now: fleet.clock.now(), jobs: undefined }
  const isDone = await seenThrough(fleet, { verb: 'tenant.purge_asked', name }, (db) =>
    askForPurge(db, id, { name: typed, reason }, asking),
  )
  if (!isDone) return 1
  const proof = await certificateOf(fleet.db, id)
  console.log(proof?.certificate ?? '')
  process.stderr.write(`${name}: purged. sha256:${proof?.sha256.toString('hex')}\n`)
  return 0
}
