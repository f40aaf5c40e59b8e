import type { FastifyReply, FastifyRequest } from 'fastify'
import { clientAddress } from '../addresses.ts'
import type { Door } from '../hosts.ts'
import type { RequestFacts } from '../requests.ts'
import { languageOf } from '../sentences.ts'

/**
 * What a request's cookies may be: the session, a sign-in under way, the mark of a browser that was here before; and, on
 * the practice host, an impersonation, and this browser's half of the key to one.
 */
const cookieNames = ['session', 'sign_in', 'device', 'impersonation', 'handover'] as const

/**
 * What a cookie is called on the wire. Each door has names of its own: what somebody carries from one to the other is
 * not even read there. `__Host-` binds a cookie to its exact host over TLS; over plain HTTP browsers refuse that prefix.
 */
function cookieName(name: string, door: Door, secure: boolean): string {
  return `${secure ? '__Host-' : ''}mgp_${door === 'practice' ? 'member_' : ''}${name}`
}

export function factsOf(request: FastifyRequest, secureCookies: boolean): RequestFacts {
  const cookies: Record<string, string | undefined> = {}
  for (const name of cookieNames)
    cookies[name] = request.cookies[cookieName(name, request.door, secureCookies)]
  return {
    id: request.id,
    ip: clientAddress(request.ip, request.socket.remoteAddress),
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 400),
    language: languageOf(request.headers['accept-language']),
    cookies,
    page: pageOf(request.headers['x-page']),
    webhook: webhookOf(request.headers),
  }
}

function webhookOf(headers: FastifyRequest['headers']): RequestFacts['webhook'] {
  const [id, timestamp, signature] = ['id', 'timestamp', 'signature'].map(
    (name) => headers[`webhook-${name}`],
  )
  return typeof id === 'string' && typeof timestamp === 'string' && typeof signature === 'string'
    ? { id, timestamp, signature }
    : undefined
}

/** An address within the app, without what was searched for; anything else is none. */
const pageOf = (said: unknown) =>
  typeof said === 'string' && /^\/[\w/.-]{0,200}$/.test(said) ? said : undefined

export function setCookie(
  reply: FastifyReply,
  { name, value, maxAgeSeconds }: { name: string; value: string; maxAgeSeconds: number },
  secureCookies: boolean,
): void {
  void reply.setCookie(cookieName(name, reply.request.door, secureCookies), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: secureCookies,
    maxAge: maxAgeSeconds,
  })
}
