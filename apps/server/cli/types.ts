/** Row types of the central database, from its own catalogue. The diff of the result is how a schema change is reviewed. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import { generate, PostgresDialect as CodegenDialect, RawExpressionNode } from 'kysely-codegen'
import pg from 'pg'
import { rootDir } from '#platform/server/config.ts'
import { startEmbedded } from '#platform/server/embedded-postgres.ts'
import { migrate } from '#platform/server/migrate.ts'

export const about =
  'types [--verify]   write db/central-types.ts from the migrations, or check that it is up to date'

export const typesFile = path.join(rootDir, 'db/central-types.ts')

export async function run(args: string[]): Promise<number> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-types-'))
  const postgres = await startEmbedded(dataDir, { durable: false })
  try {
    await migrate(postgres.adminUrl)
    const types = await centralTypes(postgres.adminUrl)
    if (!args.includes('--verify')) {
      fs.writeFileSync(typesFile, types)
      return 0
    }
    if (types === fs.readFileSync(typesFile, 'utf8')) return 0
    console.error('db/central-types.ts differs from the migrations: run bin/mgp types')
    return 1
  } finally {
    await postgres.stop('immediate')
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
}

const neverNull = {
  'audit_log.actor_type': 'string',
  'audit_log.at': 'Timestamp',
  'audit_log.id': 'string',
  'audit_log.leaf': 'string',
  'audit_log.object_type': 'string',
  'audit_log.result': 'string',
  'audit_log.verb': 'string',
  'audit_log.written_at': 'Timestamp',
  'audit_log.xid': 'string',
}

export async function centralTypes(url: string): Promise<string> {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] })
  try {
    return await generate({
      db,
      // As platform/server/db.ts parses them: a day stays the text PostgreSQL wrote.
      dialect: new CodegenDialect({ dateParser: 'string' }),
      typeMapping: { int8: 'number', inet: 'string' },
      // PostgreSQL does not tell which columns of a view are never null.
      overrides: {
        columns: Object.fromEntries(
          Object.entries(neverNull).map(([column, type]) => [column, new RawExpressionNode(type)]),
        ),
      },
      camelCase: true,
      typeOnlyImports: true,
      includePattern: 'public.*',
      excludePattern: 'public.schema_migrations',
      outFile: null,
      print: false,
    })
  } finally {
    await db.destroy()
  }
}
