// Load over TCP, in a process of its own: so many connections, each asking again as soon as it is answered.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'

export type LoadOrder = {
  port: number
  /** Whose server is asked: `app.localhost` is the practices' door; `localhost` unless told. */
  host?: string
  /** Asked in turn by each connection. */
  paths: string[]
  headers: Record<string, string>
  connections: number
  seconds: number
}

/** Answers a second, and how long they took, in milliseconds, in ascending order. */
export type LoadReport = { perSecond: number; took: number[] }

export async function load(order: LoadOrder): Promise<LoadReport> {
  const child = fork(import.meta.filename, { serialization: 'advanced' })
  child.send(order)
  const [[report]] = (await Promise.all([once(child, 'message'), once(child, 'exit')])) as [
    [LoadReport | string],
    unknown,
  ]
  if (typeof report === 'string') throw new Error(report)
  return report
}

/** The value below which this share of the sorted values lies. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return percentile(
    values.toSorted((one, other) => one - other),
    0.5,
  )
}

if (process.argv[1] === import.meta.filename)
  process.once('message', (order: LoadOrder) => {
    run(order)
      .catch((error: unknown) => String(error))
      .then((report) => process.send?.(report, () => process.exit()))
  })

async function run({
  port,
  host = 'localhost',
  paths,
  headers,
  connections,
  seconds,
}: LoadOrder): Promise<LoadReport> {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const requests = paths.map((path) =>
    Buffer.from(`GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\n${lines.join('')}\r\n`),
  )
  const until = performance.now() + seconds * 1_000
  const took: number[] = []
  let turn = 0
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = net.connect({ port, host: 'localhost', noDelay: true })
      await once(socket, 'connect')
      while (performance.now() < until) {
        const began = performance.now()
        socket.write(requests[turn++ % requests.length]!) // a remainder lies within
        await answer(socket)
        took.push(performance.now() - began)
      }
      socket.destroy()
    }),
  )
  return { perSecond: took.length / seconds, took: took.toSorted((one, other) => one - other) }
}

/** One whole answer with a Content-Length; anything but 200 ends the run. */
function answer(socket: net.Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0)
    const read = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const end = received.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = received.toString('latin1', 0, end)
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN)
      if (!head.startsWith('HTTP/1.1 200') || Number.isNaN(length))
        return finish(new Error(received.toString()))
      if (received.length >= end + 4 + length) finish()
    }
    const finish = (error?: Error) => {
      socket.off('data', read).off('error', finish)
      if (error) reject(error)
      else resolve()
    }
    socket.on('data', read).on('error', finish)
  })
}
