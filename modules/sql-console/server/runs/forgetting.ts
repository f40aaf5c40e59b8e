import { reportsKeptDays, textsKeptDays } from '#contract/sql-console'
import type { Schedule } from '#platform/server/jobs.ts'
import type { Parts } from '../parts.ts'
import { forgetOld, forgetReports, forgetTexts } from './queries.ts'

const day = 24 * 3_600_000

/**
 * Each night: runs that nobody asked to execute go whole; of the others first what they gave and changed, which are people's data, then
 * the text, which may name some. Who did what, where, when, to how many rows, and who agreed stays, and so does the audit log.
 */
export const forgettingRuns = ({ clock }: Pick<Parts, 'clock'>): Schedule => ({
  name: 'sql-runs',
  cron: '29 3 * * *',
  async run(db) {
    const ago = (days: number) => new Date(clock.now().getTime() - days * day)
    await forgetOld(db, ago(reportsKeptDays))
    await forgetReports(db, ago(reportsKeptDays))
    await forgetTexts(db, ago(textsKeptDays))
  },
})
