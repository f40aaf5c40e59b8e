import { parseArgs } from 'node:util'
import { askForBackup, backupsToRestore } from '#server/tenancy'
import { seenThrough } from '../seen-through.ts'
import type { OwnFleet } from '../own-fleet.ts'
import { tenantNamed } from '../tenant-named.ts'

export const usage = `mgp tenants backup TENANT [--list]

Makes an archive of a tenant, sealed under its own key, in DATA_DIR/backups; --list shows those there are.`

export async function run(args: string[], fleet: OwnFleet): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { list: { type: 'boolean', default: false } },
  })
  const { id, name } = await tenantNamed(fleet, positionals.join(' '))
  const asking = { askedBy: null, now: fleet.clock.now(), jobs: undefined }
  if (!values.list) {
    const isDone = await seenThrough(fleet, { verb: 'tenant.backup_asked', name }, (db) =>
      askForBackup(db, id, asking),
    )
    if (!isDone) return 1
  }
  const backups = await backupsToRestore(fleet.db, id)
  for (const { id: backup, madeAt, occasion, schemaVersion, bytes } of values.list
    ? backups
    : backups.slice(0, 1))
    console.log(
      [backup, madeAt.toISOString(), occasion, `schema ${schemaVersion}`, `${bytes} bytes`].join('  '),
    )
  return 0
}
