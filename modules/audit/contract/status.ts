import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Instant } from '#platform/contract/ids.ts'
import { AuditVerification } from './verification.ts'

/** What may hinder a witness. `contradiction`: what it holds and what our log says cannot both be true, which is an alarm. */
export const witnessTroubles = [
  'unreachable',
  'timed_out',
  'redirected',
  'log_unknown',
  'key_refused',
  'cosignature_wrong',
  'contradiction',
  'refused',
  'failed',
] as const
export type WitnessTroubleCode = (typeof witnessTroubles)[number]

/** Somebody else who keeps our checkpoints, so that nobody of ours can take one back. */
export const AuditWitness = z.object({
  /** Its address without its secrets. */
  name: z.string(),
  kind: z.enum(['folder', 's3', 'http', 'mail']),
  /** The latest checkpoint it holds; null: none yet. */
  last: z
    .object({
      size: z.int(),
      at: Instant,
      /** `— name base64`, of a witness that signs. */
      line: z.string().nullable(),
      /** Where else it is to be found: a file, an object, a mail. */
      keptAt: z.string().nullable(),
    })
    .nullable(),
  /** What hinders it now; null: nothing. */
  trouble: z
    .object({
      code: z.enum(witnessTroubles),
      /** In a few words and without secrets, for those who look into it: a status, an error's name. */
      detail: z.string(),
      since: Instant,
      lastAt: Instant,
      tries: z.int(),
    })
    .nullable(),
})
export type AuditWitness = z.infer<typeof AuditWitness>

/** Business goes on while the sequencer does not; it is said here, and in the metrics, and by nobody's refusal. */
export const auditLagLimitSeconds = 10

export const AuditStatus = z.object({
  /** The log's name and the public key it is signed with; null before the sequencer first ran. */
  origin: z.string().nullable(),
  vkey: z.string().nullable(),
  /** The latest signed tree head. */
  checkpoint: z.object({ size: z.int(), root: z.string(), signedAt: Instant, note: z.string() }).nullable(),
  /** Entries that have their place in the tree. */
  numbered: z.int(),
  /** Entries that wait for theirs. */
  waiting: z.object({ count: z.int(), oldestAt: Instant.nullable(), lagSeconds: z.number() }),
  /** The oldest waits for longer than `auditLagLimitSeconds`: the sequencer does not do its work. */
  late: z.boolean(),
  witnesses: z.array(AuditWitness),
  lastVerification: AuditVerification.nullable(),
})
export type AuditStatus = z.infer<typeof AuditStatus>

export const getAuditStatus = endpoint({
  method: 'GET',
  path: '/audit/status',
  realm: 'staff',
  may: 'audit.read',
  summary: 'How the audit log stands: its last checkpoint, what waits, its witnesses, the last verification',
  output: AuditStatus,
  refreshedBy: ['audit'],
})
