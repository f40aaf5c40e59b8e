// The server of the release after this one: it brings one more file for practices' databases, and is this one otherwise.
import { createHash } from 'node:crypto'
import { readSchema } from '#server/tenancy'
import { readServerConfig } from '#platform/server/config.ts'
import { assemble } from '../../apps/server/assemble.ts'

const today = readSchema()
const version = today.current + 1
const name = `${String(version).padStart(4, '0')}_colours`
// Waits for whoever reads there, as most changes of a table do.
const sql = `ALTER TABLE practice ADD COLUMN colour text NOT NULL DEFAULT 'blue';`
const checksum = createHash('sha256').update(sql).digest('hex')

const config = readServerConfig(process.env)
const { app, close } = await assemble(config, {
  tenantSchema: {
    migrations: [...today.migrations, { version, name, checksum, sql }],
    current: version,
    digest: createHash('sha256').update(`${today.digest} ${checksum}`).digest('hex').slice(0, 12),
  },
})
await app.listen({ port: config.port, host: config.listenHost })
process.on('SIGTERM', () => void close().then(() => process.exit(0)))
