import { uuidv7 } from '#platform/server/ids.ts'
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Whisper } from '#platform/server/news.ts'
import type { Asker } from '#platform/server/mount.ts'
import type { Impersonator, Recorded, RequestFacts } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import { leafOf, type Leaf, type Somebody } from './leaf.ts'
import { sealPayload, type Payload } from './payloads.ts'
import { insertEntry, type EntryRow } from './queries.ts'

/** Where a request came from: what background work keeps of the request that began it. */
export type Origin = Pick<RequestFacts, 'id' | 'ip' | 'userAgent' | 'page'>

export const originOf = ({ id, ip, userAgent, page }: Origin): Origin => ({ id, ip, userAgent, page })

/** An entry as the house says it; id, time and commitment are added here. */
export type NewEntry = Omit<Leaf, 'v' | 'id' | 'time' | 'commitment' | 'object'> & {
  object: { type: string; id?: string | undefined; count?: number | undefined }
  before?: unknown
  after?: unknown
  origin?: { [Fact in keyof Origin]?: Origin[Fact] | undefined } | undefined
}

/** What work without a request says of itself: a job, the command line, the clock. */
export type WorkEntry = {
  verb: string
  /** How the work names itself where no staff member stands behind it: `system`, `mgp clients import`. */
  label: string
  staffId?: string | undefined
  /** Whose practice it is about. */
  tenant?: string | undefined
  object: string
  id?: string | undefined
  count?: number | undefined
  before?: unknown
  after?: unknown
  reason?: string | undefined
  result?: Leaf['result']
  /** Of the request that began the work; the command line has none. */
  origin?: Origin | undefined
}

export type Writing = ReturnType<typeof openWriting>

/** The one way into the log. Each entry is written in the transaction of what it tells: without it nothing happens. */
export function openWriting({ vault, clock }: { vault: Vault; clock: Clock }) {
  /**
   * @param known the entry's id, where what it tells of names it already
   * @param news told in the same statement
   * @returns the entry's id
   */
  async function write(
    db: CentralDb,
    entry: NewEntry,
    known?: string,
    news: readonly Whisper[] = [],
  ): Promise<string> {
    const at = clock.now()
    const id = known ?? uuidv7(at.getTime())
    await insertEntry(db, rowOf(vault, { id, at }, entry), news)
    return id
  }

  return {
    write,

    /** The line of a request: what was done, or what was refused. */
    async writeDown(
      db: CentralDb,
      {
        verb,
        line,
        actor,
        request,
        result = line.result ?? 'done',
        news = [],
      }: {
        verb: string
        line: Recorded
        actor: Asker | null
        request: RequestFacts
        result?: Leaf['result']
        news?: readonly Whisper[]
      },
    ): Promise<void> {
      const entry: NewEntry = {
        ...(line.actor ? namesIn(line.actor) : namesOf(actor)),
        tenant: line.tenant ?? (actor && 'memberId' in actor ? actor.tenantId : undefined),
        verb,
        object: { type: line.object, id: line.id, count: line.count },
        reason: line.reason,
        ticket: line.ticket,
        result,
        before: line.before,
        after: line.after,
        origin: request,
      }
      await write(db, entry, line.entryId, news)
    },

    /** The same for work without a request. */
    async writeDownAs(db: CentralDb, entry: WorkEntry): Promise<void> {
      await write(db, {
        actor: somebody(entry.staffId ?? null, entry.label),
        tenant: entry.tenant,
        verb: entry.verb,
        object: { type: entry.object, id: entry.id, count: entry.count },
        reason: entry.reason,
        result: entry.result ?? 'done',
        before: entry.before,
        after: entry.after,
        origin: entry.origin,
      })
    },
  }
}

/** The leaf, and apart from it the payload it commits to. */
export function rowOf(vault: Vault, { id, at }: { id: string; at: Date }, entry: NewEntry): EntryRow {
  const { before, after, origin, object, ...said } = wellFormed(entry)
  const payload: Payload = {
    before: before ?? undefined,
    after: after ?? undefined,
    ip: origin?.ip,
    userAgent: origin?.userAgent,
    requestId: origin?.id,
    // The app says it always; it is kept of whoever is followed.
    page: entry.impersonation === undefined ? undefined : origin?.page,
  }
  const isEmpty = Object.values(payload).every((value) => value === undefined)
  const sealed = isEmpty ? undefined : sealPayload(vault, id, payload)
  const ids = idsIn(after)
  return {
    id,
    at,
    leaf: leafOf({
      v: 1,
      id,
      time: at.toISOString(),
      ...said,
      object: { type: object.type, id: object.id, count: object.count ?? ids?.length },
      commitment: sealed?.commitment,
    }),
    objectIds: ids ?? null,
    sealed: sealed?.sealed,
    ipIndex: sealed?.ipIndex ?? null,
  }
}

const somebody = (staffId: string | null, label: string): Somebody =>
  staffId === null ? { type: 'system', id: label } : { type: 'staff', id: staffId }

type Names = Pick<NewEntry, 'actor' | 'onBehalfOf' | 'impersonation' | 'session'>

function namesIn(said: NonNullable<Recorded['actor']>): Names {
  if (!('memberId' in said)) return { actor: somebody(said.staffId, said.label), session: said.sessionId }
  return namesOfMember(said.memberId, said.impersonator ?? null, said.sessionId)
}

/** Who acts, and on whose behalf (RFC 8693): whoever stands in for a member is the actor, the member the subject. */
export function namesOf(asker: Asker | null): Names {
  if (!asker) return { actor: { type: 'anonymous', id: 'anonymous' } }
  if (!('memberId' in asker)) return { actor: { type: 'staff', id: asker.staffId }, session: asker.sessionId }
  return namesOfMember(asker.memberId, asker.impersonator, asker.sessionId)
}

function namesOfMember(memberId: string, impersonator: Impersonator | null, session?: string): Names {
  const member: Somebody = { type: 'member', id: memberId }
  if (!impersonator) return { actor: member, session }
  return {
    actor: { type: 'staff', id: impersonator.staffId },
    onBehalfOf: member,
    impersonation: impersonator.id,
    session: impersonator.staffSessionId,
  }
}

/** An action on many objects names them in `after.ids`. */
function idsIn(after: unknown): string[] | undefined {
  if (typeof after !== 'object' || after === null || !('ids' in after) || !Array.isArray(after.ids))
    return undefined
  return after.ids.map(String)
}

/** Half of a surrogate pair is written as U+FFFD, as PostgreSQL's own driver does with every text; NUL, which no jsonb holds, too. */
function wellFormed<T>(value: T): T
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\uFFFD')
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map((one: unknown) => wellFormed(one))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key.toWellFormed(), wellFormed(one)]),
    )
  return value
}
