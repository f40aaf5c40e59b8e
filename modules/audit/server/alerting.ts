/** What somebody must hear at once about the log: those who may verify it. */
import { peopleWith } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Mail } from '#platform/server/mail.ts'

export type Alarm = {
  about: 'contradiction' | 'unsound'
  values: Readonly<Record<string, string | number>>
}

/** Mails them, each in their language. That it could not be said is logged, and hides nothing: the log says it too. */
export const openAlarms =
  (on: { db: CentralDb; mail: Mail; log: Logger; backofficeUrl: URL }) =>
  async ({ about, values }: Alarm): Promise<void> => {
    const { db, mail, log, backofficeUrl } = on
    try {
      const people = await peopleWith(db, 'audit.verify')
      await db.transaction().execute(async (tx) => {
        for (const { id, email, name, language } of people)
          await mail.send(tx, {
            to: { email, name },
            language,
            staffId: id,
            template: `audit.mail.${about}`,
            values: { name, ...values },
            action: { url: new URL('/audit/integrity', backofficeUrl).href },
          })
      })
    } catch (error) {
      log.error({ err: error, about }, 'nobody could be told about the audit log by mail')
    }
  }
