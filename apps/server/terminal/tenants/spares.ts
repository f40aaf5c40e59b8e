import { parseArgs } from 'node:util'
import { forgetPractice } from '#server/support'
import { askToDrop, dropGivenUp, lifeParts, sparesBeside } from '#server/tenancy'
import { openFiles } from '#platform/server/files.ts'
import type { OwnFleet } from '../own-fleet.ts'
import { tenantNamed } from '../tenant-named.ts'
import { writtenDown } from '../written-down.ts'

export const usage = `mgp tenants spares TENANT [--drop DATABASE]

The databases beside a tenant's living one: restored from a backup, replaced by one, moved away from. --drop drops one; by
itself each goes after a week.`

export async function run(args: string[], fleet: OwnFleet): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { drop: { type: 'string' } },
  })
  const { id } = await tenantNamed(fleet, positionals.join(' '))
  const { drop: databaseName } = values
  if (databaseName !== undefined) {
    await writtenDown(fleet, { verb: 'tenant.spare_dropped', label: 'mgp tenants spares' }, (db) =>
      askToDrop(db, id, { databaseName }, { now: fleet.clock.now(), jobs: undefined }),
    )
    await dropGivenUp(
      lifeParts({ ...fleet, ...fleet.tenants, files: openFiles(fleet.dataDir), forgetPractice }),
      id,
    )
  }
  for (const { databaseName: name, origin, cluster, madeAt, dropAfter, rows } of await sparesBeside(
    fleet.db,
    id,
  ))
    console.log(
      `${name}  ${origin} ${madeAt.toISOString()}  on ${cluster}  ${rows} rows  until ${dropAfter.toISOString()}`,
    )
}
