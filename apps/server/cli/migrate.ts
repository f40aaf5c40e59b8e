import { openCentralDatabase } from '#platform/server/central-database.ts'
import { readConfig } from '#platform/server/config.ts'

export const about =
  'migrate   bring the database to the newest schema (DATABASE_ADMIN_URL, or the embedded one)'

export async function run(): Promise<void> {
  const database = await openCentralDatabase(readConfig(process.env), (sentence) => console.log(sentence))
  await database.stop()
  if (database.migrated.length === 0) console.log('Nothing to migrate: the schema is the newest.')
}
