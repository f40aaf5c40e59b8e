import { createHash } from 'node:crypto'
import path from 'node:path'
import { rootDir } from '#platform/server/config.ts'
import { readMigrations, type Migration } from '#platform/server/migration-files.ts'

/** The schema of tenants' databases as a release brings it. */
export type Schema = {
  migrations: readonly Migration[]
  /** The newest file's number: what databases are brought to. */
  current: number
  /** What a template is called by: another one as soon as a file is another one. */
  digest: string
}

export const tenantFolder = path.join(rootDir, 'db/tenant')

export function readSchema(folder = tenantFolder): Schema {
  const migrations = readMigrations(folder)
  const newest = migrations.at(-1)
  if (!newest) throw new Error(`no migrations in ${folder}`)
  const digest = createHash('sha256')
    .update(migrations.map(({ checksum }) => checksum).join('\n'))
    .digest('hex')
    .slice(0, 12)
  return { migrations, current: newest.version, digest }
}

/**
 * The oldest schema this release still serves: what its code needs, and no newer. A release whose code begins to need a
 * file raises it to that file, and the file came with a release before: processes are replaced first, databases migrated
 * after, and nobody waits in between (docs/decisions/0020). Below it a tenant is refused until it is migrated.
 */
export const oldestServed = 3

/** For whoever serves tenants: which of their schemas this release can. */
export const servedVersions = (schema: Schema = readSchema()) => ({ current: schema.current, oldestServed })
