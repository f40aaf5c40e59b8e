/** Row types of the central database, from its own catalogue. The diff of the result is how a schema change is reviewed. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import { generate, PostgresDialect as CodegenDialect } from 'kysely-codegen'
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

/** PostgreSQL does not tell which columns of a view are never null. */
const neverNull = {
  AuditLog: ['actorType', 'at', 'id', 'leaf', 'objectType', 'result', 'verb', 'writtenAt', 'xid'],
}

function withoutNulls(types: string): string {
  return Object.entries(neverNull).reduce(
    (text, [view, columns]) =>
      text.replace(new RegExp(`interface ${view} {[^}]*}`), (shape) =>
        columns.reduce(
          (one, column) => one.replace(new RegExp(`(\\n  ${column}: .*) \\| null;`), '$1;'),
          shape,
        ),
      ),
    types,
  )
}

export async function centralTypes(url: string): Promise<string> {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] })
  try {
    const types = await generate({
      db,
      // As platform/server/db.ts parses them: a day stays the text PostgreSQL wrote.
      dialect: new CodegenDialect({ dateParser: 'string' }),
      typeMapping: { int8: 'number', inet: 'string' },
      camelCase: true,
      typeOnlyImports: true,
      includePattern: 'public.*',
      excludePattern: 'public.schema_migrations',
      outFile: null,
      print: false,
    })
    return withoutNulls(types)
  } finally {
    await db.destroy()
  }
}
