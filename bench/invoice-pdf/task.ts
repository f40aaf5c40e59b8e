import { readFileSync } from 'node:fs'
import type { InvoiceContent } from '#contract/billing'

export type Task = { content: InvoiceContent; xml: string; certificate: string; key: string }
export type Told = {
  perSecond: number
  bytes: number
  megabytesEarly: number
  megabytesAtEnd: number
  mostMegabytes: number
}

/** Makes as many as it is told, the first one uncounted, and prints what that took. */
export async function carryOut(makerOf: (task: Task) => (number: string) => Promise<Buffer>): Promise<void> {
  const [, , file = '', count = '1'] = process.argv
  const make = makerOf(JSON.parse(readFileSync(file, 'utf8')) as Task) // written by the benchmark
  let { length: bytes } = await make('FA-2026-000000')
  let early = 0
  let most = 0
  const before = process.cpuUsage()
  for (let index = 1; index <= Number(count); index++) {
    bytes = (await make(`FA-2026-${String(index).padStart(6, '0')}`)).length
    const now = process.memoryUsage.rss() / 1e6
    most = Math.max(most, now)
    if (index === 200 || (index === Number(count) && early === 0)) early = now
    // As between two messages of a thread: what lies outside of V8 is given back then.
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { user, system } = process.cpuUsage(before)
  const told: Told = {
    perSecond: Number(count) / ((user + system) / 1e6),
    bytes,
    megabytesEarly: early,
    megabytesAtEnd: process.memoryUsage.rss() / 1e6,
    mostMegabytes: most,
  }
  console.log(JSON.stringify(told))
}
