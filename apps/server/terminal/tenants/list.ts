import { tenantsNamed } from '#server/tenancy'
import type { OwnFleet } from '../own-fleet.ts'

export const usage = `mgp tenants list [WORDS]

The tenants by name, or those whose name says this: id, state, cluster, database, schema version.`

export async function run(args: string[], { db }: OwnFleet): Promise<void> {
  const said = args.join(' ')
  for (const tenant of await tenantsNamed(db, said === '' ? undefined : said)) {
    const { id, name, state, cluster, databaseName, schemaVersion } = tenant
    console.log([id, state.padEnd(12), cluster, databaseName, schemaVersion ?? '-', name].join('  '))
  }
}
