/** What would come through if two practices were ever mixed up: checks that a sound server passes and a broken one fails. */
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { sql } from '#platform/server/db.ts'
import { handleInTenant, type TenantHandler } from '#platform/server/requests.ts'

/** In which database, as whom, and what stands there that stands nowhere else. */
const Place = z.object({ database: z.string(), login: z.string(), canary: z.string() })
type Place = z.infer<typeof Place>

const probe = endpoint({
  method: 'GET',
  path: '/probe',
  realm: 'member',
  may: 'cabinet.read',
  summary: 'For a wall: in which database this request is served, before and after others were',
  input: { query: z.object({ gate: z.string().optional() }) },
  output: z.object({ before: Place, after: Place }),
})

/** A request that named a gate waits there, between two questions to its database, until it is let through. */
export function probing(): {
  handler: TenantHandler
  arrived(gate: string): Promise<void>
  open(gate: string): void
} {
  const gates = new Map<string, { arrived: PromiseWithResolvers<void>; open: PromiseWithResolvers<void> }>()
  const gateOf = (name: string) => {
    const gate = gates.get(name) ?? {
      arrived: Promise.withResolvers<void>(),
      open: Promise.withResolvers<void>(),
    }
    gates.set(name, gate)
    return gate
  }
  return {
    handler: handleInTenant(probe, async ({ db }, { query: { gate } }) => {
      const ask = async (): Promise<Place> => {
        const { rows } = await sql<Place>`
          select current_database() as database, current_user as login, name as canary from practice`.execute(
          db,
        )
        return Place.parse(rows[0])
      }
      const before = await ask()
      if (gate !== undefined) {
        gateOf(gate).arrived.resolve()
        await gateOf(gate).open.promise
        gates.delete(gate)
      }
      return { before, after: await ask() }
    }),
    arrived: (gate) => gateOf(gate).arrived.promise,
    open: (gate) => gateOf(gate).open.resolve(),
  }
}

/** Somebody of a practice, and what they may be served from. */
export type Insider = { cookie: string; database: string; login: string; canary: string }

export type Answer = { status: number; text: string }

/** Speaks HTTP to a port, over sockets that are kept and taken by whoever comes next. */
export function speaker(app: FastifyInstance) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 3 })
  return {
    async get(path: string, cookie: string): Promise<Answer> {
      const { port } = app.server.address() as AddressInfo // it listens on TCP
      const headers = { host: 'app.localhost:3000', 'sec-fetch-site': 'same-origin', cookie }
      return new Promise((resolve, reject) => {
        const request = http.get({ host: '127.0.0.1', port, path, agent, headers }, (response) => {
          let text = ''
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
        })
        request.on('error', reject)
      })
    },
    close: () => agent.destroy(),
  }
}

const address = '/api/v1/practice/probe'

/** What an answer shows that is not the insider's own: nothing, when all is well. */
export function leakIn(answer: Answer, { database, login, canary }: Insider): string | undefined {
  if (answer.status !== 200) return `${answer.status} ${answer.text}`
  const own = JSON.stringify({ database, login, canary })
  const { before, after } = JSON.parse(answer.text) as { before: Place; after: Place }
  return [before, after].map((place) => JSON.stringify(place)).find((place) => place !== own)
}

/**
 * Two requests at a time, of two practices, the slower one begun first and ended last; taking turns in who is slower.
 * @returns what came through, one line each
 */
export async function interleave(
  on: { speak: ReturnType<typeof speaker>; gates: ReturnType<typeof probing> },
  people: readonly Insider[],
  times: number,
): Promise<string[]> {
  const leaks: string[] = []
  const note = (answer: Answer, insider: Insider) => {
    const leak = leakIn(answer, insider)
    if (leak !== undefined) leaks.push(leak)
  }
  for (let turn = 0; turn < times; turn++) {
    const [slow, fast] = [
      people[turn % people.length],
      people[(turn + 1 + (turn % (people.length - 1))) % people.length],
    ]
    if (!slow || !fast || slow === fast) throw new Error('two people are needed')
    const gate = `turn-${turn}`
    const slower = on.speak.get(`${address}?gate=${gate}`, slow.cookie)
    await Promise.race([on.gates.arrived(gate), slower])
    note(await on.speak.get(address, fast.cookie), fast)
    on.gates.open(gate)
    note(await slower, slow)
  }
  return leaks
}
