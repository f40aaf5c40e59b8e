import type { CentralDb } from '#platform/server/db.ts'
import { mainCompany } from '../settings/in-force.ts'
import { isClosed } from './queries.ts'

/** The day itself; where its month is closed already, today: what a bank tells late is booked late, never left out. */
export async function openDay(db: CentralDb, day: string, today: string): Promise<string> {
  const { id } = await mainCompany(db)
  return (await isClosed(db, id, day)) ? today : day
}
