import { renewOne } from '../renewal/renewing.ts'
import { lockSubscription, type Held } from './act-queries.ts'
import { held, today, type Doing } from './acting.ts'
import { endOn } from './ending.ts'
import { houseOf, type House } from './house.ts'

/**
 * A subscription as the days left it, even where no night's run came by: what was cancelled until today has ended, and periods that
 * began before today are invoiced. One that begins today is still open to whatever is decided today.
 * @param revision what somebody saw of it
 * @throws NotFound, Refused when somebody changed it meanwhile
 */
export async function upToDate(
  doing: Doing,
  id: string,
  revision?: number,
): Promise<{ row: Held; house: House }> {
  const row = await held(doing.db, id, revision)
  const day = today(doing)
  const house = await houseOf(doing)
  if (row.isCurrent && row.cancelOn !== null && row.cancelOn <= day && row.status !== 'ended')
    await endOn(doing, row, row.cancelOn, { house })
  const yesterday = Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()
  await renewOne(doing.db, id, { ...house, until: yesterday, hold: false })
  return { row: (await lockSubscription(doing.db, id)) ?? row, house }
}

/** A period that begins today becomes a draft now, and not in the night. */
export async function billed(doing: Doing, id: string, house: House): Promise<void> {
  await renewOne(doing.db, id, { ...house, until: today(doing), hold: false })
}
