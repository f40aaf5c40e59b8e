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
  steppedUpAt: Date
}

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
  object: string
  id?: string | undefined
  before?: unknown
  after?: unknown
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

/** A file or an event stream as an answer. */
export class Stream {
  readonly body: Readable
  readonly headers: Record<string, string>
  constructor(body: Readable, headers: Record<string, string>) {
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
  run(context: Context, input: unknown): Promise<unknown>
}

/**
 * Ties an endpoint to the function that serves it.
 *
 * @example
 * export const handlers = [handle(getClient, (ctx, { params }) => clientById(ctx.db, params.id).then(found))]
 */
export function handle<E extends AnyEndpoint>(
  endpoint: E,
  run: (context: Context, input: ParsedInput<E>) => Promise<OutputOf<E> | RawJson | Stream>,
): Handler {
  // The platform parses with this endpoint's own schemas before it calls run.
  return { endpoint, run: (context, input) => run(context, input as ParsedInput<E>) }
}
