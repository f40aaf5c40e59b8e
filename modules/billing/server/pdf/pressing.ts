/**
 * PDFs are made in a thread of their own, one after the other: one takes tens of milliseconds, one of a thousand lines a second,
 * and nobody's request waits for that.
 */
import os from 'node:os'
import { parentPort, SHARE_ENV, Worker, workerData } from 'node:worker_threads'
import { Unprintable } from '#platform/server/typeset.ts'
import { plainPdf, plainSvg, type Printed, type Stamp } from './drawing.ts'
import { sealedPdf, unpacked, type CarriedSeal, type Sealable } from './sealing.ts'
import type { Settled } from './settled.ts'

type Order =
  | { what: 'plain' | 'svg'; content: Printed; stamp: Stamp | null; settled: Settled | undefined }
  | { what: 'sealed'; document: Sealable; seal: CarriedSeal }
type Question = { id: number; order: Order }
type Answer = { id: number } & ({ pdf: Uint8Array } | { missing: readonly string[] } | { failed: string })

/** How a thread knows that it is this one, and not whatever else imports this file. */
const purpose = 'makes documents'

export type Press = {
  /** @throws Unprintable */
  make(order: Order): Promise<Buffer>
  close(): Promise<void>
}

export function openPress(): Press {
  let worker: Worker | undefined
  let last = 0
  const waiting = new Map<number, { resolve(pdf: Buffer): void; reject(error: Error): void }>()

  function thread(): Worker {
    if (worker) return worker
    const begun = new Worker(new URL(import.meta.url), {
      workerData: purpose,
      // In a copy of the environment nobody could tell Typst to leave the machine's own fonts alone.
      env: SHARE_ENV,
      // What one document leaves behind is gone with the next: a large nursery would only let it pile up.
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 },
    })
    begun.on('message', (answer: Answer) => {
      const asker = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (waiting.size === 0) begun.unref()
      if ('pdf' in answer) asker?.resolve(Buffer.from(answer.pdf.buffer))
      else asker?.reject('missing' in answer ? new Unprintable(answer.missing) : new Error(answer.failed))
    })
    begun.on('error', () => undefined)
    begun.on('exit', () => {
      if (worker === begun) worker = undefined
      for (const { reject } of waiting.values()) reject(new Error('the thread that makes documents ended'))
      waiting.clear()
    })
    return (worker = begun)
  }

  return {
    make(order) {
      const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
      const id = ++last
      waiting.set(id, { resolve, reject })
      const asked = thread()
      // Ends with the process unless somebody waits.
      asked.ref()
      asked.postMessage({ id, order } satisfies Question)
      return promise
    },
    close: async () => void (await worker?.terminate()),
  }
}

if (parentPort && workerData === purpose) {
  const port = parentPort
  // On Linux a priority belongs to a thread; elsewhere it would be the whole process's.
  if (process.platform === 'linux') os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL)
  let turn = Promise.resolve()
  port.on('message', ({ id, order }: Question) => {
    turn = turn.then(async () => {
      const answer: Answer = await made(order).then(
        (pdf) => ({ id, pdf }),
        (error: unknown) =>
          error instanceof Unprintable
            ? { id, missing: error.characters }
            : { id, failed: error instanceof Error ? error.message : 'a document could not be made' },
      )
      port.postMessage(answer)
    })
  })
}

/** In memory of its own: a part of a larger one would be sent with all of that. */
async function made(order: Order): Promise<Uint8Array> {
  if (order.what === 'sealed') return Uint8Array.from(await sealedPdf(order.document, unpacked(order.seal)))
  return Uint8Array.from(
    (order.what === 'svg' ? plainSvg : plainPdf)(order.content, order.stamp, order.settled),
  )
}
