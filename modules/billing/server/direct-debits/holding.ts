import type { CentralDb } from '#platform/server/db.ts'
import { lockMoneyOf } from '../payments/lock.ts'
import { clientsOfCollections, collectionRows, type CollectionRow, type Collections } from './queries.ts'

/** Collections as they stand while nobody else decides about them or moves their clients' money. */
export async function heldCollections(db: CentralDb, wanted: Collections): Promise<CollectionRow[]> {
  await lockMoneyOf(db, ...(await clientsOfCollections(db, wanted)))
  return collectionRows(db, wanted)
}
