// What a request in a practice's database is held against: the same two questions, over HTTP, on a bare pool of the one
// database; and, cold, over a connection that is opened for the one request. A process of its own.
import Fastify from 'fastify'
import pg from 'pg'
import type { AddressInfo } from 'node:net'

/** Addresses of practices' databases with their logins, and the questions. */
export type Order = { urls: string[]; questions: string[] }

process.once('message', (order: Order) => void serve(order))

async function serve({ urls, questions }: Order): Promise<void> {
  const pool = new pg.Pool({ connectionString: urls[0], max: 2 })
  const app = Fastify({ logger: false })
  const ask = async (client: pg.Pool | pg.Client) => {
    const answers = []
    for (const question of questions) answers.push((await client.query(question)).rows)
    return answers
  }
  app.get('/warm', () => ask(pool))
  app.get('/cold/:which', async (request) => {
    const { which } = request.params as { which: string }
    const client = new pg.Client({ connectionString: urls[Number(which)] })
    await client.connect()
    try {
      return await ask(client)
    } finally {
      // Nobody waits for the goodbye.
      void client.end()
    }
  })
  await app.listen({ port: 0, host: 'localhost' })
  process.send?.((app.server.address() as AddressInfo).port) // listening on TCP
}
