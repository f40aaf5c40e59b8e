import type { CentralDb } from '#platform/server/db.ts'
import { NotFound } from '#platform/server/requests.ts'
import { lockWhereItLives, type Held } from '../tickets/lock.ts'

/** A ticket, held, where it is since it was put into others; none where it is forgotten: nobody is told that it ever was. */
export const whereItLives = (db: CentralDb, id: string): Promise<Held | null> =>
  lockWhereItLives(db, id).catch((error: unknown) => {
    if (error instanceof NotFound) return null
    throw error
  })
