// An agent's queue as they get it, by what is due first, out of a million tickets; against the most that can be had on the
// same machine: a bare node:http server that sends the same JSON, built by PostgreSQL (bench/support-queue/reference.ts).
import pg from 'pg'
import { besideBareServer } from './shared/beside-bare.ts'
import { cookieOf } from './shared/signed-in.ts'
import { smallSite } from './shared/small-site.ts'
import { loadTickets, tickets } from './support-queue/tickets.ts'
import type { Result } from './run.ts'

export const about =
  'GET /api/v1/tickets of an agent, out of 1,000,000, against bare node:http with JSON from PostgreSQL'

export async function run(): Promise<Result> {
  const site = await smallSite()
  const { server, appUrl } = site
  try {
    console.log(`inventing ${tickets} tickets`)
    await loadTickets(site.adminUrl)
    return await besideBareServer({
      bench: 'support-queue',
      url: server.url,
      list: '/api/v1/tickets?queue=mine',
      headers: { Accept: 'application/json', Cookie: await cookieOf(server, 'support') },
      reference: 'support-queue/reference.ts',
      env: { DATABASE_URL: appUrl, AGENT: await agentId(appUrl) },
      atLeast: 0.4,
    })
  } finally {
    await site.stop()
  }
}

async function agentId(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>(
      `select id from staff_members where email = 'support@example.com'`,
    )
    return rows[0]!.id // the demonstration has one
  } finally {
    await client.end()
  }
}
