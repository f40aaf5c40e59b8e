/** A statement is read in a thread of its own: whatever a file costs, nobody's request waits for it. */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { BankLayout } from '#contract/billing'
import { NoStatement, type Understood } from './statement.ts'
import { understand } from './understanding.ts'

/** How a thread knows that it is this one, and not whatever else imports this file. */
const purpose = 'reads a bank statement'
const seconds = 20
const megabytes = 384

type Order = { purpose: string; bytes: Uint8Array; chosen: BankLayout | undefined }
type Said = { understood: Understood } | { why: NoStatement['why'] }

/** @throws NoStatement, also where it takes longer or more memory than any statement does */
export async function understandApart(bytes: Uint8Array, chosen?: BankLayout): Promise<Understood> {
  const order: Order = { purpose, bytes: new Uint8Array(bytes), chosen }
  const worker = new Worker(new URL(import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  })
  let patience: NodeJS.Timeout | undefined
  try {
    const said = await new Promise<Said>((resolve) => {
      const giveUp = () => resolve({ why: 'unreadable' })
      patience = setTimeout(giveUp, seconds * 1_000)
      worker.once('message', resolve).once('error', giveUp).once('exit', giveUp)
    })
    if ('why' in said) throw new NoStatement(said.why)
    return said.understood
  } finally {
    clearTimeout(patience)
    await worker.terminate()
  }
}

const order = workerData as Partial<Order> | null // whoever began the thread says what for
if (!isMainThread && parentPort && order?.purpose === purpose && order.bytes) {
  let said: Said
  try {
    said = { understood: understand(order.bytes, order.chosen) }
  } catch (error) {
    said = { why: error instanceof NoStatement ? error.why : 'unreadable' }
  }
  parentPort.postMessage(said)
}
