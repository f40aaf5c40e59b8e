import type { Change, Held } from './act-queries.ts'
import { settle, type Doing } from './acting.ts'
import type { Back } from './giving-back.ts'
import type { RunningPeriod } from './running-period.ts'
import { beginsLater, stopsOn } from './paying-days.ts'
import type { House } from './house.ts'
import { settleUp } from './settling-up.ts'

/** Ends it as of a day: what was still to be asked for is asked for, and what goes back goes back. */
export async function endOn(
  doing: Doing,
  row: Held,
  day: string,
  {
    house,
    back = [],
    period,
    why,
  }: { house: House; back?: readonly Back[]; period?: RunningPeriod | undefined; why?: string },
): Promise<Change> {
  const settled = await settleUp(doing, row, { house, back, period })
  const change = ended(row, day)
  await settle(doing, row, change, {
    kind: 'ended',
    data: { on: day, ...(why === undefined ? {} : { why }), ...settled },
  })
  return change
}

/** Who paused has stopped paying already; who never paid has nothing to stop. */
function ended(row: Held, day: string): Change {
  return {
    status: 'ended',
    cancelOn: null,
    resumesOn: null,
    nextPeriodOn: null,
    nextPlan: null,
    ...(beginsLater(row, day) ? { payingFrom: null, payingUntil: null } : stopped(row, day)),
  }
}

function stopped(row: Held, day: string): Change {
  return row.payingFrom === null || row.status === 'paused' ? {} : { payingUntil: stopsOn(row, day) }
}
