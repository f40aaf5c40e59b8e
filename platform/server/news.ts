import pg from 'pg'
import { sql, type CentralDb } from './db.ts'
import type { Logger } from './log.ts'

/**
 * News with who may hear it: holders of a permission, or one staff member (or member) alone. With a tenant, that
 * practice's members who hold the permission hear it too, and no other practice's.
 */
export type Whisper = { topic: string; id?: string; needs?: string; only?: string; tenant?: string }

/** Tells the news when the surrounding transaction commits, and never if it does not (NOTIFY is transactional). */
export async function tell(db: CentralDb, whisper: Whisper): Promise<void> {
  await sql`select pg_notify('news', ${JSON.stringify(whisper)})`.execute(db)
}

export type NewsDesk = {
  /** Calls back for each piece of news, and with `null` after the line to the database was lost: anything may have changed. */
  subscribe(hear: (whisper: Whisper | null) => void): () => void
  close(): Promise<void>
}

/** Listens on one connection for the whole process and hands the news round. */
export function openNewsDesk(url: string, log: Logger): NewsDesk {
  const hearers = new Set<(whisper: Whisper | null) => void>()
  const handRound = (whisper: Whisper | null) => hearers.forEach((hear) => hear(whisper))
  let client: pg.Client | undefined
  let closed = false
  let retry: NodeJS.Timeout | undefined

  async function connect(wasLost: boolean) {
    const fresh = new pg.Client({
      connectionString: url,
      application_name: 'magestionpsy news',
      keepAlive: true,
    })
    let over = false
    const lost = (error?: Error) => {
      if (over || closed) return
      over = true
      log.warn({ reason: error?.message }, 'lost the news line, trying again')
      fresh.removeAllListeners('notification')
      retry = setTimeout(() => void connect(true), 500)
    }
    fresh.on('error', lost).on('end', () => lost())
    fresh.on('notification', (message) => {
      const whisper = read(message.payload)
      if (whisper) handRound(whisper)
      else log.warn('something that is no news came down the news line')
    })
    try {
      await fresh.connect()
      await fresh.query('listen news')
      client = fresh
      if (closed) await fresh.end()
      else if (wasLost) handRound(null)
    } catch (error) {
      lost(error as Error)
      await fresh.end().catch(() => {})
    }
  }
  void connect(false)

  return {
    subscribe(hear) {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
    async close() {
      closed = true
      clearTimeout(retry)
      await client?.end().catch(() => {})
    },
  }
}

/** Every role that may connect may also notify: what is no news must not end the process. */
function read(payload: string | undefined): Whisper | undefined {
  try {
    const said: unknown = JSON.parse(payload ?? '')
    const isNews =
      typeof said === 'object' && said !== null && 'topic' in said && typeof said.topic === 'string'
    return isNews ? (said as Whisper) : undefined // tell() and the migrations write the other fields
  } catch {
    return undefined
  }
}
