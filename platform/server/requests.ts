import type { AnyEndpoint, OutputOf, ParsedInput } from '#platform/contract/endpoint.ts'
import type { Refusal } from '#platform/contract/refusal.ts'
import type { Readable } from 'node:stream'
import type { Clock } from './clock.ts'
import type { CentralDb } from './db.ts'
import type { Language } from './sentences.ts'
import type { Whisper } from './news.ts'
import type { TenantDb } from './tenant-db.ts'

/** A staff member with a full session. */
export type Actor = {
  staffId: string
  sessionId: string
  name: string
  roles: readonly string[]
  permissions: ReadonlySet<string>
  /** Permissions that hold only within limits, any of which suffices; one that is not listed holds everywhere. */
  limits: ReadonlyMap<string, readonly Limit[]>
  /** When a second factor was last shown: what endpoints that ask for a step-up go by. */
  steppedUpAt: Date
  /** Rights changed since the token was given: this request's answer brings a new one. */
  mustRotate: boolean
  /** The impersonation its owner is away for: until its end the session does next to nothing. */
  asleepFor: string | null
}

/** Whoever of the team stands in for a member: the actor, where the member is the subject (RFC 8693). */
export type Impersonator = {
  /** The impersonation's. */
  id: string
  staffId: string
  /** Of their own, which sleeps meanwhile. */
  staffSessionId: string
  name: string
  reason: string
  /** The ticket, or whatever else it is about. */
  reference: string
  /** Without it the database is read within read-only transactions. */
  mayWrite: boolean
  /** The member let them read their notes, this once. */
  notesOpen: boolean
  endsAt: Date
}

/** A practice's member with a session. The practice comes from the session alone: no address and no input names one. */
export type MemberActor = {
  memberId: string
  accountId: string
  sessionId: string
  tenantId: string
  profile: MemberProfile
  /** Of the practice's database: the one they are served in. */
  role: MemberProfile
  name: string
  permissions: ReadonlySet<string>
  language: Language
  /** When password and second factor were last shown in this session; null: not since it was taken over from another practice. */
  steppedUpAt: Date | null
  /** Null: it is themself. */
  impersonator: Impersonator | null
}

export type MemberProfile = 'practitioner' | 'secretary'

/** Within what a permission holds: `{ kind: 'department', values: ['57', '67'] }`. The modules know the kinds. */
export type Limit = { readonly kind: string; readonly values: readonly string[] }

/** What is known of a request besides its input. */
export type RequestFacts = {
  id: string
  ip: string
  userAgent: string
  language: Language
  cookies: Readonly<Record<string, string | undefined>>
  /** The page the app asks from, as it says: `/patients/0190…`. What whoever stands in for a member saw is told by it. */
  page?: string | undefined
  /** How another machine signed its call (standardwebhooks.com); whether it holds is the handler's to check. */
  webhook?: { id: string; timestamp: string; signature: string } | undefined
}

/** One line of the audit log, as a handler says it; verb, actor, address and time are added around it. */
export type Recorded = {
  /** The entry's id, where what is written beside it names its entry: `uuidv7(ctx.clock.now().getTime())`. */
  entryId?: string | undefined
  object: string
  id?: string | undefined
  /** Of an action on many objects: how many, where `after.ids` does not name them. */
  count?: number | undefined
  before?: unknown
  after?: unknown
  /** The request was answered, and what it was for did not come about, or nobody knows yet. */
  result?: 'done' | 'refused' | 'failed' | 'intended' | undefined
  /** Why, in the words of who acted: it stays in the log for ever, so it names no patient. */
  reason?: string | undefined
  /** What it was done for, by the name that has elsewhere: a ticket, the digest of a request. */
  ticket?: string | undefined
  /** Whose practice it is about; of what a member does it is their own, by itself. */
  tenant?: string | undefined
  /** Who acted, where no session says so yet: signing in. */
  actor?:
    | { staffId: string | null; label: string; sessionId?: string }
    | { memberId: string; sessionId?: string; impersonator?: Impersonator }
}

