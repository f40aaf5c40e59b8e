import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { ZodObject, type ZodType } from 'zod'
import { prefixOf, type AnyEndpoint, type ReceivedFile } from '#platform/contract/endpoint.ts'
import type { FieldProblem } from '#platform/contract/refusal.ts'
import { clientAddress } from './addresses.ts'
import type { CentralDb } from './db.ts'
import { Platform, fieldProblems } from './errors.ts'
import type { Clock } from './clock.ts'
import { refuseForeignOrigin } from './hosts.ts'
import { tell, type Whisper } from './news.ts'
import {
  RawJson,
  Refused,
  Stream,
  type Actor,
  type CentralHandler,
  type Context,
  type Handler,
  type MemberActor,
  type Recorded,
  type RequestFacts,
} from './requests.ts'
import { languageOf, zodWords, type Sentences } from './sentences.ts'
import type { TenantDatabases, TenantDb } from './tenant-db.ts'
import { receiveFile } from './uploads.ts'

/** The platform's strangers, handed over by the app: who asks, and how an audit line is written. */
export type Strangers = {
  /** @param how passive: a page that only listens, which is no use of the session */
  whoAsks(request: RequestFacts, how?: { passive: boolean }): Promise<Actor | null>
  /** Gives the session another token, the old one dies; null when somebody else did so meanwhile. */
  rotate(actor: Actor, request: RequestFacts): Promise<{ token: string; maxAgeSeconds: number } | null>
  /** Whose session a members' cookie is: null for nobody's. Throws Platform('tenant_suspended') where the practice is. */
  whichMember(request: RequestFacts, how?: { passive: boolean }): Promise<MemberActor | null>
  /** Intent, change and outcome of a member's write in their practice's database (decision 9). */
  perform<Result>(
    intent: { verb: string; line: Recorded; actor: MemberActor; request: RequestFacts; news: readonly Whisper[] },
    work: (db: TenantDb) => Promise<{ before?: unknown; after?: unknown; result: Result }>,
  ): Promise<Result>
  /** What was done, and the news of it for other screens, told as one: it is the last question of every write. */
  writeDown(db: CentralDb, entry: Told & { news: readonly Whisper[] }): Promise<void>
  /** Somebody looked at what is sensitive; the same look again within a while leaves no second line. */
  writeDownLook(db: CentralDb, entry: Told & { actor: Asker }): Promise<void>
  /** Somebody was refused: by a missing permission, or by a rule of the trade. */
  writeDownRefusal(db: CentralDb, entry: Told & { actor: Asker; code: string }): Promise<void>
}

/** What a line of the audit log is made of. */
export type Told = { verb: string; line: Recorded; actor: Asker | null; request: RequestFacts }

/** Whoever stands before one of the two doors. */
export type Asker = Actor | MemberActor

export type Mounting = {
  db: CentralDb
  /** The practices' databases, for members' endpoints. */
  tenants: Pick<TenantDatabases, 'reading'>
  clock: Clock
  strangers: Strangers
  sentences: Sentences
  /** Which permission hears of a topic; `signed_in`: only whoever makes the change does, it concerns nobody else. */
  topics: Readonly<Record<string, string>>
  checkOutput: boolean
  secureCookies: boolean
  uploadFolder: string
}

