import type { ZodType, infer as Infer, input as In } from 'zod'
import type { Refusal } from './refusal.ts'

/** Who stands before the door: nobody in particular, the vendor's team, or a practice's member. */
export type Realm = 'public' | 'staff' | 'member'
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** `anyone`: public endpoints only. `signed_in`: any full session, for what concerns oneself alone. */
export type May = `${string}.${string}` | 'anyone' | 'signed_in'

export type InputShape = { params?: ZodType; query?: ZodType; body?: ZodType; file?: FileInput }

/** The body is a file's bytes (`application/octet-stream` or one of `mediaTypes`), streamed to disk before the handler runs. */
export type FileInput = { maxBytes: number; mediaTypes: readonly string[] }

/** Instead of JSON, the answer is a file's bytes of one of these media types, or a stream of server-sent events. */
export type StreamOutput = { stream: readonly string[] }

export type Endpoint<
  M extends Method = Method,
  Input extends InputShape = InputShape,
  Output extends ZodType | StreamOutput = ZodType | StreamOutput,
  Refusals extends readonly Refusal[] = readonly Refusal[],
> = {
  method: M
  /** Below the realm's prefix, with `:name` for parameters, and at its end perhaps `*` for all that follows: `/clients/:id`. */
  path: `/${string}`
  realm: Realm
  may: May
  /** One English sentence for the API documentation. */
  summary: string
  /**
   * A write names the audit verb it leaves, in the past tense: `client.updated`. Every method but GET must. A read that
   * names one shows what is sensitive: who looked at what is written down before it is shown.
   */
  records?: string
  /** What the log calls whatever `:id` names, where that is not the verb's first word: `staff_member`. */
  about?: string
  /** Whether it needs a second factor younger than five minutes. A write says so either way; a read may leave it out. */
  stepUp: boolean
  /**
   * Of a member's: what it answers to whoever of the team stands in for them. `refused` is what nobody does in another's
   * name: credentials, factors, addresses, exports, payments, deletion, rights. What asks for a step-up is refused by itself.
   * `own` is their own doing: leaving.
   */
  impersonated: 'as_member' | 'refused' | 'own'
  /** Of staff's: answers too while the session sleeps, its owner being somebody else elsewhere. */
  whileAsleep: boolean
  input: Input
  output: Output
  refusals: Refusals
  /** Status of success; 200 unless told. */
  status: 200 | 201 | 202 | 204
  /** Topics after whose news a screen showing this answer asks again. */
  refreshedBy: readonly string[]
  /** Topics this write has news for. */
  touches: readonly string[]
}

type Declared<
  M extends Method,
  Input extends InputShape,
  Output extends ZodType | StreamOutput,
  Refusals extends readonly Refusal[],
> = Pick<Endpoint<M, Input, Output, Refusals>, 'method' | 'path' | 'realm' | 'may' | 'summary' | 'output'> &
  Partial<
    Pick<
      Endpoint<M, Input, Output, Refusals>,
      'about' | 'impersonated' | 'whileAsleep' | 'input' | 'refusals' | 'status' | 'refreshedBy' | 'touches'
    >
  > &
  (M extends 'GET' ? { records?: string; stepUp?: boolean } : { records: string; stepUp: boolean })

/**
 * Declares an endpoint: plain data, from which the server's route, the web apps' typed calls, the OpenAPI document,
 * the permission matrix and the walls are derived.
 *
 * @example
 * export const restoreClient = endpoint({
 *   method: 'DELETE', path: '/clients/:id/trashing', realm: 'staff', may: 'clients.trash', records: 'client.restored', stepUp: false,
 *   summary: 'Takes a client out of the trash',
 *   input: { params: z.object({ id: Id }) }, output: Client, touches: ['clients'],
 * })
 */
export function endpoint<
  const M extends Method,
  Output extends ZodType | StreamOutput,
  const Input extends InputShape = Record<never, never>,
  const Refusals extends readonly Refusal[] = readonly [],
>(declared: Declared<M, Input, Output, Refusals>): Endpoint<M, Input, Output, Refusals> {
  return {
    stepUp: false,
    impersonated: 'as_member',
    whileAsleep: false,
    status: 200,
    refreshedBy: [],
    touches: [],
    // Absent means empty, which is what the defaults of Input and Refusals say.
    input: {} as Input,
    refusals: [] as unknown as Refusals,
    ...declared,
  }
}

/** An endpoint of any kind. */
export type AnyEndpoint = Endpoint

type Part<Input extends InputShape, K extends 'params' | 'query' | 'body'> = Input[K] extends ZodType
  ? Input[K]
  : never

/** What the caller passes: `{ params, query, body }`, each where declared (before parsing). */
export type CallInput<E> =
  E extends Endpoint<Method, infer Input, infer _O, infer _R>
    ? {
        [K in keyof Input & ('params' | 'query' | 'body') as Input[K] extends ZodType ? K : never]: In<
          Part<Input, K>
        >
      } & (Input['file'] extends FileInput ? { file: UploadBody } : unknown)
    : never

/** What the handler receives: the same, parsed. */
export type ParsedInput<E> =
  E extends Endpoint<Method, infer Input, infer _O, infer _R>
    ? {
        [K in keyof Input & ('params' | 'query' | 'body') as Input[K] extends ZodType ? K : never]: Infer<
          Part<Input, K>
        >
      } & (Input['file'] extends FileInput ? { file: ReceivedFile } : unknown)
    : never

/** An uploaded file, whole on disk; removed when the request ends unless the handler moved it. */
export type ReceivedFile = { path: string; bytes: number; sha256: string; mediaType: string }

/** A `Blob` or `File`, told by its shape since contracts know neither the DOM nor Node. */
export type UploadBody = { readonly size: number; readonly type: string }

/** What the caller receives; a stream is fetched by its address instead. */
export type OutputOf<E> =
  E extends Endpoint<Method, infer _I, infer Output, infer _R>
    ? Output extends ZodType
      ? Infer<Output>
      : never
    : never

/** The header by which a window of the practice app says which member it shows: its session may have gone elsewhere. */
export const shownMember = 'x-shown-member'

/** The prefix of a realm's endpoints: `/api/v1`, or `/api/v1/practice` for members. */
export function prefixOf(realm: Realm): string {
  return realm === 'member' ? '/api/v1/practice' : '/api/v1'
}

/** `/api/v1/clients/:id` -> `/api/v1/clients/0190…`, `*` keeps its slashes; a missing parameter throws. */
export function addressOf(
  called: Pick<Endpoint, 'realm' | 'path'>,
  params: Record<string, unknown> = {},
): string {
  return (
    prefixOf(called.realm) +
    called.path.replaceAll(/:(\w+)|\*/g, (place, name: string = place) => {
      if (params[name] === undefined) throw new Error(`${called.path} was called without ${name}`)
      const value = encodeURIComponent(String(params[name]))
      return place === '*' ? value.replaceAll('%2F', '/') : value
    })
  )
}
