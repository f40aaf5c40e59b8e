/**
 * Reads support's mailbox, in a process that runs jobs: at once when the server says that something came, and every twenty
 * seconds. One process at a time does; should two, each mail is still taken once, by its bytes. Whatever breaks is tried
 * again, later each time, and stands in `support_mailbox` until it went well.
 */
import { once } from 'node:events'
import type { ImapFlow } from 'imapflow'
import { sql, type CentralDb } from '#platform/server/db.ts'
import type { Parts } from '../../parts.ts'
import { connectionTo } from './connection.ts'
import { emptyInbox, refusedFolder, refusedIn, type Taker } from './emptying.ts'
import { wentWell, wentWrong } from './state.ts'

type Reading = Pick<Parts, 'db' | 'clock' | 'log' | 'post'>

/** A demonstration, and whoever works on the product, reads nobody's mail. */
const environments = ['production', 'staging', 'test']

/** Whether anybody reads what people write to support. */
export const isRead = ({ imapUrl, appEnv }: Pick<Parts['post'], 'imapUrl' | 'appEnv'>) =>
  imapUrl !== undefined && environments.includes(appEnv)

const [patience, longestPatience, leaveAfter] = [2_000, 5 * 60_000, 5_000]

export function readMailbox(
  parts: Reading,
  take: Taker,
  everyMs = 20_000,
): { start(): Promise<void>; close(): Promise<void> } {
  const { db, log } = parts
  const { imapUrl } = parts.post
  if (!isRead(parts.post)) return { start: () => Promise.resolve(), close: () => Promise.resolve() }
  const ending = new AbortController()
  const { signal } = ending
  let done: Promise<void> = Promise.resolve()
  const refused = new Map<string, number>()

  async function readOn(): Promise<void> {
    for (let wait = patience; !signal.aborted; wait = Math.min(wait * 2, longestPatience)) {
      const client = connectionTo(imapUrl as string) // looked at above
      // What is being taken is taken to its end; what is only waited for is not.
      const leave = () => setTimeout(() => client.close(), leaveAfter).unref()
      signal.addEventListener('abort', leave, { once: true })
      try {
        await client.connect()
        await readWith(parts, client, take, { signal, everyMs, refused, went: () => (wait = patience) })
        return
      } catch (error) {
        if (signal.aborted) return
        log.warn({ err: safely(error) }, 'the mailbox of support could not be read')
        await wentWrong(db, parts.clock.now(), error).catch(() => undefined)
      } finally {
        signal.removeEventListener('abort', leave)
        client.close()
      }
      await pause(wait, signal)
    }
  }

  return {
    async start() {
      done = readOn()
    },
    async close() {
      ending.abort()
      await done
    },
  }
}

type Terms = { signal: AbortSignal; everyMs: number; refused: Map<string, number>; went(): void }

/** Until it is to end, or something breaks. */
async function readWith(parts: Reading, client: ImapFlow, take: Taker, terms: Terms): Promise<void> {
  const { db, clock, log, post } = parts
  const { signal, refused } = terms
  const folder = post.imapFolder
  await client.mailboxCreate(folder)
  const news = { came: true }
  client.on('exists', () => (news.came = true))
  while (!signal.aborted) {
    news.came = false
    const done = await whileAlone(db, () =>
      emptyInbox({
        client,
        folder,
        authservId: post.imapAuthservId,
        take,
        refused,
        isEnding: () => signal.aborted,
        log,
      }),
    )
    if (signal.aborted) break
    terms.went()
    if (!done) await untilOurTurn(client, terms)
    else {
      const fault = done.fault ?? (await left(client, folder))
      if (fault === undefined) await wentWell(db, clock.now())
      else await wentWrong(db, clock.now(), fault)
      if (!news.came) await untilNews(client, terms)
    }
  }
  await client.logout().catch(() => undefined)
}

/** It stands in the state until somebody has looked at them. */
async function left(client: ImapFlow, folder: string): Promise<Error | undefined> {
  const mails = await refusedIn(client, folder)
  return mails === 0 ? undefined : new Error(`${mails} not taken, in ${refusedFolder(folder)}`)
}

/** Another process reads; the connection is kept for when it does no more. */
async function untilOurTurn(client: ImapFlow, { signal, everyMs }: Terms): Promise<void> {
  await pause(everyMs, signal)
  if (!signal.aborted) await client.noop()
}

/** The server is asked to say what comes; any next command ends that. */
async function untilNews(client: ImapFlow, { signal, everyMs }: Terms): Promise<void> {
  const stop = new AbortController()
  const until = AbortSignal.any([signal, stop.signal])
  const idle = client.idle({ whenFree: true })
  try {
    await Promise.race([
      once(client, 'exists', { signal: until }),
      once(client, 'close', { signal: until }),
      pause(everyMs, until),
      // That it ends says nothing; that it breaks does.
      idle.then(() => new Promise(() => undefined)),
    ]).catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  } finally {
    stop.abort()
  }
  if (!client.usable && !signal.aborted) throw new Error('the mail server closed the connection')
}

/** What another process reads now is not read here too. */
async function whileAlone<T>(db: CentralDb, read: () => Promise<T>): Promise<T | undefined> {
  return db.connection().execute(async (own) => {
    const { rows } = await sql<{ alone: boolean }>`select pg_try_advisory_lock(${lock}) as alone`.execute(own)
    if (!rows[0]?.alone) return undefined
    try {
      return await read()
    } finally {
      await sql`select pg_advisory_unlock(${lock})`.execute(own)
    }
  })
}

/** hashtextextended('support mailbox', 0) is as good as any. */
const lock = sql`hashtextextended('support mailbox', 0)`

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
  })
}

/** For the log: what a server answers may repeat the name it was asked with. */
function safely(error: unknown): { code: string; said: string } {
  const { code = 'unknown', message = '' } = error as { code?: string; message?: string }
  return { code, said: message.slice(0, 200) }
}
