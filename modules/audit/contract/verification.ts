import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'

/** Something that is wrong with the log, and where. */
export const AuditFinding = z.object({
  /** What sort of wrong: the key of its words, `audit.finding.<kind>`. */
  kind: z.string(),
  /** The first place in the tree it concerns, where it has one. */
  index: z.int().nullable(),
  /** The entry, where it can still be told which. */
  entry: z.string().nullable(),
  /** What its words are filled with. */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The same in one English sentence, for those who look into it. */
  what: z.string(),
})
export type AuditFinding = z.infer<typeof AuditFinding>

/** One run through the whole log: every hash, signature, entry and payload. */
export const AuditVerification = z.object({
  id: Id,
  startedAt: Instant,
  endedAt: Instant,
  /** Null: by the clock, every night. */
  askedBy: z.object({ id: Id, name: z.string() }).nullable(),
  /** How many entries the checkpoint it went up to has. */
  size: z.int(),
  /** Entries looked at. */
  entries: z.int(),
  payloadsOpened: z.int(),
  payloadsErased: z.int(),
  sound: z.boolean(),
  /** First things first; empty when sound. */
  findings: z.array(AuditFinding),
})
export type AuditVerification = z.infer<typeof AuditVerification>

export const listAuditVerifications = endpoint({
  method: 'GET',
  path: '/audit/verifications',
  realm: 'staff',
  may: 'audit.read',
  summary: 'Verifications of the audit log, the latest first',
  input: { query: z.object(pageQuery) },
  output: pageOf(AuditVerification).omit({ total: true, totalIsExact: true }),
  refreshedBy: ['audit'],
})

export const startAuditVerification = endpoint({
  method: 'POST',
  path: '/audit/verifications',
  realm: 'staff',
  may: 'audit.verify',
  records: 'audit_log.verification_requested',
  stepUp: false,
  summary: 'Verifies the whole audit log: a job with progress, whose result is an AuditVerificationOutcome',
  output: z.object({ jobId: Id }),
  status: 202,
})

/** What the job `audit_verification` answers at its end. */
export const AuditVerificationOutcome = z.object({
  verificationId: Id,
  sound: z.boolean(),
  entries: z.int(),
  findings: z.int(),
})
export type AuditVerificationOutcome = z.infer<typeof AuditVerificationOutcome>
