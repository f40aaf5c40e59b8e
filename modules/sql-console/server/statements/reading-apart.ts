/**
 * A text is read in a thread of its own: whatever somebody types, nobody's request waits for it. One that takes longer than any
 * text does, more memory, or exhausts the parser's own stack, ends the thread with all that the parser kept; the next begins anew.
 */
import { parentPort, Worker, workerData } from 'node:worker_threads'
import { parserIsBroken } from './parsing.ts'
import { inTheLog, type InTheLog } from '../runs/logged.ts'
import { read, type Read } from './reading.ts'

export type Limits = { milliseconds: number; megabytes: number }
const usual: Limits = { milliseconds: 8_000, megabytes: 512 }
/** In UTF-16 units: what people type does not wait behind what they paste. */
const short = 20_000

/** How a thread knows that it is this one, and not whatever else imports this file. */
const purpose = 'reads statements'
type Said = 'ready' | { found: ReadApart; isBroken: boolean }

export type ReadApart = Read & InTheLog

export function openReader(limits: Limits): (text: string) => Promise<ReadApart> {
  const [forShort, forLong] = [lane(limits), lane(limits)]
  return (text) => (text.length <= short ? forShort : forLong)(text)
}

export const readApart = openReader(usual)

/** One after the other. */
function lane(limits: Limits): (text: string) => Promise<ReadApart> {
  let thread: Promise<Worker> | undefined
  let turn: Promise<unknown> = Promise.resolve()

  async function asked(text: string): Promise<ReadApart> {
    thread ??= begun(limits)
    const current = thread
    try {
      const said = await answered(await current, text, limits)
      if (said && !said.isBroken) return said.found
      thread = undefined
      await (await current).terminate()
      return said?.found ?? tooMuch(text)
    } catch (error) {
      thread = undefined
      throw error
    }
  }
  return (text) => {
    const mine = turn.then(() => asked(text))
    turn = mine.catch(() => undefined)
    return mine
  }
}

const tooMuch = (text: string): ReadApart => ({
  ...inTheLog(text, tooDeep(text)),
  ...tooDeep(text),
})

const tooDeep = (text: string) => ({
  unreadable: { reason: 'too_deep' as const, message: '', place: { from: 0, to: text.length } },
})

function begun({ megabytes }: Limits): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: purpose,
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    })
    // Once it was heard that it is there, whoever asks it something listens.
    worker.once('message', () => {
      worker.off('error', reject).on('error', () => undefined)
      worker.unref()
      resolve(worker)
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the thread that reads statements did not begin')))
  })
}

/** @returns undefined where it took too long, or more than it may, or the thread ended */
async function answered(
  worker: Worker,
  text: string,
  { milliseconds }: Limits,
): Promise<Exclude<Said, 'ready'> | undefined> {
  worker.ref()
  let onSaid: (said: Said) => void = () => undefined
  let onEnd: () => void = () => undefined
  let timer: NodeJS.Timeout | undefined
  try {
    const said = await new Promise<Said | undefined>((resolve) => {
      onSaid = resolve
      onEnd = () => resolve(undefined)
      timer = setTimeout(onEnd, milliseconds)
      worker.on('message', onSaid).on('error', onEnd).on('exit', onEnd)
      worker.postMessage(text)
    })
    return said === 'ready' ? undefined : said
  } finally {
    clearTimeout(timer)
    worker.off('message', onSaid).off('error', onEnd).off('exit', onEnd)
    worker.unref()
  }
}

function told(text: string): ReadApart {
  const found = read(text)
  try {
    return { ...found, ...inTheLog(text, found) }
  } catch {
    return tooMuch(text)
  }
}

if (parentPort && workerData === purpose) {
  const port = parentPort
  const say = (said: Said) => port.postMessage(said)
  port.on('message', (text: string) => {
    say({ found: told(text), isBroken: parserIsBroken() })
  })
  say('ready')
}
