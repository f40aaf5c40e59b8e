// What days bring by themselves: what was cancelled ends, what was paused goes on, who owes is behind and catches up.
import { dayOf } from '#platform/server/clock.ts'
import { sql, type CentralDb } from '#platform/server/db.ts'
import type { Parts } from '../parts.ts'
import { lockSubscription } from './act-queries.ts'
import type { Doing } from './acting.ts'
import { weighDebts } from './debts.ts'
import { endOn } from './ending.ts'
import { resume } from './pausing.ts'
import { houseOf } from './house.ts'

/** Safe to run as often as one likes: what has moved already is not found again. @returns how many moved */
export async function moveByTheClock(parts: Pick<Parts, 'db' | 'clock' | 'log'>): Promise<number> {
  const day = dayOf(parts.clock.now())
  return (
    (await endWhatIsOver(parts, day)) +
    (await resumeWhatWaited(parts, day)) +
    (await weighDebts(parts.db, day))
  )
}

async function endWhatIsOver(parts: Pick<Parts, 'db' | 'clock'>, day: string): Promise<number> {
  const ids = await idsWhere(
    parts.db,
    sql`is_current and status in ('trialing', 'cancelled') and cancel_on <= ${day}::date`,
  )
  return each(parts, ids, async (doing, id) => {
    const row = await lockSubscription(doing.db, id)
    if (!row || row.cancelOn === null || row.cancelOn > day || row.status === 'ended') return false
    await endOn(doing, row, row.cancelOn, { house: await houseOf(doing) })
    return true
  })
}

async function resumeWhatWaited(parts: Pick<Parts, 'db' | 'clock' | 'log'>, day: string): Promise<number> {
  const ids = await idsWhere(parts.db, sql`is_current and status = 'paused' and resumes_on <= ${day}::date`)
  let moved = 0
  for (const id of ids)
    try {
      moved += await each(parts, [id], async (doing) => {
        const row = await lockSubscription(doing.db, id)
        if (!row || row.status !== 'paused' || row.resumesOn === null || row.resumesOn > day) return false
        await resume(doing, row)
        return true
      })
    } catch (error) {
      // One whose plan has no price any more keeps nobody else waiting.
      parts.log.error({ err: error, subscription: id }, 'a subscription could not be resumed')
    }
  return moved
}

async function idsWhere(db: CentralDb, condition: ReturnType<typeof sql>): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select id from subscriptions where ${condition} order by id`.execute(db)
  return rows.map(({ id }) => id)
}

async function each(
  { db, clock }: Pick<Parts, 'db' | 'clock'>,
  ids: readonly string[],
  move: (doing: Doing, id: string) => Promise<boolean>,
): Promise<number> {
  let moved = 0
  for (const id of ids)
    await db.transaction().execute(async (transaction: CentralDb) => {
      if (await move({ db: transaction, clock, byStaffId: null }, id)) moved++
    })
  return moved
}
