/**
 * What the request for an erasure binds of it. The entry stays for ever and is signed, the row beside it is neither: so
 * the entry says whose wish it was and, as a digest in its `ticket`, everything the row asks for. The sequencer erases
 * nothing that the entry does not say, and no certificate tells anything else.
 */
import { hash } from 'node:crypto'
import { canonicalJson } from '../canonical-json.ts'
import type { Leaf } from '../leaf.ts'

/** A row of audit_erasures as it was asked for. */
export type Asked = {
  id: string
  kind: string
  before: Date
  objectType?: string | null | undefined
  objectId?: string | null | undefined
  actorId?: string | null | undefined
  reason: string
  /** Null: by the clock. */
  requestedBy: string | null
}

/** What an entry tells of itself, by its columns or by its leaf. */
export type Telling = {
  verb: string
  result: string
  entryObjectType: string
  entryObjectId: string | null | undefined
  entryActorType: string
  entryActorId: string | null | undefined
  entryReason: string | null | undefined
  ticket: string | null | undefined
}

/** The digest that the request's entry bears as its ticket. */
export function bindingOf({ id, kind, before, reason, requestedBy, ...about }: Asked): string {
  const text = (value: string | null | undefined) => value?.toWellFormed() ?? null
  const asked = {
    id,
    kind,
    before: before.toISOString(),
    objectType: text(about.objectType),
    objectId: text(about.objectId),
    actorId: text(about.actorId),
    reason: text(reason),
    requestedBy,
  }
  return `sha256:${hash('sha256', canonicalJson(asked), 'hex')}`
}

/** Whether this entry asks for this erasure, in the name of whom the row says. */
export function asksFor(entry: Telling, asked: Asked): boolean {
  const [type, id] = asked.requestedBy === null ? ['system', 'system'] : ['staff', asked.requestedBy]
  return (
    entry.verb === 'audit_payloads.erasure_requested' &&
    entry.result === 'done' &&
    entry.entryObjectType === 'audit_payloads' &&
    entry.entryObjectId === asked.id &&
    entry.entryActorType === type &&
    entry.entryActorId === id &&
    entry.entryReason === asked.reason &&
    // A limit of -infinity is no instant.
    Number.isFinite(asked.before.valueOf()) &&
    entry.ticket === bindingOf(asked)
  )
}

export const tellingOf = ({ verb, result, object, actor, reason, ticket }: Leaf): Telling => ({
  verb,
  result,
  entryObjectType: object.type,
  entryObjectId: object.id,
  entryActorType: actor.type,
  entryActorId: actor.id,
  entryReason: reason,
  ticket,
})

/** The same in SQL, of `entry`, a row of audit_entries or audit_log; the names are those of `Telling`. */
export const tellingColumns = `entry.verb, entry.result, entry.object_type AS "entryObjectType", entry.object_id AS "entryObjectId",
  entry.actor_type AS "entryActorType", entry.actor_id AS "entryActorId", entry.reason AS "entryReason", entry.ticket`
