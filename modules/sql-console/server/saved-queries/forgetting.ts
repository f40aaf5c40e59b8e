import type { Schedule } from '#platform/server/jobs.ts'
import type { Parts } from '../parts.ts'
import { forgetQueries } from './queries.ts'

const day = 24 * 3_600_000

/** Each night: what lay in the trash for thirty days, and private queries of accounts that were closed ninety days ago. */
export const forgettingQueries = ({ clock }: Pick<Parts, 'clock'>): Schedule => ({
  name: 'sql-queries',
  cron: '23 3 * * *',
  async run(db) {
    const ago = (days: number) => new Date(clock.now().getTime() - days * day)
    await forgetQueries(db, { trashed: ago(30), gone: ago(90) })
  },
})
