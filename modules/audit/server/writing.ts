import type { Tables } from '#platform/server/db.ts'
import type { Actor, Recorded, RequestFacts } from '#platform/server/requests.ts'
import { insertEntry } from './queries.ts'

type Db = Tables<'auditEntries'>

/** Writes the one line of a request's write, in its transaction: without the line the write does not happen. */
export async function writeDown(
  db: Db,
  {
    verb,
    line,
    actor,
    request,
  }: { verb: string; line: Recorded; actor: Actor | null; request: RequestFacts },
): Promise<void> {
  await insertEntry(db, {
    actorStaffId: line.actor?.staffId ?? actor?.staffId ?? null,
    actorLabel: line.actor?.label ?? actor?.name ?? 'anonymous',
    sessionId: line.actor?.sessionId ?? actor?.sessionId ?? null,
    verb,
    objectType: line.object,
    objectId: line.id ?? null,
    before: line.before,
    after: line.after,
    ip: request.ip,
    userAgent: request.userAgent,
    requestId: request.id,
  })
}

/** Where a request came from: what background work keeps of the request that began it. */
export type Origin = Pick<RequestFacts, 'id' | 'ip' | 'userAgent'>

export const originOf = ({ id, ip, userAgent }: Origin): Origin => ({ id, ip, userAgent })

/** The same for work without a request: a job, or the command line, which name themselves and who they work for. */
export async function writeDownAs(
  db: Db,
  entry: {
    verb: string
    label: string
    staffId?: string | undefined
    object: string
    id?: string
    before?: unknown
    after?: unknown
    /** Of the request that began the work; the command line has none. */
    origin?: Origin | undefined
  },
): Promise<void> {
  await insertEntry(db, {
    actorStaffId: entry.staffId ?? null,
    actorLabel: entry.label,
    sessionId: null,
    verb: entry.verb,
    objectType: entry.object,
    objectId: entry.id ?? null,
    before: entry.before,
    after: entry.after,
    ip: entry.origin?.ip ?? null,
    userAgent: entry.origin?.userAgent ?? null,
    requestId: entry.origin?.id ?? null,
  })
}
