import type { ProofOf } from '#server/audit'
import type { Asks } from '#server/identity'
import type { Schedule } from '#platform/server/jobs.ts'
import type { Handler, MemberActor } from '#platform/server/requests.ts'
import { asking } from './asking.ts'
import { breakingGlass } from './breaking-glass.ts'
import { closing } from './closing.ts'
import { entering } from './entering.ts'
import { keys } from './keys.ts'
import { ofPractice } from './of-practice.ts'
import { overseeing } from './overseeing.ts'
import type { Parts } from './parts.ts'
import { impersonationReader } from './reading.ts'
import { watching } from './watching.ts'

export function impersonation(parts: Parts & { proofOf: ProofOf }): {
  /** Whoever stands in for a member, by their cookie `impersonation`. */
  whichImpersonated: Asks<MemberActor>
  watching: ReturnType<typeof watching>
  handlers: readonly Handler[]
  schedules: readonly Schedule[]
} {
  return {
    whichImpersonated: impersonationReader(parts),
    watching: watching(parts),
    handlers: [
      ...asking(parts),
      ...breakingGlass(parts),
      keys(parts),
      ...entering(parts),
      ...overseeing(parts),
      ...ofPractice(parts),
    ],
    schedules: [closing(parts)],
  }
}
