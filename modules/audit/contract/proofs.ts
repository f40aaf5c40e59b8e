/**
 * The log as others check it, laid out as C2SP tlog-tiles says. `/audit/log/…` at the root of the back-office's host leads
 * here too, so that the log's origin is an address where it can be read.
 */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'

/** The sequencer has not reached it yet; a second later it usually has. */
export const entryNotNumbered = refusal('audit_entry_not_numbered', 409)

export const getAuditCheckpoint = endpoint({
  method: 'GET',
  path: '/audit/log/checkpoint',
  realm: 'staff',
  may: 'audit.read',
  records: 'audit_log.fetched',
  summary: 'The signed tree head of the audit log, with the cosignatures of witnesses (C2SP tlog-checkpoint)',
  output: { stream: ['text/plain'] },
})

export const getAuditVerifierKey = endpoint({
  method: 'GET',
  path: '/audit/log/vkey',
  realm: 'staff',
  may: 'audit.read',
  records: 'audit_log.fetched',
  summary: 'The public key the audit log is signed with, as a C2SP verifier key',
  output: { stream: ['text/plain'] },
})

export const getAuditTile = endpoint({
  method: 'GET',
  path: '/audit/log/tile/*',
  realm: 'staff',
  may: 'audit.read',
  records: 'audit_log.fetched',
  summary:
    'A tile of the tree, <L>/<N>[.p/<W>], or a bundle of entries, entries/<N>[.p/<W>] (C2SP tlog-tiles)',
  input: { params: z.object({ '*': z.string() }) },
  output: { stream: ['application/octet-stream'] },
})

/** `journal-<index>.tlog-proof`: verifies offline, with the log's public key and nothing else. */
export const downloadAuditProof = endpoint({
  method: 'GET',
  path: '/audit/entries/:id/proof',
  realm: 'staff',
  may: 'audit.read',
  records: 'audit_entry.proof_downloaded',
  summary: 'The proof that an entry stands in the signed tree, the entry itself included (C2SP tlog-proof)',
  input: { params: z.object({ id: Id }) },
  output: { stream: ['text/plain'] },
  refusals: [entryNotNumbered],
})
