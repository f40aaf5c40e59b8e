import { createHash } from 'node:crypto'
import { canonicalJson } from '#server/audit'

/**
 * What shows that a tenant is gone: what there was, counted, and when it was removed. It names no person and outlives
 * the client; its digest stands in the audit log, whose tree nobody can change afterwards.
 */
export type Certificate = {
  format: 'magestionpsy.purge-certificate'
  version: 2
  tenant: { id: string; kind: string; openedAt: string }
  askedBy: string | null
  databases: readonly { name: string; cluster: string; is: 'living' | 'beside'; rows: number | null }[]
  databasesDroppedAt: string
  files: { count: number; removedAt: string }
  backups: readonly { id: string; madeAt: string; bytes: number; sha256: string; removedAt: string }[]
  exports: { count: number; removedAt: string }
  /** What was said to support: their words are gone, their numbers and times stay. */
  tickets: { count: number; forgottenAt: string }
  members: { count: number; sessionsEnded: number; leftAt: string }
  /** Of the tenant's key and of the secret its logins' passwords came from: what is left anywhere does not open. */
  keysDestroyedAt: string
  purgedAt: string
}

/** @returns the text whose SHA-256 stands in the log: canonical JSON (RFC 8785) */
export function certify(certificate: Certificate): { text: string; sha256: Buffer } {
  const text = canonicalJson(certificate)
  return { text, sha256: createHash('sha256').update(text).digest() }
}
