// People who sign in, in a process of their own: each from an address of their own, by connections that stay open.
// Either as many at once as told, each beginning anew when answered, or so many a second, answered or not.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'

export type CrowdOrder = {
  port: number
  emails: string[]
  password: string
  seconds: number
} & ({ atOnce: number } | { perSecond: number })

/** Answers by status, a second and in all. */
export type CrowdReport = { perSecond: number; statuses: Record<number, number> }

export type Crowd = { report: Promise<CrowdReport> }

/** Begins at once; `report` comes when the time is over. */
export function crowd(order: CrowdOrder): Crowd {
  const child = fork(import.meta.filename)
  child.send(order)
  return { report: reportOf(child) }
}

async function reportOf(child: ChildProcess): Promise<CrowdReport> {
  const [report] = (await once(child, 'message')) as [CrowdReport | string]
  if (typeof report === 'string') throw new Error(report)
  return report
}

if (process.argv[1] === import.meta.filename)
  process.once('message', (order: CrowdOrder) => {
    run(order)
      .catch((error: unknown) => String(error))
      .then((report) => process.send?.(report, () => process.exit()))
  })

async function run(order: CrowdOrder): Promise<CrowdReport> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 'atOnce' in order ? order.atOnce : 200 })
  const statuses: Record<number, number> = {}
  const until = performance.now() + order.seconds * 1_000
  let turn = Math.floor(Math.random() * 1_000_000)
  const signIn = async () => {
    const at = turn++
    const asked = http.request({
      agent,
      port: order.port,
      host: 'localhost',
      method: 'POST',
      path: '/api/v1/sign-in',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`,
      },
    })
    asked.end(JSON.stringify({ email: order.emails[at % order.emails.length], password: order.password }))
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    answer.resume()
    await once(answer, 'end')
    if (performance.now() <= until)
      statuses[answer.statusCode ?? 0] = (statuses[answer.statusCode ?? 0] ?? 0) + 1
  }

  if ('atOnce' in order)
    await Promise.all(
      Array.from({ length: order.atOnce }, async () => {
        while (performance.now() < until) await signIn()
      }),
    )
  else {
    const under: Promise<void>[] = []
    await new Promise<void>((done) => {
      const every = setInterval(() => {
        if (performance.now() < until) under.push(signIn())
        else {
          clearInterval(every)
          done()
        }
      }, 1_000 / order.perSecond)
    })
    await Promise.all(under)
  }
  agent.destroy()
  const answered = Object.values(statuses).reduce((sum, count) => sum + count, 0)
  return { perSecond: answered / order.seconds, statuses }
}
