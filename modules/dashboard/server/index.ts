import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import { preparing } from '#platform/server/prepared.ts'
import type { Handler } from '#platform/server/requests.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import type pg from 'pg'
import { exporting } from './exporting.ts'
import { folding, proving } from './proving.ts'
import { reading } from './reading.ts'

export { proveFigures } from './proving.ts'

export function handlers(on: { db: CentralDb; pool: pg.Pool; sentences: Sentences }): Handler[] {
  const ask = preparing(on.db, on.pool)
  return [reading(ask), exporting(ask, on.sentences)]
}

export const schedules = (clock: Clock, log: Logger): Schedule[] => [folding, proving(clock, log)]
