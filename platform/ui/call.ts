/** Calls an endpoint as its contract declares it. Screens use `useEndpoint`, which builds on this. */
import { addressOf, type AnyEndpoint, type CallInput, type OutputOf } from '#platform/contract/endpoint.ts'
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

export async function call<E extends AnyEndpoint>(
  endpoint: E,
  input?: CallInput<E>,
  signal?: AbortSignal,
): Promise<OutputOf<E>> {
  const { body, file }: AnyInput = input ?? {}
  const headers = new Headers({ 'Accept-Language': preferences().language })
  if (body !== undefined) headers.set('Content-Type', 'application/json')
  if (file) headers.set('Content-Type', file.type || 'application/octet-stream')

  const response = await fetch(hrefOf(endpoint, input), {
    method: endpoint.method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(file && { body: file }),
    ...(signal && { signal }),
  }).catch((reason: unknown) => {
    if (signal?.aborted) throw reason
    throw new ApiError(0, {})
  })
  if (!response.ok) throw await errorOf(response)
  if ('stream' in endpoint.output) return response as OutputOf<E> // its contract says so
  if (response.status === 204) return undefined as OutputOf<E> // nothing was promised
  return (await response.json()) as OutputOf<E> // the server checks its answers against the contract
}
