import type { FastifyInstance } from 'fastify'
import { addressOf, type AnyEndpoint, type CallInput, type OutputOf } from '#platform/contract/endpoint.ts'
import type { ErrorBody } from '#platform/contract/refusal.ts'
import { listDemonstrationAccounts, signIn, verifySecondFactor } from '#contract/identity'

export type Reply = { status: number; headers: Record<string, unknown>; text: string; bytes: Uint8Array }

/** Speaks to a server as the web app does, cookies included, without a browser. */
export type Browserless = {
  /** Any request, as it is. */
  send(
    method: string,
    url: string,
    over?: { headers?: Record<string, string>; body?: unknown; payload?: Buffer | string },
  ): Promise<Reply>
  /** Calls an endpoint; the answer is what it declares. @throws when it is not a success */
  call<E extends AnyEndpoint>(endpoint: E, ...input: CallArguments<E>): Promise<OutputOf<E>>
  /** Calls an endpoint that is expected to refuse. @throws when it succeeds */
  refused<E extends AnyEndpoint>(
    endpoint: E,
    ...input: CallArguments<E>
  ): Promise<ErrorBody['error'] & { status: number }>
  /** Calls an endpoint and gives the answer as it came, success or not. */
  ask(endpoint: AnyEndpoint, input?: AnyInput): Promise<Reply>
  signIn(role: string): Promise<Browserless>
  /** Its cookies, as a Cookie header says them. */
  cookie(): string
}

type CallArguments<E> =
  Record<never, never> extends CallInput<E> ? [input?: CallInput<E>] : [input: CallInput<E>]

export type AnyInput = {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  file?: Blob
}

/**
 * @param ip where it calls from: tries are counted by address
 * @param known cookies it has from before
 */
export function openBrowserless(
  app: FastifyInstance,
  host = 'localhost:3000',
  ip = '127.0.0.1',
  known: Readonly<Record<string, string>> = {},
): Browserless {
  const cookies = new Map<string, string>(Object.entries(known))

  const client: Browserless = {
    cookie: () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),

    async send(method, url, { headers = {}, body, payload } = {}) {
      const response = await app.inject({
        method: method as 'GET', // inject knows every method by name
        url,
        remoteAddress: ip,
        headers: {
          host,
          'sec-fetch-site': 'same-origin',
          'accept-language': 'fr',
          ...(cookies.size > 0 ? { cookie: client.cookie() } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
        ...(payload === undefined ? {} : { payload }),
      })
      for (const { name, value, maxAge } of response.cookies) {
        if (maxAge === 0) cookies.delete(name)
        else cookies.set(name, value)
      }
      return {
        status: response.statusCode,
        headers: response.headers,
        text: response.body,
        bytes: response.rawPayload,
      }
    },

    async ask(endpoint, input = {}) {
      const query = new URLSearchParams()
      for (const [name, value] of Object.entries(input.query ?? {}))
        if (value !== undefined) query.set(name, String(value))
      const url = addressOf(endpoint, input.params) + (query.size > 0 ? `?${query}` : '')
      const { file, body } = input
      if (!file) return client.send(endpoint.method, url, body === undefined ? {} : { body })
      const payload = Buffer.from(await file.arrayBuffer())
      return client.send(endpoint.method, url, { headers: { 'content-type': file.type }, payload })
    },

    async call(endpoint, ...[input]) {
      let reply = await client.ask(endpoint, input as AnyInput | undefined)
      // A machine that is busy says when to come back, and has begun nothing.
      for (let turn = 1; turn <= 10 && isBusy(reply); turn++) {
        await new Promise((resolve) => setTimeout(resolve, 1_000))
        reply = await client.ask(endpoint, input as AnyInput | undefined)
      }
      if (reply.status >= 400)
        throw new Error(`${endpoint.method} ${endpoint.path}: ${reply.status} ${reply.text}`)
      // The contract is checked by the server itself (CHECK_OUTPUT).
      return (reply.text === '' ? undefined : JSON.parse(reply.text)) as never
    },

    async refused(endpoint, ...[input]) {
      const reply = await client.ask(endpoint, input as AnyInput | undefined)
      if (reply.status < 400)
        throw new Error(`${endpoint.method} ${endpoint.path} was not refused: ${reply.status} ${reply.text}`)
      return { status: reply.status, ...(JSON.parse(reply.text) as ErrorBody).error }
    },

    async signIn(role) {
      const { rows } = await client.call(listDemonstrationAccounts)
      const account = rows.find((row) => row.role === role)
      if (!account?.code) throw new Error(`no demonstration account or code for ${role}`)
      await client.call(signIn, { body: { email: account.email, password: account.password } })
      await client.call(verifySecondFactor, { body: { method: 'totp', code: account.code } })
      return client
    },
  }

  return client
}

const isBusy = ({ status, text }: Reply) => status === 503 && text.includes('"code":"unavailable"')
