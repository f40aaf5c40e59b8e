import { peopleWith } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Mail } from '#platform/server/mail.ts'
import { TooMany } from '#platform/server/requests.ts'
import type { Counters } from './counters.ts'

/** Mails who can do something about it, at most once an hour for each kind of alert. */
export function openAlerts(on: {
  db: CentralDb
  counters: Counters
  mail: Mail
  log: Logger
  backofficeUrl: URL
}): (kind: 'blocks' | 'under_attack', values?: Record<string, string>) => Promise<void> {
  const { db, counters, mail, log, backofficeUrl } = on
  return async (kind, values = {}) => {
    try {
      await counters.spend(['alert', kind])
    } catch (error) {
      if (error instanceof TooMany) return
      throw error
    }
    try {
      const people = await peopleWith(db, 'security.manage')
      await db.transaction().execute(async (tx) => {
        for (const { id, email, name, language } of people)
          await mail.send(tx, {
            to: { email, name },
            language,
            staffId: id,
            template: `identity.mail.${kind}`,
            values: { name, ...values },
            action: { url: new URL('/security', backofficeUrl).href },
          })
      })
    } catch (error) {
      log.error({ err: error, kind }, 'administrators could not be alerted')
      await counters.forget(['alert', kind])
    }
  }
}
