/**
 * argon2id in threads of its own. Each takes tens of milliseconds of a core: on Node's shared threads two of them hold up
 * files and look-ups, and at the priority of everything else they hold up everybody's requests. These yield instead.
 */
import os from 'node:os'
import { parentPort, Worker, workerData } from 'node:worker_threads'
import { hashSync, verifySync } from '@node-rs/argon2'

// OWASP's minimum for argon2id: 19 MiB, two passes, one lane. (2 is argon2id; the package's const enum cannot be
// imported by a runtime that only erases types.)
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** What a thread is asked: a password to hash, or to hold against a hash. */
type Question = { password: string; hash?: string }
type Answer = { value: string | boolean } | { error: string }

/** How many there are: one a core. */
export const threads = os.availableParallelism()

/** How a thread knows that it is one of these, and not whatever else imports this file. */
const purpose = 'checks passwords'

const idle: Worker[] = []

export const hash = (password: string) => ask({ password }) as Promise<string>
export const verify = (against: string, password: string) =>
  ask({ password, hash: against }) as Promise<boolean>

/** The caller sees to it that no more than `threads` ask at once. A thread that ended is replaced by the next question's. */
async function ask(question: Question): Promise<string | boolean> {
  const worker = idle.pop() ?? new Worker(new URL(import.meta.url), { workerData: purpose })
  // A command that hashed a password ends when it has nothing else to do.
  worker.ref()
  const answer = await new Promise<Answer>((resolve, reject) => {
    const listening = { message: settle(resolve), error: settle(reject), exit: settle(() => reject(ended())) }
    function settle<T>(how: (what: T) => void) {
      return (what: T) => {
        worker.off('message', listening.message).off('error', listening.error).off('exit', listening.exit)
        how(what)
      }
    }
    worker.on('message', listening.message).on('error', listening.error).on('exit', listening.exit)
    worker.postMessage(question)
  })
  worker.unref()
  idle.push(worker)
  if ('error' in answer) throw new Error(answer.error)
  return answer.value
}

const ended = () => new Error('a thread that checks passwords ended')

if (parentPort && workerData === purpose) {
  const port = parentPort
  // On Linux a priority belongs to a thread; elsewhere it would be the whole process's.
  if (process.platform === 'linux') os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL)
  port.on('message', ({ password, hash: against }: Question) => {
    try {
      port.postMessage({
        value: against === undefined ? hashSync(password, cost) : verifySync(against, password),
      })
    } catch (error) {
      port.postMessage({ error: String(error) })
    }
  })
}
