// People who write, in a process of their own: each corrects a client of theirs, again as soon as it is answered.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import type { Mode } from './server.ts'

export type Order = {
  port: number
  cookie: string
  /** One a writer. */
  clients: Client[]
  /** In turn, half a second each, as often as this: what the machine does meanwhile falls on all of them alike. */
  modes: readonly Mode[]
  turns: number
}
export type Client = { id: string; version: number }
/** Writes a second, and the versions the clients have reached. */
export type Report = { perSecond: Record<Mode, number>; clients: Client[] }

const slice = 500

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

async function run({ port, cookie, clients, modes, turns }: Order): Promise<Report> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: clients.length })
  const [written, took] = [countOf(modes), countOf(modes)]
  const reached = clients.map((client) => ({ ...client }))
  for (let turn = 0; turn < turns; turn++)
    for (const mode of turn % 2 ? modes : modes.toReversed()) {
      const began = performance.now()
      await Promise.all(
        reached.map(async (client) => {
          while (performance.now() < began + slice) {
            const { version } = client
            const body = JSON.stringify({ version, phone: `+336399${String(10_000 + (version % 90_000))}` })
            const answer = await patch(`/api/v1/clients/${client.id}`, body, mode)
            client.version = (JSON.parse(answer) as Client).version
            written[mode]++
          }
        }),
      )
      took[mode] += performance.now() - began
    }
  agent.destroy()
  const perSecond = countOf(modes)
  for (const mode of modes) perSecond[mode] = (written[mode] / took[mode]) * 1_000
  return { perSecond, clients: reached }

  function patch(path: string, body: string, mode: Mode): Promise<string> {
    const headers = {
      cookie,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'sec-fetch-site': 'same-origin',
      'user-agent': mode,
    }
    return new Promise((resolve, reject) => {
      const request = http.request(
        { agent, port, host: 'localhost', method: 'PATCH', path, headers },
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

const countOf = (modes: readonly Mode[]) =>
  Object.fromEntries(modes.map((mode) => [mode, 0])) as Record<Mode, number> // one each
