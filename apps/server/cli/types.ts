/** Row types of the central database and of tenants', from their own catalogues. The diff of the result is how a schema change is reviewed. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import { generate, PostgresDialect as CodegenDialect } from 'kysely-codegen'
import pg from 'pg'
import { rootDir } from '#platform/server/config.ts'
import { startEmbedded } from '#platform/server/embedded-postgres.ts'
import { migrate } from '#platform/server/migrate.ts'
import { makeSchema, readSchema } from '#server/tenancy'

export const about =
  'types [--verify]   write db/central-types.ts and db/tenant-types.ts from the migrations, or check that they are up to date'

export const typesFiles = {
  central: path.join(rootDir, 'db/central-types.ts'),
  tenant: path.join(rootDir, 'db/tenant-types.ts'),
}

export async function run(args: string[]): Promise<number> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-types-'))
  const postgres = await startEmbedded(dataDir, { durable: false })
  try {
    await migrate(postgres.adminUrl)
    const types = {
      central: await centralTypes(postgres.adminUrl),
      tenant: await tenantTypes(await tenantDatabase(postgres.adminUrl)),
    }
    const outdated = (['central', 'tenant'] as const).filter(
      (which) => fs.readFileSync(typesFiles[which], 'utf8') !== types[which],
    )
    if (!args.includes('--verify')) {
      for (const which of outdated) fs.writeFileSync(typesFiles[which], types[which])
      return 0
    }
    for (const which of outdated)
      console.error(`db/${which}-types.ts differs from the migrations: run bin/mgp types`)
    return outdated.length === 0 ? 0 : 1
  } finally {
    await postgres.stop('immediate')
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
}

/** @returns the address of an empty tenant's database beside the central one */
async function tenantDatabase(adminUrl: string): Promise<string> {
  const target = new URL(adminUrl)
  target.pathname = '/tenant_types'
  await withClient(adminUrl, (client) => client.query('CREATE DATABASE tenant_types'))
  await withClient(target.href, (client) => makeSchema(client, readSchema()))
  return target.href
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
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

export const centralTypes = async (url: string): Promise<string> => withoutNulls(await typesOf(url))

export const tenantTypes = (url: string): Promise<string> => typesOf(url)

async function typesOf(url: string): Promise<string> {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] })
  try {
    return await generate({
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
  } finally {
    await db.destroy()
  }
}