/** Puts one endpoint on Fastify: parse, who asks, may they, the one transaction, the handler, the audit line, commit, answer. */
export function mount(app: FastifyInstance, handler: Handler, on: Mounting): void {
  const { endpoint } = handler
  const writes = endpoint.method !== 'GET'
  const schemas = {
    params: strict(endpoint.input.params),
    query: strict(endpoint.input.query),
    body: strict(endpoint.input.body),
  }
  // A screen that listens for news is not used by that: a stream that opens again keeps no idle session alive.
  const listens = 'stream' in endpoint.output && endpoint.output.stream.includes('text/event-stream')
  const perTopic = endpoint.touches.map((topic) => ({
    topic,
    needs: on.topics[topic] ?? unknownTopic(topic),
  }))

  app.route({
    method: endpoint.method,
    url: prefixOf(endpoint.realm) + endpoint.path,
    config: { endpoint },
    handler: async (request, reply) => {
      const facts = factsOf(request)
      if (writes) refuseForeignOrigin(request)
      const actor =
        endpoint.may === 'anyone' && facts.cookies['session'] === undefined
          ? null
          : await on.strangers.whoAsks(facts, { passive: listens })
      if (endpoint.may !== 'anyone') {
        if (!actor) throw new Platform('signed_out')
        if (actor.mustRotate) await rotate(actor, facts, reply)
        if (endpoint.may !== 'signed_in' && !actor.permissions.has(endpoint.may))
          return refused(
            new Platform('forbidden', { details: { permission: endpoint.may } }),
            // Nothing was parsed yet, and what names nothing is nobody's.
            schemas.params?.safeParse(request.params).data,
            actor,
            facts,
          )
      }
      const input = await parse(request, facts, endpoint, schemas, on)
      try {
        // After the input was read: who must show a factor first is not asked for nothing.
        if (endpoint.stepUp && !isFresh(actor?.steppedUpAt, on.clock.now()))
          throw new Platform('step_up_required')
        const answer = await (writes ? write : read)(input, actor, facts, reply).catch((error: unknown) =>
          refused(error, input['params'], actor, facts),
        )
        return await send(reply, answer)
      } finally {
        if ('file' in input) await rm((input.file as ReceivedFile).path, { force: true })
      }
    },
  })

  /** A read that names a verb leaves a line before its answer goes out: who cannot be written down sees nothing. */
  async function read(
    input: unknown,
    actor: Actor | null,
    facts: RequestFacts,
    reply: FastifyReply,
  ): Promise<unknown> {
    const lines: Recorded[] = []
    const answer = await handler.run(context(on.db, actor, facts, reply, lines), input, undefined)
    if (endpoint.records === undefined) return answer
    const [line] = lines
    if (!line || lines.length > 1 || !actor)
      throw new Error(
        `${endpoint.method} ${endpoint.path} recorded ${lines.length} audit lines instead of one`,
      )
    await on.strangers
      .writeDownLook(on.db, { verb: endpoint.records, line, actor, request: facts })
      .catch((error: unknown) => {
        if (answer instanceof Stream && !Buffer.isBuffer(answer.body)) answer.body.destroy()
        throw error
      })
    return answer
  }

  /** Throws the error on, after the log was told of it where it is a refusal. Nothing happened, so nothing waits for it. */
  async function refused(
    error: unknown,
    params: unknown,
    actor: Actor | null,
    facts: RequestFacts,
  ): Promise<never> {
    const forbidden = error instanceof Platform && error.code === 'forbidden'
    if (actor && (forbidden || (writes && error instanceof Refused))) {
      const id = (params as { id?: unknown } | undefined)?.id
      const object = endpoint.about ?? endpoint.records?.split('.')[0] ?? ''
      const code = forbidden ? 'forbidden' : (error as Refused).refusal.code
      const line: Recorded = endpoint.records
        ? { object, id: typeof id === 'string' ? id : undefined }
        : { object: 'endpoint', id: `${endpoint.method} ${endpoint.path}` }
      line.after = { refusal: code, ...(forbidden && { permission: endpoint.may }) }
      const verb = endpoint.records ?? 'endpoint.refused'
      await on.strangers.writeDownRefusal(on.db, { verb, line, actor, request: facts, code })
    }
    throw error
  }

  async function write(
    input: unknown,
    actor: Actor | null,
    facts: RequestFacts,
    reply: FastifyReply,
  ): Promise<unknown> {
    const prepared = await handler.before?.(context(on.db, actor, facts, reply), input)
    // That may have taken a while: whose session ended meanwhile does nothing with it any more.
    if (handler.before && endpoint.may !== 'anyone' && !(await on.strangers.whoAsks(facts)))
      throw new Platform('signed_out')
    const afterwards: (() => void)[] = []
    const answer = await on.db.transaction().execute(async (db) => {
      const lines: Recorded[] = []
      const answered = await handler.run(context(db, actor, facts, reply, lines, afterwards), input, prepared)
      const [line] = lines
      // A write without its line in the log is a bug, and so is one with two: neither commits.
      if (!line || lines.length > 1)
        throw new Error(
          `${endpoint.method} ${endpoint.path} recorded ${lines.length} audit lines instead of one`,
        )
      const about = line.id ? { id: line.id } : {}
      const news = perTopic.map(({ topic, needs }) => ({
        topic,
        ...about,
        ...(needs === 'signed_in' ? { only: actor?.staffId ?? '' } : { needs }),
      }))
      await on.strangers.writeDown(db, { verb: endpoint.records ?? '', line, actor, request: facts, news })
      return answered
    })
    for (const work of afterwards) work()
    return answer
  }

  async function rotate(actor: Actor, facts: RequestFacts, reply: FastifyReply): Promise<void> {
    const fresh = await on.strangers.rotate(actor, facts)
    // Another request of the same browser was first: its answer brings the cookie, and the app asks once more.
    if (!fresh) throw new Platform('signed_out')
    setCookie(reply, 'session', fresh.token, fresh.maxAgeSeconds)
    // What the handler sees is the living token: a step-up replaces it once more.
    Object.assign(facts.cookies, { session: fresh.token })
  }

  function setCookie(reply: FastifyReply, name: string, value: string, maxAgeSeconds: number): void {
    void reply.setCookie(cookieName(name, on.secureCookies), value, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: on.secureCookies,
      maxAge: maxAgeSeconds,
    })
  }

  function context(
    db: CentralDb,
    actor: Actor | null,
    request: RequestFacts,
    reply: FastifyReply,
    lines: Recorded[] = [],
    afterwards: (() => void)[] = [],
  ): Context {
    return {
      db,
      clock: on.clock,
      request,
      actorIfAny: actor,
      get actor() {
        if (!actor) throw new Error(`${endpoint.path} is public and has no actor`)
        return actor
      },
      record: (line) => void lines.push(line),
      tell: (whisper) => tell(db, whisper),
      afterCommit: (work) => void afterwards.push(work),
      setCookie: (name, value, { maxAgeSeconds }) => {
        const set = () => setCookie(reply, name, value, maxAgeSeconds)
        // A browser is not signed out, nor in, by what was rolled back.
        if (writes) afterwards.push(set)
        else set()
      },
    }
  }

  async function send(reply: FastifyReply, answer: unknown): Promise<FastifyReply> {
    reply.status(endpoint.status).header('cache-control', 'no-store')
    if (answer instanceof Stream) return reply.headers(answer.headers).send(answer.body)
    if (endpoint.status === 204) return reply.send()
    const json = answer instanceof RawJson ? answer.text : JSON.stringify(answer)
    if (on.checkOutput && 'parse' in endpoint.output) {
      const checked = endpoint.output.safeParse(JSON.parse(json))
      if (!checked.success)
        throw new Error(
          `${endpoint.method} ${endpoint.path} answered against its contract: ${checked.error.message}`,
        )
    }
    return reply.type('application/json; charset=utf-8').send(json)
  }

  function factsOf(request: FastifyRequest): RequestFacts {
    const cookies: Record<string, string | undefined> = {}
    for (const name of cookieNames) cookies[name] = request.cookies[cookieName(name, on.secureCookies)]
    return {
      id: request.id,
      ip: clientAddress(request.ip, request.socket.remoteAddress),
      userAgent: (request.headers['user-agent'] ?? '').slice(0, 400),
      language: languageOf(request.headers['accept-language']),
      cookies,
    }
  }
}

