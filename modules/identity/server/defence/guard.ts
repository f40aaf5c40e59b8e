import type { Factor } from '#contract/identity'
import type { Context, RequestFacts } from '#platform/server/requests.ts'
import type { Attempts } from '../attempts.ts'

/** Stands before everything that can be guessed. Tries are counted before they are made, outside any transaction. */
export type Guard = {
  /** @throws {TooMany} with the seconds to wait */
  beforePassword(request: RequestFacts, email: string): Promise<void>
  /** The second step of signing in and a step-up alike: one count for both. @throws {TooMany} */
  beforeFactor(request: RequestFacts, staffId: string): Promise<void>
  /** A passkey alone names nobody before it is checked: only the address counts. @throws {TooMany} */
  beforePasskey(request: RequestFacts): Promise<void>
  /** Asking for mails. @throws {TooMany} */
  beforeMail(request: RequestFacts, email: string): Promise<void>
  /** A check that failed; kept whatever becomes of the request. */
  failed(
    request: RequestFacts,
    what: {
      kind: 'password_wrong' | 'factor_wrong' | 'account_unknown' | 'account_suspended'
      staffId: string | null
      factor?: Factor
    },
  ): Promise<void>
  /**
   * Somebody is in: within the transaction that opens the session. Knows the device again or makes it known (cookie),
   * tells the person when the sign-in is unusual, and forgets the tries once all is committed.
   * @returns the device's id
   */
  entered(ctx: Context, who: { staffId: string; email: string; factor: Factor }): Promise<string | null>
  /** The same for a step-up. */
  steppedUp(ctx: Context, who: { staffId: string; factor: Factor }): Promise<void>
}

export function openGuard(attempts: Attempts): Guard {
  return {
    beforePassword: (request, email) => attempts.password(email, request.ip),
    beforeFactor: (_request, staffId) => attempts.code(staffId),
    beforePasskey: async () => {},
    beforeMail: (request, email) => attempts.password(email, request.ip),
    failed: async () => {},
    async entered(ctx, { staffId, email }) {
      ctx.afterCommit(() => {
        void attempts.forget({ email })
        void attempts.forget({ staffId })
      })
      return null
    },
    async steppedUp(ctx, { staffId }) {
      ctx.afterCommit(() => void attempts.forget({ staffId }))
    },
  }
}