/** What a handler stands on. In a write `db` is already the transaction; a read has none. */
export type Context = {
  db: CentralDb
  clock: Clock
  request: RequestFacts
  /** The staff member asking; reading it on a public endpoint throws. */
  actor: Actor
  /** The signed-in staff member, or null: for public endpoints that answer both. */
  actorIfAny: Actor | null
  /** The practice's member asking; reading it where nobody has signed in as one throws. */
  member: MemberActor
  /** The signed-in member, or null: for members' endpoints that anybody may ask. */
  memberIfAny: MemberActor | null
  record(line: Recorded): void
  /** News beyond the topics the endpoint touches. */
  tell(whisper: Whisper): Promise<void>
  setCookie(name: string, value: string, options: { maxAgeSeconds: number }): void
  /** Runs after the commit, before the answer; never when the transaction failed. */
  afterCommit(work: () => void): void
}

/** JSON that PostgreSQL already wrote; sent as it is (decision 6). */
export class RawJson {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** A file or an event stream as an answer; bytes that are there already tell their length by themselves. */
export class Stream {
  readonly body: Readable | Buffer
  readonly headers: Record<string, string>
  constructor(body: Readable | Buffer, headers: Record<string, string>) {
    this.body = body
    this.headers = headers
  }
}

/** A declared refusal on its way out: the transaction is rolled back, the person reads a sentence. */
export class Refused extends Error {
  readonly refusal: Refusal
  readonly details: unknown
  readonly values: Record<string, string | number>
  constructor(refusal: Refusal, about: { details?: unknown; values?: Record<string, string | number> } = {}) {
    super(refusal.code)
    this.refusal = refusal
    this.details = about.details
    this.values = about.values ?? {}
  }
}

/**
 * Makes a refusal to throw.
 * @param about `details` travel as data (the version that won, say); `values` fill the sentence
 * @example throw refuse(clientChanged, { details: { current } })
 */
export function refuse(
  refusal: Refusal,
  about?: { details?: unknown; values?: Record<string, string | number> },
): Refused {
  return new Refused(refusal, about)
}

/** Not there, or not yours to see: the same answer for both. */
export class NotFound extends Error {}

/** The row, or 404. */
export function found<T>(row: T | undefined | null): T {
  if (row === undefined || row === null) throw new NotFound()
  return row
}

/** An input that passed its shape and is wrong all the same: answered like a shape error, with the field named. */
export class WrongField extends Error {
  readonly place: 'params' | 'query' | 'body'
  readonly path: string
  readonly code: string
  readonly values: Record<string, string | number>
  constructor(
    place: 'params' | 'query' | 'body',
    path: string,
    code: string,
    values: Record<string, string | number> = {},
  ) {
    super(code)
    this.place = place
    this.path = path
    this.code = code
    this.values = values
  }
}

/** Too many tries: 429 with the seconds to wait. */
export class TooMany extends Error {
  readonly seconds: number
  constructor(seconds: number) {
    super('too_many_requests')
    this.seconds = seconds
  }
}

export type Handler = CentralHandler | TenantHandler

/** Acts in the central database: all of staff's endpoints, and members' signing in. */
export type CentralHandler = {
  endpoint: AnyEndpoint
  /** What is done before a write's transaction begins, where no connection is held: hashing, counting, asking elsewhere. */
  before?(context: Before, input: unknown): Promise<unknown>
  run(context: Context, input: unknown, prepared: unknown): Promise<unknown>
}

/** Acts in the database of the member's own practice, in the role they have there. */
export type TenantHandler = {
  endpoint: AnyEndpoint
  /** What a write is about to do, and to what: the central log says so before it happens (decision 9). */
  intends?(context: BeforeInTenant, input: unknown): Promise<Intended> | Intended
  runInTenant(context: TenantContext, input: unknown, intended: Intended): Promise<unknown>
}

/** What stands before the transaction: `db` is the pool, each of whose statements commits by itself. */
export type Before = Pick<
  Context,
  'db' | 'clock' | 'request' | 'actor' | 'actorIfAny' | 'member' | 'memberIfAny'
>

/** What a handler stands on in a practice's database. In a write `db` is already its transaction; a read has none. */
export type TenantContext = {
  /** The practice's own database. There is no way from here to another's. */
  db: TenantDb
  clock: Clock
  request: RequestFacts
  member: MemberActor
  /** Of a write: what stood before and after; object and id are those that were intended. Of a read that is looked at: all of it. */
  record(line: Pick<Recorded, 'before' | 'after'> & Partial<Pick<Recorded, 'object' | 'id' | 'count'>>): void
  /** Runs after the commit, before the answer; never when the transaction failed. */
  afterCommit(work: () => void): void
}

/** What stands before the intent is written: no connection to the practice's database is held. */
export type BeforeInTenant = Pick<TenantContext, 'clock' | 'request' | 'member'>

/**
 * What a write in a practice's database is about to do. Unless told, the object is what the endpoint is `about` (or its
 * verb's first word) and the id is the `:id` of its address. What is about to be made has its id already.
 */
export type Intended = Pick<Recorded, 'id' | 'reason' | 'ticket'> & {
  object?: string
  /** Takes back what was put down for it outside the database, when nothing came of it. */
  takeBack?(): Promise<void>
}

/**
 * Ties an endpoint to the function that serves it.
 *
 * @param before what a write does before its transaction; `run` receives what it gave
 * @example
 * export const handlers = [handle(getClient, (ctx, { params }) => clientById(ctx.db, params.id).then(found))]
 */
export function handle<E extends AnyEndpoint>(
  endpoint: E,
  run: (context: Context, input: ParsedInput<E>) => Promise<OutputOf<E> | RawJson | Stream>,
): CentralHandler
export function handle<E extends AnyEndpoint, Prepared>(
  endpoint: E,
  before: (context: Before, input: ParsedInput<E>) => Promise<Prepared>,
  run: (
    context: Context,
    input: ParsedInput<E>,
    prepared: Prepared,
  ) => Promise<OutputOf<E> | RawJson | Stream>,
): CentralHandler
export function handle(endpoint: AnyEndpoint, first: AnyRun, second?: AnyRun): CentralHandler {
  // The platform parses with this endpoint's own schemas before it calls either, and hands on what `before` gave.
  const [before, run] = (second ? [first, second] : [undefined, first]) as [
    CentralHandler['before'],
    CentralHandler['run'],
  ]
  return { endpoint, run, ...(before && { before }) }
}

/**
 * Ties a member's endpoint to the function that serves it in the database of the member's own practice.
 *
 * @param intends what a write is about to do, where its address does not say; `run` receives it
 * @example
 * export const handlers = [
 *   handleInTenant(getPractice, (ctx) => practiceOf(ctx.db)),
 *   handleInTenant(
 *     addFile,
 *     (ctx) => ({ id: uuidv7(ctx.clock.now().getTime()) }),
 *     async (ctx, { body }, { id }) => {
 *       const file = await insertFile(ctx.db, { id, ...body })
 *       ctx.record({ after: file })
 *       return file
 *     },
 *   ),
 * ]
 */
export function handleInTenant<E extends AnyEndpoint>(
  endpoint: E,
  run: (context: TenantContext, input: ParsedInput<E>) => Promise<OutputOf<E> | RawJson | Stream>,
): TenantHandler
export function handleInTenant<E extends AnyEndpoint, I extends Intended>(
  endpoint: E,
  intends: (context: BeforeInTenant, input: ParsedInput<E>) => Promise<I> | I,
  run: (
    context: TenantContext,
    input: ParsedInput<E>,
    intended: I,
  ) => Promise<OutputOf<E> | RawJson | Stream>,
): TenantHandler
export function handleInTenant(endpoint: AnyEndpoint, first: AnyRun, second?: AnyRun): TenantHandler {
  // As above: parsed with this endpoint's schemas, and handed what `intends` gave.
  const [intends, runInTenant] = (second ? [first, second] : [undefined, first]) as [
    TenantHandler['intends'],
    TenantHandler['runInTenant'],
  ]
  return { endpoint, runInTenant, ...(intends && { intends }) }
}

type AnyRun = (context: never, input: never, prepared: never) => unknown
