// The server as it is, in a process of its own, but for one thing: one practice is read over a bare pg.Pool of its own
// database. Asked in turn, that practice and another tell what the keeper of connections costs, on one warm process.
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { readServerConfig } from '#platform/server/config.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'
import { assemble } from '../../apps/server/assemble.ts'

const { POOLED_TENANT: pooled, POOLED_URL: url, ...env } = process.env
const config = readServerConfig(env)
const pool = new pg.Pool({ connectionString: url, max: 2 })
// It stands for a handle of the keeper's, whose mark nobody asks for here.
const onPool = new Kysely({
  dialect: new PostgresDialect({ pool }),
  plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
}) as unknown as TenantDb

const { app, close } = await assemble(config, {
  tenants: (own) => ({
    ...own,
    databases: {
      ...own.databases,
      reading: (tenantId, role) =>
        tenantId === pooled ? Promise.resolve(onPool) : own.databases.reading(tenantId, role),
    },
  }),
})
await app.listen({ port: config.port, host: config.listenHost })
process.on('SIGTERM', () => void Promise.all([close(), pool.end()]).then(() => process.exit(0)))
