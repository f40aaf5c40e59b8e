import { z } from 'zod'
import { emailHolds } from '#contract/clients'
import { Day, Id, Instant, line, text } from '#platform/contract/ids.ts'
import { Ground } from './grounds.ts'

/** The rights of the GDPR, articles 15 to 18, 20 and 21. */
export const requestKinds = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection',
] as const
export const RequestKind = z.enum(requestKinds)
export type RequestKind = z.infer<typeof RequestKind>

export const channels = ['email', 'letter', 'telephone', 'in_person'] as const
export const Channel = z.enum(channels)
export type Channel = z.infer<typeof Channel>

/**
 * Where a request stands, derived from its days and the day it is in Paris. The word that matters most:
 * `answered`, else `late`, else `due_soon` (7 days and less), else `extended`, else `open`.
 */
export const requestStates = ['open', 'extended', 'due_soon', 'late', 'answered'] as const
export const RequestState = z.enum(requestStates)
export type RequestState = z.infer<typeof RequestState>

/** How one knows that the person is who they say. Copies of identity papers are looked at, not kept (CNIL). */
export const identityMethods = ['account', 'known_address', 'call_back', 'document', 'in_person'] as const
export const IdentityMethod = z.enum(identityMethods)
export type IdentityMethod = z.infer<typeof IdentityMethod>

export const outcomes = ['granted', 'partly_granted', 'refused', 'withdrawn'] as const
export const Outcome = z.enum(outcomes)
export type Outcome = z.infer<typeof Outcome>

/** Who asks: a client, or somebody who is none. */
export const Person = z.object({
  name: z.string(),
  email: z.string().nullable(),
  /** Null for who is no client, or no longer. */
  client: z.object({ id: Id, name: z.string(), inTrash: z.boolean() }).nullable(),
})

/** A line of the register. */
export const PrivacyRequestRow = z.object({
  id: Id,
  /** What people call it: « demande n° 12 ». */
  number: z.int(),
  kind: RequestKind,
  state: RequestState,
  person: Person,
  channel: Channel,
  receivedOn: Day,
  dueOn: Day,
  /** Whole days from today to the deadline, negative once it is past; of an answered request, from its answer. */
  daysLeft: z.int(),
  isExtended: z.boolean(),
  isIdentityChecked: z.boolean(),
  answeredOn: Day.nullable(),
  outcome: Outcome.nullable(),
})
export type PrivacyRequestRow = z.infer<typeof PrivacyRequestRow>

export const stepKinds = [
  'received',
  'corrected',
  'proof_demanded',
  'identity_checked',
  'extended',
  'note',
  'copy_requested',
  'copy_prepared',
  'tickets_forgotten',
  'proof_added',
  'answered',
  'reopened',
] as const

/** Something that was done about a request. Steps are appended and never change. */
export const Step = z.object({
  id: Id,
  kind: z.enum(stepKinds),
  at: Instant,
  by: z.string(),
  note: z.string().nullable(),
  /** The day that was told with it: of the check, of telling the person, of the answer. */
  on: Day.nullable(),
  method: IdentityMethod.nullable(),
  outcome: Outcome.nullable(),
  ground: Ground.nullable(),
  /** Name of the proof. */
  proof: z.string().nullable(),
  /** Of a correction. */
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })).nullable(),
})
export type Step = z.infer<typeof Step>

export const linkKinds = ['erasure_certificate', 'audit_entry'] as const

/** What shows that something was done: a file that was kept, or a place in the audit log. */
export const Proof = z.object({
  id: Id,
  kind: z.enum(['file', ...linkKinds]),
  name: z.string(),
  addedAt: Instant,
  addedBy: z.string(),
  file: z.object({ mediaType: z.string(), bytes: z.int(), sha256: z.string() }).nullable(),
  /** The certificate or the entry it points at. */
  reference: Id.nullable(),
})
export type Proof = z.infer<typeof Proof>

/** A request whole. */
export const PrivacyRequest = PrivacyRequestRow.extend({
  wording: z.string(),
  /** The deadline of the first month, which an extension must be told within. */
  firstDueOn: Day,
  createdAt: Instant,
  createdBy: z.string(),
  /** Oldest first. */
  steps: z.array(Step),
  proofs: z.array(Proof),
})
export type PrivacyRequest = z.infer<typeof PrivacyRequest>

/** What is written down of a request when it comes. Without `clientId` the person is named here. */
export const RequestFields = z.object({
  kind: RequestKind,
  clientId: Id.nullable(),
  name: line(240),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .nullable()
    .transform((typed) => typed || null)
    .refine((typed) => typed === null || emailHolds(typed), { params: { code: 'email_invalid' } }),
  receivedOn: Day,
  channel: Channel,
  /** In the person's own words, or as they were understood on the telephone. No health data. */
  wording: text(4_000).trim().min(1, { error: 'wording_missing' }),
})
export type RequestFields = z.infer<typeof RequestFields>

/** Those of them that are corrected. */
export const RequestChanges = RequestFields.partial()
export type RequestChanges = z.infer<typeof RequestChanges>
