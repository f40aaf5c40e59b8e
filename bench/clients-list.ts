// The list of clients as a signed-in person gets it, against the most that can be had on the same machine: a bare
// node:http server that sends the same JSON, built by PostgreSQL (bench/clients-list/reference.ts).
import { startRealServer } from '../tests/harness/real-server.ts'
import { besideBareServer } from './shared/beside-bare.ts'
import { preparedDatabase } from './shared/prepared.ts'
import { cookieOf } from './shared/signed-in.ts'
import type { Result } from './run.ts'

export const about =
  'GET /api/v1/clients, filtered and sorted, against bare node:http with JSON from PostgreSQL'

export async function run(): Promise<Result> {
  const database = await preparedDatabase()
  const server = await startRealServer({
    databaseUrl: database.appUrl,
    dataDir: database.dataDir,
    env: { CHECK_OUTPUT: 'off' },
  })
  try {
    return await besideBareServer({
      bench: 'clients-list',
      url: server.url,
      list: '/api/v1/clients?status=active&sort=-lastSignIn',
      headers: { Accept: 'application/json', Cookie: await cookieOf(server, 'support') },
      reference: 'clients-list/reference.ts',
      env: { DATABASE_URL: database.appUrl },
      atLeast: 0.5,
    })
  } finally {
    await server.stop()
    await database.stop()
  }
}
