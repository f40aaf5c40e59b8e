import { type AuditEntry, getAuditEntry, listAuditEntries } from '#contract/audit'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { type Context, found, handle, type Handler } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import { z } from 'zod'
import { readLeaf } from './leaf.ts'
import { openPayload, type Payload } from './payloads.ts'
import { entriesPage, entryById, type LineRow } from './queries.ts'

/** Entries tell their time to the millisecond; the years are those PostgreSQL can read again. */
const Cursor = z.strictObject({ at: z.iso.datetime({ precision: 3 }).regex(/^(19|20|21)/), id: z.uuid() })

export const reading = ({ vault }: { vault: Vault }): Handler[] => [
  handle(listAuditEntries, async (ctx, { query }) => {
    const rows = await entriesPage(ctx.db, {
      ...readerOf(ctx),
      before: readCursor(Cursor, query.after),
      limit: query.limit + 1,
      verb: query.verb,
      objectType: query.objectType,
      person: query.person,
    })
    const shown = rows.slice(0, query.limit)
    const last = rows.length > shown.length ? shown.at(-1) : undefined
    const { after: _, limit: __, ...filter } = query
    ctx.record({ object: 'audit_log', after: filter })
    return {
      rows: shown.map((row) => asLine(row, payloadOf(vault, row))),
      next: last ? cursorOf({ at: last.at.toISOString(), id: last.id }) : null,
    }
  }),

  handle(getAuditEntry, async (ctx, { params: { id } }) => {
    const row = found(await entryById(ctx.db, id, readerOf(ctx)))
    const payload = payloadOf(vault, row)
    ctx.record({ object: 'audit_entry', id })
    return {
      ...asLine(row, payload),
      onBehalfOf: readLeaf(row.leaf).onBehalfOf ?? null,
      ip: payload?.ip ?? null,
      userAgent: payload?.userAgent ?? null,
      requestId: payload?.requestId ?? null,
      before: asFields(payload?.before),
      after: asFields(payload?.after),
      erased: row.commitment !== null && !payload,
      leaf: row.leaf,
    }
  }),
]

/** The names of clients are for those who may read clients. */
const readerOf = (ctx: Context) => ({ mayReadClients: ctx.actor.permissions.has('clients.read') })

const payloadOf = (vault: Vault, { id, sealed }: { id: string; sealed: Buffer | null }) =>
  sealed ? openPayload(vault, id, sealed).payload : undefined

function asLine(row: LineRow, payload: Payload | undefined): AuditEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actorLabel,
    // What the entries' own check and the leaf's shape allow.
    actorType: row.actorType as AuditEntry['actorType'],
    actorId: row.actorId,
    verb: row.verb,
    objectType: row.objectType,
    objectId: row.objectId,
    objectName: row.objectName ?? nameIn(payload?.after) ?? nameIn(payload?.before),
    objectCount: row.objectCount,
    result: row.result as AuditEntry['result'],
    reason: row.reason,
    index: row.index,
  }
}

/** The name the entry itself tells: of a view or a file, or of a person who is gone since. */
function nameIn(side: unknown): string | null {
  const { name, firstName, lastName } = asFields(side) ?? {}
  if (typeof name === 'string' && name !== '') return name
  return [firstName, lastName].filter((part) => typeof part === 'string' && part !== '').join(' ') || null
}

/** What is no object of fields is told as the only field of one. */
function asFields(written: unknown): Record<string, unknown> | null {
  if (written === null || written === undefined) return null
  const fields = z.record(z.string(), z.unknown()).safeParse(written)
  return fields.success ? fields.data : { value: written }
}
