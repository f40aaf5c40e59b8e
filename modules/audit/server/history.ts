import type { Tables } from '#platform/server/db.ts'
import type { Vault } from '#platform/server/vault.ts'
import { tryPayload } from './payloads.ts'
import { followedRows, historyRows } from './queries.ts'

/** One line of an object's timeline. */
export type HistoryLine = {
  id: string
  at: Date
  actorLabel: string
  verb: string
  /** Null where nothing was written, where it was erased since, and where nobody can open it. */
  before: unknown
  after: unknown
}

/** What was done to one object, newest first, actions on many objects included; refusals and looks are not. */
export const historyOf =
  (vault: Vault) =>
  async (
    db: Tables<'auditLog'>,
    objectType: string,
    objectId: string,
    limit: number,
  ): Promise<HistoryLine[]> => {
    const rows = await historyRows(db, objectType, objectId, limit)
    return rows.map(({ sealed, ...line }) => {
      const { payload } = tryPayload(vault, { id: line.id, sealed })
      return { ...line, before: payload?.before ?? null, after: payload?.after ?? null }
    })
  }

/** One line of what somebody saw and did while they stood in for a member. */
export type FollowedLine = {
  entryId: string
  at: Date
  result: 'seen' | 'done' | 'refused' | 'failed'
  verb: string
  objectType: string
  objectId: string | null
  /** Where in the app they were. */
  page: string | null
}

/** In its order. What was intended is told by what became of it. */
export const followed =
  (vault: Vault) =>
  async (db: Tables<'auditLog'>, impersonationId: string, limit: number): Promise<FollowedLine[]> => {
    const rows = await followedRows(db, impersonationId, limit)
    return rows.map(({ sealed, ...line }) => {
      const { payload } = tryPayload(vault, { id: line.entryId, sealed })
      return { ...line, page: payload?.page ?? null }
    })
  }
