// People who finalise, in a process of their own: so many requests at once, each on its connection, until no draft is left.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

export type Order = {
  port: number
  cookie: string
  drafts: readonly { id: string; revision: number }[]
  atOnce: number
}
/** How many a second, and how long each took in milliseconds, in ascending order. */
export type Report = { perSecond: number; took: number[] }

export async function finaliseAll(order: Order): Promise<Report> {
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

async function run({ port, cookie, drafts, atOnce }: Order): Promise<Report> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: atOnce })
  const waiting = [...drafts]
  const took: number[] = []
  const began = performance.now()
  const work = async () => {
    for (let draft = waiting.pop(); draft; draft = waiting.pop()) {
      const { id, revision } = draft
      const at = performance.now()
      // A busy server asks to be asked again: the wait counts.
      while (!(await post(`/api/v1/invoices/${id}/finalisation`, JSON.stringify({ revision }))))
        await sleep(100)
      took.push(performance.now() - at)
    }
  }
  const post = (path: string, body: string) =>
    new Promise<boolean>((resolve, reject) => {
      const request = http.request(
        {
          agent,
          port,
          host: 'localhost',
          method: 'POST',
          path,
          headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie },
        },
        (response) => {
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (chunk: string) => (text += chunk))
          response.on('end', () =>
            response.statusCode === 200 || response.statusCode === 503
              ? resolve(response.statusCode === 200)
              : reject(new Error(`${path}: ${response.statusCode} ${text}`)),
          )
        },
      )
      request.on('error', reject)
      request.end(body)
    })
  await Promise.all(Array.from({ length: atOnce }, work))
  const seconds = (performance.now() - began) / 1_000
  agent.destroy()
  return { perSecond: drafts.length / seconds, took: took.toSorted((one, other) => one - other) }
}
