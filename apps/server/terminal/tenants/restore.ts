import { parseArgs } from 'node:util'
import { askForRestore, backupsToRestore, sparesBeside } from '#server/tenancy'
import type { OwnFleet } from '../own-fleet.ts'
import { reasonIn } from '../reason-in.ts'
import { seenThrough } from '../seen-through.ts'
import { tenantNamed } from '../tenant-named.ts'
import { WrongUsage } from '../wrong-usage.ts'

export const usage = `mgp tenants restore TENANT --reason TEXT [--backup ID]

Restores a backup (the newest) into a database beside the living one, which is not touched. mgp tenants switch puts it in
its place.`

export async function run(args: string[], fleet: OwnFleet): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { reason: { type: 'string' }, backup: { type: 'string' } },
  })
  const reason = reasonIn(values)
  const { id, name } = await tenantNamed(fleet, positionals.join(' '))
  const backups = await backupsToRestore(fleet.db, id)
  const chosen =
    values.backup === undefined ? backups[0] : backups.find((backup) => backup.id === values.backup)
  if (!chosen)
    throw new WrongUsage(`${name} has no such backup. mgp tenants backup TENANT --list names them.`)
  const asking = { askedBy: null, now: fleet.clock.now(), jobs: undefined }
  const isDone = await seenThrough(fleet, { verb: 'tenant.restore_asked', name }, (db) =>
    askForRestore(db, id, { backupId: chosen.id, reason }, asking),
  )
  if (!isDone) return 1
  const [spare] = await sparesBeside(fleet.db, id)
  console.log(
    `${name}: the backup of ${chosen.madeAt.toISOString()} is in ${spare?.databaseName}, ${spare?.rows} rows.`,
  )
  return 0
}
