import { getHolidays, getPromises, holidaysOf } from '#contract/support'
import type { BackgroundWork, Schedule } from '#platform/server/jobs.ts'
import { handle, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { alerts } from './alerts.ts'
import { explaining } from './explaining.ts'
import { minding } from './minding.ts'
import { planKeys } from './queries.ts'
import { recomputing } from './recomputing.ts'
import { savingPromises } from './saving.ts'
import { calendarsNow, policiesNow } from './standing.ts'
import { teams } from './team-queries.ts'
import { savingTeams } from './teams.ts'
import { withdrawing } from './withdrawing.ts'

export const promiseHandlers = (parts: Parts): readonly Handler[] => [
  handle(getPromises, async ({ db, clock }) => ({
    calendars: await calendarsNow(db, clock.now()),
    policies: await policiesNow(db, clock.now()),
    plans: await planKeys(db),
    teams: await teams(db),
  })),
  handle(getHolidays, async (_, { query: { territory, from, years } }) => ({
    rows: holidaysOf(
      territory,
      Array.from({ length: years }, (_year, index) => from + index),
    ),
  })),
  explaining,
  ...savingPromises(parts),
  savingTeams,
  ...withdrawing,
  ...alerts,
]

export const promiseWorks = (parts: Parts): readonly BackgroundWork[] => [recomputing(parts)]
export const promiseSchedules = (parts: Parts): readonly Schedule[] => [minding(parts)]
