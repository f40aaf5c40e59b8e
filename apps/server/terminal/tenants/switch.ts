import { parseArgs } from 'node:util'
import { askForSwitch } from '#server/tenancy'
import type { OwnFleet } from '../own-fleet.ts'
import { reasonIn } from '../reason-in.ts'
import { seenThrough } from '../seen-through.ts'
import { tenantNamed } from '../tenant-named.ts'
import { WrongUsage } from '../wrong-usage.ts'

export const usage = `mgp tenants switch TENANT --to DATABASE --reason TEXT

Puts a database beside the living one in its place. What it replaces is kept beside for a week, and can be switched back to.
mgp tenants spares TENANT names them.`

export async function run(args: string[], fleet: OwnFleet): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { reason: { type: 'string' }, to: { type: 'string' } },
  })
  const { to: databaseName } = values
  if (databaseName === undefined) throw new WrongUsage('--to: which database beside the living one?')
  const reason = reasonIn(values)
  const { id, name } = await tenantNamed(fleet, positionals.join(' '))
  const asking = { askedBy: null, now: fleet.clock.now(), jobs: undefined }
  const isDone = await seenThrough(fleet, { verb: 'tenant.switch_asked', name }, (db) =>
    askForSwitch(db, id, { databaseName, reason }, asking),
  )
  if (isDone) console.log(`${name}: lives in ${databaseName} now.`)
  return isDone ? 0 : 1
}
