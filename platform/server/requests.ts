import type { AnyEndpoint, OutputOf, ParsedInput } from '#platform/contract/endpoint.ts'
import type { Refusal } from '#platform/contract/refusal.ts'
import type { Readable } from 'node:stream'
import type { Clock } from './clock.ts'
import type { CentralDb } from './db.ts'
import type { Language } from './sentences.ts'
import type { Whisper } from './news.ts'

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
}

/** Within what a permission holds: `{ kind: 'department', values: ['57', '67'] }`. The modules know the kinds. */
export type Limit = { readonly kind: string; readonly values: readonly string[] }

/** What is known of a request besides its input. */
export type RequestFacts = {
  id: string
  ip: string
  userAgent: string
  language: Language
  cookies: Readonly<Record<string, string | undefined>>
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
  /** Why, in the words of who acted: it stays in the log for ever, so it names no patient. */
  reason?: string | undefined
  /** What it was done for, by the name that has elsewhere: a ticket, the digest of a request. */
  ticket?: string | undefined
  /** Who acted, where no session says so yet: signing in. */
  actor?: { staffId: string | null; label: string; sessionId?: string }
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

export type Handler = {
  endpoint: AnyEndpoint
  /** What is done before a write's transaction begins, where no connection is held: hashing, counting, asking elsewhere. */
  before?(context: Before, input: unknown): Promise<unknown>
  run(context: Context, input: unknown, prepared: unknown): Promise<unknown>
}

/** What stands before the transaction: `db` is the pool, each of whose statements commits by itself. */
export type Before = Pick<Context, 'db' | 'clock' | 'request' | 'actor' | 'actorIfAny'>

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
): Handler
export function handle<E extends AnyEndpoint, Prepared>(
  endpoint: E,
  before: (context: Before, input: ParsedInput<E>) => Promise<Prepared>,
  run: (
    context: Context,
    input: ParsedInput<E>,
    prepared: Prepared,
  ) => Promise<OutputOf<E> | RawJson | Stream>,
): Handler
export function handle(endpoint: AnyEndpoint, first: AnyRun, second?: AnyRun): Handler {
  // The platform parses with this endpoint's own schemas before it calls either, and hands on what `before` gave.
  const [before, run] = (second ? [first, second] : [undefined, first]) as [Handler['before'], Handler['run']]
  return { endpoint, run, ...(before && { before }) }
}

type AnyRun = (context: never, input: never, prepared: never) => Promise<unknown>
