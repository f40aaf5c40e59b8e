import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'

/** Everything before a day; all that names one object; all that one person did. */
export const erasureKinds = ['age', 'object', 'person'] as const
export type ErasureKind = (typeof erasureKinds)[number]

/** By age nothing younger is erased: what one needs to look into what happened lately. */
export const youngestMonths = 6
export const oldestMonths = 120
/** Whatever is asked for, the payloads of the last day stay: nobody wipes away what they did this morning. */
export const keptHours = 24

/** No payload falls under it, or none that may be erased. */
export const nothingToErase = refusal('audit_nothing_to_erase', 422)
/** `details.before` is the latest instant that is old enough. */
export const payloadsTooYoung = refusal('audit_payloads_too_young', 422)
/** One of the same waits to be carried out; `details.id` says which. */
export const erasureUnderWay = refusal('audit_erasure_under_way')
/** Its certificate is written when it has been carried out. */
export const erasureNotDone = refusal('audit_erasure_not_done')
/** Somebody saved the setting meanwhile; `details.current` is theirs. */
export const retentionChanged = refusal('audit_retention_changed')

const scope = {
  kind: z.enum(erasureKinds),
  /** Payloads of entries before this instant: needed by age, else a limit. */
  before: Instant.optional(),
  /** With `kind=object`: what entries call it, `client`, and its id. Entries on several objects are taken whole. */
  objectType: line(40).min(1).optional(),
  objectId: line(200).min(1).optional(),
  /** With `kind=person`: whoever acted. */
  actorId: Id.optional(),
}
type Scope = z.infer<z.ZodObject<typeof scope>>

const named: Record<ErasureKind, (scope: Scope) => boolean> = {
  age: ({ before, objectType, objectId, actorId }) => !!before && !objectType && !objectId && !actorId,
  object: ({ objectType, objectId, actorId }) => !!objectType && !!objectId && !actorId,
  person: ({ objectType, objectId, actorId }) => !!actorId && !objectType && !objectId,
}
const isClear = (given: Scope) => named[given.kind](given)
const unclear = { path: ['kind'], params: { code: 'erasure_scope_unclear' } }

export const ErasureScope = z.strictObject(scope).refine(isClear, unclear)
export type ErasureScope = z.infer<typeof ErasureScope>

/** What would be erased, and what stays. */
export const ErasurePreview = z.object({
  payloads: z.int(),
  /** The instants of the first and the last entry whose payload goes; null where there is none. */
  from: Instant.nullable(),
  to: Instant.nullable(),
  /** Most frequent first. */
  verbs: z.array(z.object({ verb: z.string(), payloads: z.int() })),
  /** Of them, payloads of entries on several objects at once: of the others too they say nothing any more. */
  onSeveral: z.int(),
  stays: z.object({
    /** Payloads that fall under it and are from the last day. */
    recent: z.int(),
    /** Payloads that fall under it and tell of erasures themselves. */
    ofErasures: z.int(),
    /** Entries that fall under it and whose payload was erased before, or which had none. */
    without: z.int(),
  }),
})
export type ErasurePreview = z.infer<typeof ErasurePreview>

export const Erasure = z.object({
  id: Id,
  kind: z.enum(erasureKinds),
  /** Nothing from this instant on was, or will be, erased. */
  before: Instant,
  objectType: z.string().nullable(),
  objectId: z.string().nullable(),
  actorId: Id.nullable(),
  /** What the object or the person is called today, where that is known and one may know it. */
  name: z.string().nullable(),
  reason: z.string(),
  /** Null: asked for by the setting, at night. */
  requestedBy: z.object({ id: Id, name: z.string() }).nullable(),
  requestedAt: Instant,
  /** The entry of the log that tells of it. */
  entryId: Id,
  /** `waiting` until the entry stands in the tree and the payloads are gone: seconds, for millions minutes. */
  state: z.enum(['waiting', 'done']),
  doneAt: Instant.nullable(),
  /** How many payloads are gone. */
  erased: z.int().nullable(),
})
export type Erasure = z.infer<typeof Erasure>

export const listErasures = endpoint({
  method: 'GET',
  path: '/audit/erasures',
  realm: 'staff',
  may: 'audit.read',
  summary: 'Erasures of payloads, newest first',
  input: { query: z.object({ ...pageQuery, state: z.enum(['waiting', 'done']).optional() }) },
  output: pageOf(Erasure).omit({ total: true, totalIsExact: true }),
  refreshedBy: ['audit'],
})

export const previewErasure = endpoint({
  method: 'GET',
  path: '/audit/erasures/preview',
  realm: 'staff',
  may: 'audit.erase',
  summary: 'How many payloads an erasure would take, from when to when, of which verbs, and what stays',
  input: { query: ErasureScope },
  output: ErasurePreview,
  refusals: [payloadsTooYoung],
})

export const requestErasure = endpoint({
  method: 'POST',
  path: '/audit/erasures',
  realm: 'staff',
  may: 'audit.erase',
  records: 'audit_payloads.erasure_requested',
  stepUp: true,
  summary: 'Has payloads erased for ever: before and after, addresses and browsers; the entries stay',
  input: {
    body: z
      .strictObject({
        ...scope,
        /** Stands in the log for ever: it names nobody. */
        reason: line(500).min(1),
      })
      .refine(isClear, unclear),
  },
  output: Erasure,
  status: 202,
  refusals: [nothingToErase, payloadsTooYoung, erasureUnderWay],
  touches: ['audit'],
})

/** A C2SP signed note by the log's own key. */
export const downloadErasureCertificate = endpoint({
  method: 'GET',
  path: '/audit/erasures/:id/certificate',
  realm: 'staff',
  may: 'audit.read',
  summary: 'What was erased, why, when, and the tree it left intact, signed with the key of the log',
  input: { params: z.object({ id: Id }) },
  output: { stream: ['text/plain'] },
  refusals: [erasureNotDone],
})

const PayloadMonths = z.int().min(youngestMonths).max(oldestMonths)

export const Retention = z.object({
  /** Null: payloads are kept until somebody asks for their erasure. */
  payloadMonths: PayloadMonths.nullable(),
  revision: z.int32(),
})
export type Retention = z.infer<typeof Retention>

export const getRetention = endpoint({
  method: 'GET',
  path: '/audit/retention',
  realm: 'staff',
  may: 'audit.erase',
  summary: 'How long payloads are kept before a night erases them',
  output: Retention,
  refreshedBy: ['audit'],
})

export const previewRetention = endpoint({
  method: 'GET',
  path: '/audit/retention/preview',
  realm: 'staff',
  may: 'audit.erase',
  summary: 'What the next night would erase if payloads were kept that many months',
  input: { query: z.object({ payloadMonths: z.coerce.number().pipe(PayloadMonths) }) },
  output: ErasurePreview.extend({ before: Instant }),
})

export const saveRetention = endpoint({
  method: 'PUT',
  path: '/audit/retention',
  realm: 'staff',
  may: 'audit.erase',
  records: 'audit_payloads.retention_changed',
  stepUp: true,
  summary: 'Sets how long payloads are kept; what is older goes the next night',
  input: { body: Retention },
  output: Retention,
  refusals: [retentionChanged],
  touches: ['audit'],
})