/** What a request's cookies may be: the session, a sign-in under way, and the mark of a browser that was here before. */
const cookieNames = ['session', 'sign_in', 'device'] as const

/** How long a second factor counts as fresh (a step-up). */
export const stepUpMinutes = 5

function isFresh(steppedUpAt: Date | undefined, now: Date): boolean {
  return steppedUpAt !== undefined && now.getTime() - steppedUpAt.getTime() < stepUpMinutes * 60_000
}

/** `__Host-` binds a cookie to its exact host over TLS; over plain HTTP browsers refuse that prefix. */
export function cookieName(name: string, secure: boolean): string {
  return secure ? `__Host-mgp_${name}` : `mgp_${name}`
}

function unknownTopic(topic: string): never {
  throw new Error(`no module declares the topic ${topic}`)
}

/** What an input does not know, it refuses: a mistyped filter must not quietly show everything. */
function strict(schema: ZodType | undefined): ZodType | undefined {
  return schema instanceof ZodObject ? schema.strict() : schema
}

async function parse(
  request: FastifyRequest,
  facts: RequestFacts,
  endpoint: AnyEndpoint,
  schemas: { params: ZodType | undefined; query: ZodType | undefined; body: ZodType | undefined },
  on: Mounting,
): Promise<Record<string, unknown>> {
  const input: Record<string, unknown> = {}
  const problems: FieldProblem[] = []
  const check = (place: 'params' | 'query' | 'body', value: unknown) => {
    const schema = schemas[place]
    if (!schema) {
      if (typeof value !== 'object' || value === null)
        problems.push({
          in: place,
          path: '',
          code: 'unreadable',
          message: on.sentences.say(facts.language, 'fields.unreadable'),
        })
      const stray = place === 'params' ? [] : Object.keys(value ?? {})
      problems.push(
        ...stray.map((path) => ({
          in: place,
          path,
          code: 'unknown',
          message: on.sentences.say(facts.language, 'fields.unknown'),
        })),
      )
      return
    }
    const parsed = schema.safeParse(value, { error: zodWords[facts.language] })
    if (parsed.success) input[place] = parsed.data
    else problems.push(...fieldProblems(place, parsed.error.issues, facts.language, on.sentences))
  }
  check('params', request.params)
  check('query', request.query)
  if (!endpoint.input.file) check('body', request.body ?? {})
  // An address that cannot name anything is not found, whatever else is wrong.
  if (problems.some((problem) => problem.in === 'params')) throw new Platform('not_found')
  if (problems.length > 0) throw new Platform('input_invalid', { fields: problems })
  if (endpoint.input.file) {
    const mediaType = (request.headers['content-type'] ?? '').split(';')[0]!.trim() // split gives at least one part
    if (!endpoint.input.file.mediaTypes.includes(mediaType)) throw new Platform('media_type_unsupported')
    input['file'] = await receiveFile(
      request.body as Readable,
      mediaType,
      endpoint.input.file,
      on.uploadFolder,
    ) // the parser for files hands the stream on
  }
  return input
}
