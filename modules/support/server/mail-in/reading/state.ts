/** How reading goes, for whoever looks: one line, `support_mailbox`. */
import { sql, type Tables } from '#platform/server/db.ts'
import { inOneLine } from './charsets.ts'

export async function wentWell(db: Tables<'supportMailbox'>, at: Date): Promise<void> {
  await db.updateTable('supportMailbox').set({ readAt: at, failure: null }).execute()
}

/** Since when it goes wrong stays, as long as it does. */
export async function wentWrong(db: Tables<'supportMailbox'>, at: Date, error: unknown): Promise<void> {
  await db
    .updateTable('supportMailbox')
    .set({
      failedAt: sql<Date>`case when failure is null then ${at} else failed_at end`,
      failure: saidBy(error),
    })
    .execute()
}

/** In the server's own words where it said some: whoever runs it knows them. */
function saidBy(error: unknown): string {
  const { authenticationFailed, responseText, code, message } = error as {
    authenticationFailed?: boolean
    responseText?: string
    code?: string
    message?: string
  }
  const said = inOneLine(responseText ?? message ?? code ?? 'unknown', 300)
  return authenticationFailed ? `login: ${said}` : said
}
