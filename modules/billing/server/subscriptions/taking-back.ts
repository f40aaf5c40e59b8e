import type { Parts } from '../parts.ts'
import type { Held } from './act-queries.ts'
import { today, type Doing } from './acting.ts'
import { unused, type Back } from './giving-back.ts'
import type { House } from './house.ts'
import { inRoom, roomOf } from './room.ts'
import { cutPeriod, runningPeriod, type DeletedPeriod, type RunningPeriod } from './running-period.ts'
import { unusedWords } from './words.ts'

/** The running period ends today: what goes back of it, plan and options; another one may begin on the same day. */
export async function takenBack(
  doing: Doing,
  parts: Pick<Parts, 'sentences'>,
  row: Held,
  house: House,
): Promise<{ period: RunningPeriod | undefined; back: Back[]; deleted?: DeletedPeriod | undefined }> {
  const day = today(doing)
  const period = await runningPeriod(doing.db, row.id, day)
  if (!period) return { period, back: [] }
  const say = await unusedWords(doing.db, parts.sentences, row, period)
  const back = inRoom(unused(period, day, say), await roomOf(doing.db, row.id, period, house.vat))
  return { period, back, deleted: await cutPeriod(doing.db, row.id, period, day) }
}
