// People who write, in a process of their own: each corrects a client of theirs, again as soon as it is answered.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import type { Mode } from './server.ts'

export type Order = {
  port: number
  cookie: string
  mode: Mode
  /** One a writer. */
  clients: Client[]
  seconds: number
}
export type Client = { id: string; version: number }
/** Writes a second, and the versions the clients have reached. */
export type Report = { perSecond: number; clients: Client[] }

export async function write(order: Order): Promise<Report> {
  const child = fork(import.meta.filename, { serialization: 'advanced' })
  child.send(order)
  const [[report]] = (await Promise.all([once(child, 'message'), once(child, 'exit')])) as [
    [Report | string],
    unknown,
  ]
  if (typeof report === 'string') throw new Error(report)
  return report
}

if (process.argv[1] === import.meta.filename)
  process.once('message', (order: Order) => {
    run(order)
      .catch((error: unknown) => String(error))
      .then((report) => process.send?.(report, () => process.exit()))
  })

async function run({ port, cookie, mode, clients, seconds }: Order): Promise<Report> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: clients.length })
  const headers = {
    cookie,
    'content-type': 'application/json',
    'sec-fetch-site': 'same-origin',
    'user-agent': mode,
  }
  let written = 0
  const until = performance.now() + seconds * 1_000
  const reached = await Promise.all(
    clients.map(async ({ id, version }) => {
      while (performance.now() < until) {
        const body = JSON.stringify({ version, phone: `+336399${String(10_000 + (version % 90_000))}` })
        const answer = await patch(`/api/v1/clients/${id}`, body)
        version = (JSON.parse(answer) as { version: number }).version
        written++
      }
      return { id, version }
    }),
  )
  agent.destroy()
  return { perSecond: written / seconds, clients: reached }

  function patch(path: string, body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const request = http.request(
        {
          agent,
          port,
          host: 'localhost',
          method: 'PATCH',
          path,
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        },
        (response) => {
          let text = ''
          response.setEncoding('utf8').on('data', (part: string) => (text += part))
          response.on('end', () =>
            response.statusCode === 200 ? resolve(text) : reject(new Error(`${response.statusCode} ${text}`)),
          )
        },
      )
      request.on('error', reject).end(body)
    })
  }
}
