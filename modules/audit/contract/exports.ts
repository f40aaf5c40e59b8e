import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { AuditFilter } from './filter.ts'

export const auditExportFormats = ['csv', 'json'] as const
export type AuditExportFormat = (typeof auditExportFormats)[number]

export const auditExportJobKind = 'audit_export'

/** A sheet holds about a million lines; a JSON document is to be read again whole by whoever verifies it. */
export const auditExportLimits = { csv: 1_000_000, json: 100_000 } as const

/** How the job ends that was to write more than that. */
export const auditExportTooLarge = refusal('audit_export_too_large', 422)

export const AuditExportOutcome = z.object({
  fileId: Id,
  rows: z.int(),
  format: z.enum(auditExportFormats),
  /** Of the file, in hex. */
  sha256: z.string(),
  /** Entries without a proof, since the sequencer had not numbered them yet. */
  notNumbered: z.int(),
})
export type AuditExportOutcome = z.infer<typeof AuditExportOutcome>

export const startAuditExport = endpoint({
  method: 'POST',
  path: '/audit/exports',
  realm: 'staff',
  may: 'audit.export',
  records: 'audit.export_requested',
  about: 'audit_export',
  stepUp: true,
  summary: 'Writes the entries that match to a file, as CSV or as JSON with proofs: a job with progress',
  input: { body: z.object({ format: z.enum(auditExportFormats), filter: AuditFilter.default({}) }) },
  output: z.object({ jobId: Id }),
  status: 202,
})
