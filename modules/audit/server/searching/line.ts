import { actorTypes, type AuditEntry } from '#contract/audit'
import type { Vault } from '#platform/server/vault.ts'
import { z } from 'zod'
import { tryPayload, type Payload } from '../payloads.ts'
import type { LineRow } from './line-columns.ts'

/** A row as people read it. @param payload where it was opened anyway */
export function asLine(row: Omit<LineRow, 'sealed'>, payload: Payload | undefined): AuditEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor,
    // The database lets no other in; one that stood there all the same would hide a page of the log.
    actorType: actorTypes.find((type) => type === row.actorType) ?? 'anonymous',
    actorId: row.actorId,
    verb: row.verb,
    objectType: row.objectType,
    objectId: row.objectId,
    objectName: row.objectName ?? nameIn(payload?.after) ?? nameIn(payload?.before),
    objectCount: row.objectCount,
    result: row.result,
    reason: row.reason,
    index: row.index,
  }
}

export const payloadOf = (vault: Vault, { id, sealed }: { id: string; sealed: Buffer | null }) =>
  tryPayload(vault, { id, sealed }).payload

/** The name the entry itself tells: of a view or a file, or of a person who is gone since. */
function nameIn(side: unknown): string | null {
  const { name, firstName, lastName } = asFields(side) ?? {}
  if (typeof name === 'string' && name !== '') return name
  return [firstName, lastName].filter((part) => typeof part === 'string' && part !== '').join(' ') || null
}

/** What is no object of fields is told as the only field of one. */
export function asFields(written: unknown): Record<string, unknown> | null {
  if (written === null || written === undefined) return null
  const fields = z.record(z.string(), z.unknown()).safeParse(written)
  return fields.success ? fields.data : { value: written }
}
