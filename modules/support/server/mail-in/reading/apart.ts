/**
 * Mail is understood in a thread of its own: whatever a stranger's mail costs, nobody's request waits for it. One that takes
 * longer than any mail does, or more memory, is known by its head alone, and the thread begins anew.
 */
import { createHash } from 'node:crypto'
import { parentPort, Worker, workerData } from 'node:worker_threads'
import type { IncomingMail } from '../incoming.ts'
import { bounds } from './parts.ts'
import { understand, type Received } from './understanding.ts'

/** How long one mail is worked on, and how much of it and its pieces is held. */
export type Limits = { seconds: number; megabytes: number }
const usual: Limits = { seconds: 10, megabytes: 256 }

/** How a thread knows that it is this one, and not whatever else imports this file. */
const purpose = 'understands mail'
type Said = 'ready' | { mail: IncomingMail } | { error: string }

export const understandApart = openReader(usual)

/** One after the other: what is waited for is a turn, and each has the whole time for itself. */
export function openReader(limits: Limits): (received: Received) => Promise<IncomingMail> {
  let thread: Promise<Worker> | undefined
  let turn: Promise<unknown> = Promise.resolve()

  /** @throws where no thread can begin: that is no fault of the mail */
  const asked = async (received: Received): Promise<IncomingMail | undefined> => {
    thread ??= begun(limits, () => (thread = undefined))
    try {
      const worker = await thread
      const mail = await answered(worker, received, limits)
      if (!mail) await worker.terminate()
      return mail
    } catch (error) {
      thread = undefined
      throw error
    }
  }
  const read = async (received: Received): Promise<IncomingMail> => {
    const mail = await asked(received)
    if (mail) return mail
    const { raw, bytes } = received
    const nothing = { ...received, raw: Buffer.alloc(0), bytes: 0 }
    const known = (await asked({ ...received, raw: headOf(raw) })) ?? (await understand(nothing))
    const sha256 = createHash('sha256').update(raw).digest()
    return { ...byHeadAlone(known), bytes, sha256 }
  }
  return (received) => {
    const mine = turn.then(() => read(received))
    turn = mine.catch(() => undefined)
    return mine
  }
}

/** For who decides what becomes of it: that it came, and from whom. */
export const byHeadAlone = (mail: IncomingMail): IncomingMail => ({
  ...mail,
  body: '',
  quoted: '',
  files: [],
  bounce: null,
  problem: 'unreadable',
})

function headOf(raw: Buffer): Buffer {
  const start = raw.subarray(0, Math.min(raw.length, bounds.headBytes / 10))
  const ends = [start.indexOf('\r\n\r\n'), start.indexOf('\n\n')].filter((at) => at >= 0)
  return start.subarray(0, Math.min(start.length, ...ends))
}

function begun({ megabytes }: Limits, ended: () => void): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: purpose,
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    })
    // Once it was heard that it is there, whoever asks it something listens.
    worker.once('message', () => {
      worker.off('error', reject).on('error', () => undefined)
      worker.once('exit', ended).unref()
      resolve(worker)
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the thread that understands mail did not begin')))
  })
}

const ticksASecond = 10

/** @returns undefined where it took too long, or more than it may, or the thread ended */
async function answered(
  worker: Worker,
  received: Received,
  { seconds }: Limits,
): Promise<IncomingMail | undefined> {
  worker.ref()
  let onSaid: (said: Said) => void = () => undefined
  let onEnd: () => void = () => undefined
  let ticking: NodeJS.Timeout | undefined
  try {
    const said = await new Promise<Said | undefined>((resolve) => {
      onSaid = resolve
      onEnd = () => resolve(undefined)
      // Counted, not looked up: while this process itself stands still, no time passes for the mail.
      let left = seconds * ticksASecond
      ticking = setInterval(() => left-- > 0 || onEnd(), 1_000 / ticksASecond)
      worker.on('message', onSaid).on('error', onEnd).on('exit', onEnd)
      // Its own bytes: a part of a larger memory would be sent with all of that.
      const raw = new Uint8Array(received.raw)
      worker.postMessage({ ...received, raw }, [raw.buffer])
    })
    return said && said !== 'ready' && 'mail' in said ? asBuffers(said.mail) : undefined
  } finally {
    clearInterval(ticking)
    worker.off('message', onSaid).off('error', onEnd).off('exit', onEnd)
    worker.unref()
  }
}

/** What came from another thread are bytes, and no longer Buffers. */
const asBuffers = (mail: IncomingMail): IncomingMail => ({
  ...mail,
  sha256: bufferOf(mail.sha256),
  files: mail.files.map((file) => ({ ...file, content: bufferOf(file.content) })),
})

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, byteLength)

/** In memory of their own, which is handed over and not copied. */
function handedOver(mail: IncomingMail): { mail: IncomingMail; memory: ArrayBuffer[] } {
  const memory: ArrayBuffer[] = []
  const own = (content: Buffer): Buffer => {
    const isOwn = content.buffer instanceof ArrayBuffer && content.buffer.byteLength === content.length
    const kept = isOwn && content.length > 65_536 ? content : bufferOf(new Uint8Array(content))
    if (kept.buffer instanceof ArrayBuffer) memory.push(kept.buffer)
    return kept
  }
  const files = mail.files.map((file) => ({ ...file, content: own(file.content) }))
  return { mail: { ...mail, sha256: own(mail.sha256), files }, memory: [...new Set(memory)] }
}

if (parentPort && workerData === purpose) {
  const port = parentPort
  const say = (said: Said, memory: ArrayBuffer[] = []) => port.postMessage(said, memory)
  port.on('message', async (received: Received) => {
    try {
      const { mail, memory } = handedOver(await understand({ ...received, raw: bufferOf(received.raw) }))
      say({ mail }, memory)
    } catch (error) {
      say({ error: String(error) })
    }
  })
  say('ready')
}
