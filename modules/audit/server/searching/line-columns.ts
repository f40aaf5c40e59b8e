import type { Result } from '#contract/audit'
import type { Within } from '#server/access'
import { sql } from '#platform/server/db.ts'
import { actorName } from './names.ts'

/** What a line of the log shows, as it is read. */
export type LineRow = {
  id: string
  at: Date
  actor: string
  actorType: string
  actorId: string | null
  verb: string
  objectType: string
  objectId: string | null
  objectName: string | null
  objectCount: number | null
  result: Result
  reason: string | null
  index: number | null
  /** Never a large one on a page of many: it would fetch a megabyte a line. */
  sealed: Buffer | null
}

/** Of an entry `e` of the view audit_log, whose object is called `object.name`. */
export const lineColumns = (mine: Within | undefined) => sql`
  e.id, e.at, ${actorName(mine)} as "actor", e.actor_type as "actorType", e.actor_id as "actorId", e.verb,
  e.object_type as "objectType", e.object_id as "objectId", object.name as "objectName",
  e.object_count as "objectCount", e.result, e.reason, e.index`

/** For its name, and only where it has none of today. */
export const smallPayload = sql`
  case when e.object_id is not null and object.name is null and octet_length(e.sealed) <= 8192 then e.sealed end as sealed`
