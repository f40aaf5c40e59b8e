// People who sign in, in a process of their own: each from an address of their own, by connections that stay open.
// Either as many at once as told, each beginning anew when answered, or so many a second, answered or not.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

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
  const statuses: Record<number, number> = {}
  const until = performance.now() + order.seconds * 1_000
  const idle: net.Socket[] = []
  let turn = Math.floor(Math.random() * 1_000_000)
  const signIn = async () => {
    const at = turn++
    const socket = idle.pop() ?? (await connect(order.port))
    const body = JSON.stringify({ email: order.emails[at % order.emails.length], password: order.password })
    socket.write(
      `POST /api/v1/sign-in HTTP/1.1\r\nHost: localhost:${order.port}\r\nContent-Type: application/json\r\n` +
        `X-Forwarded-For: 10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    )
    const status = await answer(socket)
    idle.push(socket)
    if (performance.now() <= until) statuses[status] = (statuses[status] ?? 0) + 1
  }

  if ('atOnce' in order)
    await Promise.all(
      Array.from({ length: order.atOnce }, async () => {
        while (performance.now() < until) await signIn()
      }),
    )
  else {
    const under: Promise<void>[] = []
    while (performance.now() < until) {
      under.push(signIn())
      await sleep(1_000 / order.perSecond)
    }
    await Promise.all(under)
  }
  for (const socket of idle) socket.destroy()
  const answered = Object.values(statuses).reduce((sum, count) => sum + count, 0)
  return { perSecond: answered / order.seconds, statuses }
}

async function connect(port: number): Promise<net.Socket> {
  const socket = net.connect({ port, host: 'localhost', noDelay: true })
  await once(socket, 'connect')
  return socket
}

/** @returns the status of one whole answer with a Content-Length */
function answer(socket: net.Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    let received = ''
    const read = (chunk: Buffer) => {
      received += chunk.toString('latin1')
      const end = received.indexOf('\r\n\r\n')
      if (end < 0) return
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(received)?.[1] ?? 0)
      if (received.length < end + 4 + length) return
      socket.off('data', read).off('error', reject)
      resolve(Number(received.slice(9, 12)))
    }
    socket.on('data', read).on('error', reject)
  })
}
