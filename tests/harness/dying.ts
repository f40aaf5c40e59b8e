/**
 * Work that dies at a chosen statement, as a killed process does: no statement after that one, no goodbye to PostgreSQL,
 * and what it had sent goes on there unheard. Hundreds of deaths at the price of one process.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'

type Asked = (this: pg.Client, ...question: unknown[]) => unknown
type Life = {
  left: number
  when: When
  isOver: boolean
  clients: Set<pg.Client>
  /** What it asked last. */
  last: string
  end(how: 'died'): void
}

/** `before` the statement is sent, or `unheard`: sent, and its answer heard by nobody. */
export type When = 'before' | 'unheard'

const lives = new AsyncLocalStorage<Life>()
const never = () => new Promise<never>(() => {})

/**
 * @param statement counted from 1, on whatever connection
 * @returns `lived` when the work asked fewer; and the statement it died at, for messages
 */
export async function dyingAt(
  statement: number,
  when: When,
  work: () => Promise<unknown>,
): Promise<{ end: 'died' | 'lived'; at: string }> {
  watchConnections()
  const died = Promise.withResolvers<'died'>()
  const life: Life = {
    left: statement,
    when,
    isOver: false,
    clients: new Set(),
    last: '',
    end: died.resolve,
  }
  const lived = lives.run(life, work).then(
    () => (life.isOver ? died.promise : ('lived' as const)),
    // What a dead process would have thrown, nobody hears.
    (error: unknown) => (life.isOver ? died.promise : Promise.reject(error as Error)),
  )
  return { end: await Promise.race([lived, died.promise]), at: life.last }
}

let isWatched = false

/** Once: whoever is in no such life notices nothing. */
function watchConnections(): void {
  if (isWatched) return
  isWatched = true
  // Both are overloaded beyond what their types can say of a wrapper.
  const client = pg.Client.prototype as unknown as { query: Asked; connect: Asked }
  const { query, connect } = client
  client.connect = function (...question) {
    const life = lives.getStore()
    if (life?.isOver) return never()
    life?.clients.add(this)
    return connect.apply(this, question)
  }
  client.query = function (...question) {
    const life = lives.getStore()
    if (!life) return query.apply(this, question)
    if (life.isOver) return never()
    life.clients.add(this)
    life.last = textOf(question[0])
    if (--life.left > 0) return query.apply(this, question)
    life.isOver = true
    if (life.when === 'before') end(life)
    else {
      void Promise.resolve(query.apply(this, question)).catch(() => {})
      // It leaves with the end of this turn.
      setImmediate(() => end(life))
    }
    return never()
  }
}

function end(life: Life): void {
  for (const { connection } of life.clients as Set<pg.Client & { connection: pg.Connection }>)
    connection.stream.destroy()
  life.end('died')
}

function textOf(question: unknown): string {
  const text =
    typeof question === 'string' ? question : ((question as { text?: unknown } | undefined)?.text ?? '')
  return String(text).replaceAll(/\s+/g, ' ').slice(0, 80)
}
