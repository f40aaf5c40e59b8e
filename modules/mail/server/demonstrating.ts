import { listDemonstrationMails } from '#contract/mail'
import type { AppEnv } from '#platform/server/config.ts'
import type { Mail } from '#platform/server/mail.ts'
import { handle, NotFound, type Handler } from '#platform/server/requests.ts'
import { asLine } from './listing.ts'
import { latestCaptured } from './queries.ts'

/** As many as somebody who waits for one looks through. */
const shown = 20

/** Public on purpose, like the accounts: whoever tries the product reads there the link they were sent. */
export function demonstrating({ mail, environment }: { mail: Mail; environment: AppEnv }): Handler {
  return handle(listDemonstrationMails, async (ctx) => {
    if (environment !== 'demonstration') throw new NotFound()
    const mails = await latestCaptured(ctx.db, shown)
    return {
      rows: mails.map((row) => {
        const { id, at, to, language, subject } = asLine(row)
        const { text, action } = mail.open(row)
        return { id, at, to, language, subject, text, action }
      }),
    }
  })
}
