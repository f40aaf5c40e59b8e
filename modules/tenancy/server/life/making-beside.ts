import type { AppliedMigration } from './archive/manifest.ts'
import { cloneTemplate, makeLogins } from '../making-databases.ts'
import type { Provisioner } from '../clusters.ts'
import { buildAt } from '../template.ts'
import type { Schema } from '../versions.ts'
import { WorkTrouble } from '../works.ts'
import type { LifeParts } from './parts.ts'
import { secretOf, type Beside } from './spare-secrets.ts'

/** An empty database with these migrations, and logins of its own that may not come in yet. May be asked again. */
export async function makeBeside(
  on: Pick<LifeParts, 'schema' | 'templates' | 'vault'>,
  provisioner: Provisioner,
  beside: Beside,
  migrations: readonly AppliedMigration[],
): Promise<void> {
  const { databaseName, loginRole } = beside
  const schema = schemaWith(on.schema, migrations)
  await makeLogins(provisioner, loginRole, secretOf(on.vault, beside))
  // The template has everything at once; what is older is made step by step.
  if (schema.current === on.schema.current) await cloneTemplate(provisioner, databaseName, on.templates)
  else await buildAt(provisioner, databaseName, schema)
  await provisioner.run((client) =>
    client.query(`
      REVOKE ALL ON DATABASE ${databaseName} FROM PUBLIC;
      ALTER DATABASE ${databaseName} SET search_path = public, pg_temp;
      ALTER DATABASE ${databaseName} SET timezone = 'UTC';
      ALTER DATABASE ${databaseName} WITH ALLOW_CONNECTIONS true`),
  )
}

/** This release's migrations up to where that database was. @throws WorkTrouble where they are not the same ones */
export function schemaWith(ours: Schema, theirs: readonly AppliedMigration[]): Schema {
  const migrations = ours.migrations.slice(0, theirs.length)
  const differs = theirs.find(({ version, name, checksum }, at) => {
    const migration = migrations[at]
    return migration?.version !== version || migration.name !== name || migration.checksum !== checksum
  })
  const newest = migrations.at(-1)
  if (differs ?? !newest)
    throw new WorkTrouble(
      'schema_unknown',
      `this release does not know ${differs?.name ?? 'a database without a schema'}`,
      {
        isFinal: true,
      },
    )
  return { ...ours, migrations, current: newest!.version } // there is one: said above
}
