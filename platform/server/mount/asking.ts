import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AnyEndpoint, shownMember } from '#platform/contract/endpoint.ts'
import { Platform } from '../errors.ts'
import type { Door } from '../hosts.ts'
import type { Actor, RequestFacts } from '../requests.ts'
import { setCookie } from './facts.ts'
import { memberIn, staffIn } from './serving.ts'
import type { Asker, Mounting } from './strangers.ts'
import { listens } from './telling.ts'

/** Who stands before that door. A session of the other door was not even read. */
export const whoIs = (
  door: Door,
  facts: RequestFacts,
  on: Mounting,
  how?: { passive: boolean },
): Promise<Asker | null> =>
  door === 'practice' ? on.strangers.whichMember(facts, how) : on.strangers.whoAsks(facts, how)

/**
 * Who asks, where the endpoint wants to know.
 * @throws {Platform} signed_out, practice_switched
 */
export async function askerOf(
  endpoint: AnyEndpoint,
  facts: RequestFacts,
  reply: FastifyReply,
  on: Mounting,
): Promise<Asker | null> {
  if (endpoint.may === 'anyone' && !bringsSession(facts)) return null
  // A screen that listens for news is not used by that: a stream that opens again keeps no idle session alive.
  const asker = await whoIs(reply.request.door, facts, on, { passive: listens(endpoint) })
  if (endpoint.may === 'anyone') return asker
  if (!asker) throw await signedOut(facts, reply, on)
  const actor = staffIn(asker)
  if (actor?.mustRotate) await rotate(actor, facts, reply, on)
  refuseOtherPractice(endpoint, asker, reply.request)
  return asker
}

const bringsSession = ({ cookies }: RequestFacts) =>
  cookies['session'] !== undefined || cookies['impersonation'] !== undefined

/** Whose access ended in the middle of their work is told of which practice. */
async function signedOut(facts: RequestFacts, reply: FastifyReply, on: Mounting): Promise<Platform> {
  if (facts.cookies['impersonation'] !== undefined) return new Platform('impersonation_over')
  const asks = reply.request.door === 'practice' && facts.cookies['session'] !== undefined
  const practice = asks ? await on.strangers.practiceLost?.(facts) : null
  return new Platform('signed_out', practice ? { to: 'former_member', values: { practice } } : {})
}

async function rotate(actor: Actor, facts: RequestFacts, reply: FastifyReply, on: Mounting): Promise<void> {
  const fresh = await on.strangers.rotate(actor, facts)
  // Another request of the same browser was first: its answer brings the cookie, and the app asks once more.
  if (!fresh) throw new Platform('signed_out')
  const { token: value, maxAgeSeconds } = fresh
  setCookie(reply, { name: 'session', value, maxAgeSeconds }, on.secureCookies)
  // What the handler sees is the living token: a step-up replaces it once more.
  Object.assign(facts.cookies, { session: value })
}

/**
 * A browser has one session, and maybe several windows: one of them may still show the practice another has left. What
 * is read or written there would be of the other practice, so whoever says whom a window shows is held to it.
 * @throws {Platform} practice_switched
 */
function refuseOtherPractice(endpoint: AnyEndpoint, asker: Asker, request: FastifyRequest): void {
  const member = memberIn(asker)
  const shown = request.headers[shownMember]
  // Who is there, and where they may go, is asked from every window.
  if (!member || shown === undefined || endpoint.may === 'signed_in') return
  if (shown !== member.memberId) throw new Platform('practice_switched')
}

/** How long a second factor counts as fresh (a step-up). */
export const stepUpMinutes = 5

export function isFresh(asker: Asker | null, now: Date): boolean {
  const steppedUpAt = asker?.steppedUpAt
  return steppedUpAt instanceof Date && now.getTime() - steppedUpAt.getTime() < stepUpMinutes * 60_000
}
