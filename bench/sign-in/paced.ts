// Others at work: so many requests a second whatever happens, in a process of their own, and how long each took.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'

export type PacedOrder = { port: number; cookie: string; paths: string[]; perSecond: number; seconds: number }

/** @returns milliseconds, in ascending order */
export async function paced(order: PacedOrder): Promise<number[]> {
  const child = fork(import.meta.filename, { serialization: 'advanced' })
  child.send(order)
  const [[took]] = (await Promise.all([once(child, 'message'), once(child, 'exit')])) as [
    [number[] | string],
    unknown,
  ]
  if (typeof took === 'string') throw new Error(took)
  return took
}

if (process.argv[1] === import.meta.filename)
  process.once('message', (order: PacedOrder) => {
    run(order)
      .catch((error: unknown) => String(error))
      .then((took) => process.send?.(took, () => process.exit()))
  })

async function run({ port, cookie, paths, perSecond, seconds }: PacedOrder): Promise<number[]> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 20 })
  const took: number[] = []
  const under: Promise<void>[] = []
  const ask = async (path: string) => {
    const began = performance.now()
    const asked = http.get({
      agent,
      port,
      host: 'localhost',
      path,
      headers: { cookie, accept: 'application/json' },
    })
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    answer.resume()
    await once(answer, 'end')
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode}`)
    took.push(performance.now() - began)
  }
  for (let at = 0; at < perSecond * seconds; at++) {
    under.push(ask(paths[at % paths.length] ?? '/'))
    await new Promise((next) => setTimeout(next, 1_000 / perSecond))
  }
  await Promise.all(under)
  agent.destroy()
  return took.toSorted((one, other) => one - other)
}
