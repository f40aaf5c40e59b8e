import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll } from 'vitest'
import { openAudit } from '#server/audit'
import { openGuard, type Guard } from '../../modules/identity/server/defence/guard.ts'
import { readMessages } from '../../apps/server/messages.ts'
import { systemClock } from '#platform/server/clock.ts'
import { centralDb, openPool, type CentralDb } from '#platform/server/db.ts'
import { openLog } from '#platform/server/log.ts'
import { openMail } from '#platform/server/mail.ts'
import { openNewsDesk } from '#platform/server/news.ts'
import type { RequestFacts } from '#platform/server/requests.ts'
import { sentencesOf } from '#platform/server/sentences.ts'
import { vaultOf } from '#platform/server/vault.ts'
import type { TestDatabase } from './database.ts'

/** A guard as a server process has one, without the server; two of them are two processes. */
export function guardOn(
  database: TestDatabase,
  /** Milliseconds after which the store of counters counts as broken. */
  patience = 15_000,
): { guard: Guard; db: CentralDb } {
  const pools = [
    openPool(database.appUrl),
    openPool(database.appUrl, { patience: { connection: patience, statement: patience } }),
  ] as const
  const [db, log, clock] = [centralDb(pools[0]), openLog('silent'), systemClock]
  const vault = vaultOf(secret)
  const sentences = sentencesOf(readMessages())
  const jobs = () => {
    throw new Error('what is captured needs no queue')
  }
  const mail = openMail({
    config: {
      appEnv: 'test',
      smtpUrl: undefined,
      mailFrom: { name: 'MaGestionPsy', email: 'a@example.com' },
    },
    db,
    vault,
    sentences,
    clock,
    log,
    jobs,
  })
  const desk = openNewsDesk(database.appUrl, log)
  const backofficeUrl = new URL('http://localhost:3000')
  afterAll(async () => {
    await desk.close()
    await Promise.all(pools.map((pool) => pool.end()))
  })
  return {
    db,
    guard: openGuard({
      db,
      audit: openAudit({ vault, clock }),
      clock,
      vault,
      mail,
      log,
      backofficeUrl,
      counters: pools[1],
      desk,
    }),
  }
}

const secret = randomBytes(32)

/** A request as the platform hands it on. */
export const requestFrom = (ip: string, device?: string): RequestFacts => ({
  id: randomUUID(),
  ip,
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  language: 'fr',
  cookies: { device },
})
