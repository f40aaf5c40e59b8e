/** Calls an endpoint as its contract declares it. Screens use `useEndpoint`, which builds on this. */
import {
  addressOf,
  type AnyEndpoint,
  type CallInput,
  type OutputOf,
  shownMember,
} from '#platform/contract/endpoint.ts'
import { ApiError, errorOf } from './api-error.ts'
import { preferences } from './preferences.ts'
import { stringifySearch } from './url-state.ts'

/** The parts any call may have, whatever its endpoint. */
export type AnyInput = {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  file?: Blob
}

/** The address a GET asks, for links that download. */
export function hrefOf<E extends AnyEndpoint>(endpoint: E, input?: CallInput<E>): string {
  const { params, query }: AnyInput = input ?? {}
  return addressOf(endpoint, params) + stringifySearch(query ?? {})
}

/** Asks the person for a second factor, in place; false when they would rather not. */
type StepUp = () => Promise<boolean>
let askForStepUp: StepUp | null = null

/** The app says how a step-up is asked for; without one the refusal stands. @returns how to take that back */
export function whenStepUpIsRequired(ask: StepUp): () => void {
  askForStepUp = ask
  return () => {
    if (askForStepUp === ask) askForStepUp = null
  }
}

let shown: { memberId: string; whenElsewhere: () => void } | null = null

/**
 * From now on each call says which member this window shows, and what is meant for their practice reaches no other.
 * @param whenElsewhere another window has gone to another practice. @returns how to take that back
 */
export function sayWhoIsShown(memberId: string, whenElsewhere: () => void): () => void {
  const said = { memberId, whenElsewhere }
  shown = said
  return () => {
    if (shown === said) shown = null
  }
}

/**
 * Where the server asks for a fresh second factor the person is asked, and the same call is made again: whoever called
 * only waits longer. A session whose token was replaced by another request's answer is asked once more too.
 */
export async function call<E extends AnyEndpoint>(
  endpoint: E,
  input?: CallInput<E>,
  signal?: AbortSignal,
): Promise<OutputOf<E>> {
  try {
    return await callOnce(endpoint, input, signal)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.code === 'practice_switched') shown?.whenElsewhere()
    const again =
      error.code === 'step_up_required'
        ? await askForStepUp?.()
        : error.code === 'signed_out' && endpoint.may !== 'anyone' && (await tokenSettled(signal))
    if (!again) throw error
    return callOnce(endpoint, input, signal)
  }
}

/** Requests whose answer has not begun: any of them may bring the session's new token. */
const underWay = new Set<Promise<Response>>()

/** Waits for the answer that brings the new token: one of ours that is under way, or that of another window. */
async function tokenSettled(signal: AbortSignal | undefined): Promise<boolean> {
  const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))
  await Promise.all([pause(150), Promise.race([pause(5_000), Promise.allSettled(underWay)])])
  return !signal?.aborted
}

async function tracked(asked: Promise<Response>): Promise<Response> {
  underWay.add(asked)
  try {
    return await asked
  } finally {
    underWay.delete(asked)
  }
}

async function callOnce<E extends AnyEndpoint>(
  endpoint: E,
  input?: CallInput<E>,
  signal?: AbortSignal,
): Promise<OutputOf<E>> {
  const { body, file }: AnyInput = input ?? {}
  const headers = new Headers({ 'Accept-Language': preferences().language })
  if (endpoint.realm === 'member' && shown) headers.set(shownMember, shown.memberId)
  if (body !== undefined) headers.set('Content-Type', 'application/json')
  if (file) headers.set('Content-Type', file.type || 'application/octet-stream')
  // Whoever of the vendor’s team stands in for a member is followed from page to page: the log names the page.
  if (endpoint.realm === 'member') headers.set('X-Page', location.pathname)

  const given = { ...(body !== undefined && { body: JSON.stringify(body) }), ...(file && { body: file }) }
  const { method } = endpoint
  const asked =
    method === 'GET'
      ? unlessGivenUp(tracked(fetch(hrefOf(endpoint, input), { method, headers })), signal)
      : tracked(fetch(hrefOf(endpoint, input), { method, headers, ...given, ...(signal && { signal }) }))
  const response = await asked.catch((reason: unknown) => {
    if (signal?.aborted) throw reason
    throw new ApiError(0, {})
  })
  if (!response.ok) throw await errorOf(response)
  if ('stream' in endpoint.output) return response as OutputOf<E> // its contract says so
  if (response.status === 204) return undefined as OutputOf<E> // nothing was promised
  return (await response.json()) as OutputOf<E> // the server checks its answers against the contract
}

/**
 * Nobody waits for the answer any more, and yet it must arrive: it may bring the session's new token while the old one
 * is dead already, and a request that is broken off would take the session with it.
 */
function unlessGivenUp(asked: Promise<Response>, signal: AbortSignal | undefined): Promise<Response> {
  if (!signal) return asked
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      reject(signal.reason as Error) // what the browser itself throws
      // What else becomes of it nobody hears.
      asked.then((response) => response.body?.cancel()).catch(() => undefined)
    }
    if (signal.aborted) return giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
    asked.then(resolve, reject)
  })
}
