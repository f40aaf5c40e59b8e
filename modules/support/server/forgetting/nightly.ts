/** What nobody needs any more goes at night, without anybody asking for it. */
import type { Schedule } from '#platform/server/jobs.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Parts } from '../parts.ts'
import { forgetOldMails, forgetTrashed } from './forgetting.ts'
import { deleteDraftsOfWhoLeft } from './draft-queries.ts'

/** Whoever is suspended may be back from a mistake, or from an illness. */
const daysOfDrafts = 30

export const forgettingAtNight = (parts: Pick<Parts, 'clock' | 'dataDir' | 'log'>): Schedule => ({
  name: 'support-forgetting',
  cron: '37 3 * * *',
  run: async (db: CentralDb) => {
    const trashed = await forgetTrashed(parts, db)
    const mails = await forgetOldMails(parts, db)
    const before = new Date(parts.clock.now().getTime() - daysOfDrafts * 86_400_000)
    const drafts = await deleteDraftsOfWhoLeft(db, before)
    parts.log.info(
      { tickets: trashed.tickets, files: trashed.files + mails.files, drafts },
      'what was said in tickets and mails nobody needs any more was forgotten',
    )
  },
})
