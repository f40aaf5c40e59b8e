import type { AuditEntry } from '#contract/audit'
import type { Vault } from '#platform/server/vault.ts'
import { z } from 'zod'
import { openPayload, type Payload } from '../payloads.ts'
import type { LineRow } from './line-columns.ts'

/** A row as people read it. @param payload where it was opened anyway */
export function asLine(row: Omit<LineRow, 'sealed'>, payload: Payload | undefined): AuditEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor,
    // What the leaf's shape allows.
    actorType: row.actorType as AuditEntry['actorType'],
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
  sealed ? openPayload(vault, id, sealed).payload : undefined

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
