/** A connection that may be lost, or be cut by us, at any moment: nobody dies of it, and everybody learns why. */
import type pg from 'pg'
import type { Bounds } from './bounds.ts'
import type { Ending } from './simulation.ts'

export type Line = {
  client: pg.Client
  /** Why it was cut, or that it was lost. */
  ending(): Ending | undefined
  cut(why: Ending): void
  /** From now on so many bytes may arrive, until it is said again. */
  allow(bytes: number): void
  /** As the server said last: in a transaction, in one that failed, or in none. */
  state(): 'T' | 'E' | 'I'
  /**
   * How often it said that a transaction began or ended: where that grows by what was typed, another one stands in the place of
   * ours, and with AND CHAIN the server's state never shows it.
   */
  turns(): number
  close(): Promise<void>
  /** Nobody listens on it any more: for whoever has it next. It asks nothing at the moment. */
  letGo(): pg.Client
}

const goodbye = 1_000
/** What the server says of what begins or ends one. To roll back to a savepoint is called the same. */
const turning = /^(?:BEGIN|START TRANSACTION|COMMIT|ROLLBACK|PREPARE TRANSACTION)/

export function lineOf(client: pg.Client): Line {
  let why: Ending | undefined
  let arrived = 0
  let allowed = Infinity
  let state: 'T' | 'E' | 'I' = 'I'
  let turns = 0
  let closing = false
  const { stream } = client.connection

  function cut(reason: Ending): void {
    why ??= reason
    stream.destroy()
  }
  // A connection that is ended from outside says so here, and to whoever waits for an answer.
  const onError = () => {}
  const onEnd = () => {
    if (!closing) why ??= 'connection'
  }
  const onData = (chunk: Buffer) => {
    arrived += chunk.length
    if (arrived > allowed) cut('too_large')
  }
  const onReady = (said: { status: 'T' | 'E' | 'I' }) => (state = said.status)
  const onComplete = ({ text }: { text: string }) => {
    if (turning.test(text)) turns++
  }
  client.on('error', onError)
  client.on('end', onEnd)
  stream.on('data', onData)
  // COPY past the parser: whoever answers queries knows nothing of it, and would throw where nobody catches.
  client.connection.removeAllListeners('copyData').on('copyData', () => {})
  client.connection.removeAllListeners('copyInResponse').on('copyInResponse', () => cut('streams'))
  client.connection.on('readyForQuery', onReady)
  client.connection.on('commandComplete', onComplete)

  return {
    client,
    ending: () => why,
    cut,
    allow(bytes) {
      arrived = 0
      allowed = bytes
    },
    state: () => state,
    turns: () => turns,
    async close() {
      closing = true
      // One that was lost never says that it has ended.
      await timed(client.end(), why ? 0 : goodbye).catch(() => stream.destroy())
    },
    letGo() {
      client.removeListener('end', onEnd)
      stream.removeListener('data', onData)
      client.connection.removeListener('readyForQuery', onReady)
      client.connection.removeListener('commandComplete', onComplete)
      // One that is ended meanwhile is still nobody's death.
      if (client.listenerCount('error') > 1) client.removeListener('error', onError)
      return client
    },
  }
}

/** @throws what the door says, or that it did not answer in time; one that opens later is closed again */
export async function opened(open: () => Promise<pg.Client>, milliseconds: number): Promise<Line> {
  const opening = open().then(lineOf)
  try {
    return await timed(opening, milliseconds)
  } catch (error) {
    void opening.then((line) => line.close()).catch(() => {})
    throw error
  }
}

/** Both, or none stays open. */
export async function bothOpened(
  inside: () => Promise<pg.Client>,
  beside: () => Promise<pg.Client>,
  { answer }: Bounds,
): Promise<{ inside: Line; beside: Line }> {
  const [first, second] = await Promise.allSettled([opened(inside, answer), opened(beside, answer)])
  if (first.status === 'fulfilled' && second.status === 'fulfilled')
    return { inside: first.value, beside: second.value }
  await Promise.all([first, second].map((one) => one.status === 'fulfilled' && one.value.close()))
  throw first.status === 'rejected' ? first.reason : (second as PromiseRejectedResult).reason // one of them was
}

/** @throws where the line does not answer in time: then it is cut, since what comes later would be taken for another answer */
export async function answered<T>(line: Line, milliseconds: number, question: Promise<T>): Promise<T> {
  try {
    return await timed(question, milliseconds)
  } catch (error) {
    if (error instanceof NoAnswer) line.cut('connection')
    throw error
  }
}

export class NoAnswer extends Error {
  constructor() {
    super('no answer in time')
    this.name = 'NoAnswer'
  }
}

/** Counted, not looked up: while this process itself stands still, no time passes for whoever is to answer. */
const ticks = 10

async function timed<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let ticking: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    let left = ticks
    ticking = setInterval(() => --left > 0 || reject(new NoAnswer()), milliseconds / ticks)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearInterval(ticking)
    // Whoever is too late is heard by nobody.
    work.catch(() => {})
  }
}
