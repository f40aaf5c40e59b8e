import type { CentralDb } from '#platform/server/db.ts'
import { merge } from './merging.ts'
import type { Who } from './moving.ts'

/** One ticket of the past put into another, by the very steps a real one is. */
export async function mergePast(
  db: CentralDb,
  { fromId, intoId, by, at }: { fromId: string; intoId: string; by: Who; at: Date },
): Promise<void> {
  await merge(db, { clock: { now: () => at } }, { id: fromId, intoId }, by)
}
