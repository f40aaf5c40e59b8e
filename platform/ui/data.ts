/**
 * The data of every screen: one hook, typed by the contract. A GET gives a TanStack Query result,
 * anything else a mutation that refreshes what it touched.
 */
import {
  keepPreviousData,
  MutationCache,
  QueryCache,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  type UseMutationResult,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query'
import type { AnyEndpoint, CallInput, Endpoint, Method, OutputOf } from '#platform/contract/endpoint.ts'
import { ApiError } from './api-error.ts'
import { type AnyInput, call } from './call.ts'
import { ownTask } from './own-task.ts'

type Read = Endpoint<'GET'>
type Write = Endpoint<Exclude<Method, 'GET'>>

type ReadOptions = {
  /** False while an input is still missing. */
  enabled?: boolean
  /** Shows the former answer while the next one is on its way: for lists whose filters change. */
  keepPrevious?: boolean
  /** Asks again every so many milliseconds: for progress only, screens are refreshed by news. */
  every?: number | false
}

type WriteOptions<E extends AnyEndpoint> = {
  onSuccess?: (output: OutputOf<E>, input: CallInput<E>) => unknown
  onError?: (error: ApiError, input: CallInput<E>) => unknown
  /** Writes of one name leave one after the other: what was said last stands. */
  inTurn?: string
}

/**
 * @example
 * const client = useEndpoint(getClient, { params: { id } })
 * const trash = useEndpoint(trashClient, { onSuccess: () => notify.done({ title }) })
 * trash.mutate({ params: { id } })
 */
export function useEndpoint<E extends Read>(
  endpoint: E,
  input?: CallInput<E>,
  options?: ReadOptions,
): UseQueryResult<OutputOf<E>, ApiError>
export function useEndpoint<E extends Write>(
  endpoint: E,
  options?: WriteOptions<E>,
): UseMutationResult<OutputOf<E>, ApiError, CallInput<E>>
export function useEndpoint(endpoint: AnyEndpoint, first?: object, second?: object) {
  // An endpoint never changes its method: each call site always runs the same hook.
  // oxlint-disable react/rules-of-hooks
  return isRead(endpoint) ? useRead(endpoint, first ?? {}, second ?? {}) : useWrite(endpoint, first ?? {})
  // oxlint-enable react/rules-of-hooks
}

function isRead(endpoint: AnyEndpoint): endpoint is Read {
  return endpoint.method === 'GET'
}

/** What a query is known by: its endpoint and its input. */
export function keyOf(endpoint: AnyEndpoint, input: object = {}): readonly unknown[] {
  return [endpoint.path, endpoint.realm, input]
}

function readOf(endpoint: Read, input: AnyInput, turn = ownTask) {
  return {
    queryKey: keyOf(endpoint, input),
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      await turn()
      return call<AnyEndpoint>(endpoint, input as never, signal) // typed by the overloads
    },
    meta: { topics: endpoint.refreshedBy },
  }
}

/** What a screen will ask, said before its code is there; see `Page.asks`. */
export type Question = { endpoint: Read; input: AnyInput }

/** @example question(getPatient, { params: { id } }) */
export function question<E extends Read>(endpoint: E, input: CallInput<E>): Question {
  return { endpoint, input }
}

/** Has an answer on its way before the screen is there that asks for it. @returns once it has come, or has not */
export function askAhead(queries: QueryClient, { endpoint, input }: Question): Promise<void> {
  return queries.prefetchQuery(readOf(endpoint, input, atOnce))
}

const atOnce = () => Promise.resolve()

/** What was answered already, if anything was. */
export function answerTo<E extends Read>(queries: QueryClient, endpoint: E): OutputOf<E> | undefined {
  return queries.getQueryData(keyOf(endpoint))
}

function useRead(endpoint: Read, input: AnyInput, options: ReadOptions) {
  return useQuery<unknown, ApiError>({
    ...readOf(endpoint, input),
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
    ...(options.keepPrevious && { placeholderData: keepPreviousData }),
  })
}

function useWrite(endpoint: AnyEndpoint, options: WriteOptions<AnyEndpoint>) {
  const queries = useQueryClient()
  return useMutation<unknown, ApiError, AnyInput>({
    mutationFn: (input) => call<AnyEndpoint>(endpoint, input as never), // typed by the overloads
    ...(options.inTurn && { scope: { id: options.inTurn } }),
    onSuccess: async (output, input) => {
      void refresh(queries, endpoint.touches)
      await options.onSuccess?.(output as never, input as never)
    },
    onError: (error, input) => options.onError?.(error, input as never),
  })
}

type PageOf<Row> = { rows: Row[]; total: number; totalIsExact: boolean; next: string | null }
type RowOf<E extends AnyEndpoint> = OutputOf<E> extends { rows: readonly (infer Row)[] } ? Row : never

type PagesOptions = {
  /** False where the question would make no sense. */
  enabled?: boolean
  /** News do not move it: the screen says by itself what came since. */
  still?: boolean
}

/** A list that comes page by page (`pageOf` and `pageQuery` of the contract), for a `DataTable`. */
export function usePages<E extends Read>(endpoint: E, input?: CallInput<E>, options: PagesOptions = {}) {
  const given: AnyInput = input ?? {}
  const result = useInfiniteQuery({
    queryKey: [...keyOf(endpoint, given), 'pages'],
    queryFn: async ({ pageParam, signal }) => {
      await ownTask()
      const asked = { ...given, query: { ...given.query, after: pageParam ?? undefined } }
      // What is asked is the given input with a cursor, and a list answers with a page.
      return call<AnyEndpoint>(endpoint, asked as never, signal) as Promise<PageOf<RowOf<E>>>
    },
    initialPageParam: null as string | null, // the first page has no cursor
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    meta: { topics: options.still ? [] : endpoint.refreshedBy },
    enabled: options.enabled ?? true,
  })
  const first = result.data?.pages[0]
  return {
    rows: result.data?.pages.flatMap((page) => page.rows),
    /** The first page whole, for what a list says beside its rows: the sums of an invoice list. */
    first: first as OutputOf<E> | undefined, // it is what the endpoint answered
    total: first?.total,
    totalIsExact: first?.totalIsExact ?? true,
    error: result.error,
    loading: result.isPending,
    /** Rows of the former filters are shown while those of the new ones are on their way. */
    stale: result.isPlaceholderData,
    retry: () => void result.refetch(),
    more: {
      has: result.hasNextPage,
      loading: result.isFetchingNextPage,
      load: () => void result.fetchNextPage(),
    },
  }
}

/** Asks again for everything that shows one of these topics. */
export function refresh(queries: QueryClient, topics: readonly string[]): Promise<void> {
  if (topics.length === 0) return Promise.resolve()
  return queries.invalidateQueries({
    predicate: ({ meta }) =>
      Array.isArray(meta?.topics) && meta.topics.some((topic) => topics.includes(String(topic))),
  })
}

/** Why the server answers nobody any more: `impersonation_over` is said to whoever stood in for a member. */
export type Ended = 'signed_out' | 'impersonation_over'

/** One per app. `onSignedOut` is told when the server no longer knows the session. */
export function makeQueryClient(onSignedOut: (how: Ended) => void): QueryClient {
  const onError = (error: unknown) => {
    if (!(error instanceof ApiError)) return
    if (error.code === 'signed_out' || error.code === 'impersonation_over') onSignedOut(error.code)
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && mayPass(error),
        // Offline, a question fails at once and says so, rather than wait in silence.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  })
}

/** Only what may succeed by itself a moment later is asked again. */
function mayPass(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 502)
}
