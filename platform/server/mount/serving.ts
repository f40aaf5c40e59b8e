import type { FastifyReply } from 'fastify'
import type { Actor, MemberActor, RequestFacts } from '../requests.ts'
import type { Asker } from './strangers.ts'

/** One request on its way to its handler. */
export type Served = {
  input: Record<string, unknown>
  asker: Asker | null
  facts: RequestFacts
  reply: FastifyReply
}

export type Serve = (served: Served) => Promise<unknown>

export const memberIn = (asker: Asker | null): MemberActor | null =>
  asker && 'memberId' in asker ? asker : null

export const staffIn = (asker: Asker | null): Actor | null => (asker && 'staffId' in asker ? asker : null)

/** Stands in for a member, and may change nothing. */
export const isToLookOnly = (asker: Asker | null): boolean =>
  memberIn(asker)?.impersonator?.mayWrite === false
