/** The guard before the practices' door: the same counts as at the staff's, with accounts and browsers of its own. */
import type { Audit } from '#server/audit'
import type { CentralDb } from '#platform/server/db.ts'
import type { Context, RequestFacts } from '#platform/server/requests.ts'
import { knownMemberDevice, makeMemberDeviceKnown } from '../members/devices.ts'
import type { Turn } from '../passwords/turns.ts'
import { bucketsOf } from './addresses.ts'
import type { Counters, Key } from './counters.ts'
import { delayOf, pairOf, type Try } from './tries.ts'

export type MemberFailure =
  | 'factor_wrong'
  | 'password_wrong'
  | 'account_unknown'
  | 'no_practice'
  | 'practice_suspended'

export type MemberGuard = {
  /** @returns who asks: a browser the person signed in from before, or a stranger's. @throws {TooMany} with the seconds to wait */
  beforePassword(request: RequestFacts, email: string): Promise<Turn>
  /** Asking for mails. @throws {TooMany} */
  beforeMail(request: RequestFacts, email: string): Promise<void>
  /** Showing a second factor. @throws {TooMany} */
  beforeFactor(request: RequestFacts, who: { accountId: string; email: string }): Promise<void>
  /** Showing a passkey that will say whose it is. @throws {TooMany} */
  beforePasskey(request: RequestFacts): Promise<void>
  /** A practice has somebody written to: few mails to one address, not many from one practice. @throws {TooMany} */
  beforeInvitation(by: { tenantId: string }, email: string): Promise<void>
  /** A password that was right: its try is given back. */
  passed(request: RequestFacts): void
  /**
   * Somebody was not let in; kept whatever becomes of the request, as an entry of the audit log. Never throws.
   * @param what `practice_suspended`: the password was right, and nothing is counted; `signedIn`: a session's own refusal
   * is in the log already
   */
  failed(
    request: RequestFacts,
    what: { kind: MemberFailure; accountId: string | null; signedIn?: boolean },
  ): Promise<void>
  /** A factor was right and taken: its earlier failures are forgotten once all is committed. */
  factorAccepted(ctx: Context, who: { accountId: string; email: string }): void
  /** Somebody is in, within the transaction of their session: makes the browser known, and forgets the tries once all is committed. */
  entered(ctx: Context, who: { accountId: string; email: string }): Promise<void>
}

/** What both doors share. */
type Kernel = {
  db: CentralDb
  /** What is written beside the request's transaction goes by connections of its own. */
  aside: CentralDb
  audit: Pick<Audit, 'write'>
  counters: Counters
  tries: WeakMap<RequestFacts, Try>
  accountKey(email: string): string
  byAddress(request: RequestFacts, account: Key | null): Promise<Try>
  spendOnMail(request: RequestFacts, account: string): Promise<void>
  countFailure(tried: Try): Promise<void>
  quietly(work: Promise<unknown>): Promise<unknown>
}

export function guardOfMembers(kernel: Kernel): MemberGuard {
  const { db, aside, audit, counters, tries, quietly } = kernel
  /** Somebody of the team who works in a practice too has two accounts of one address. */
  const keyOf = (email: string) => kernel.accountKey(`member ${email}`)
  const factorKey = (accountId: string) => ['factor', `member ${accountId}`] as const
  const passed = (request: RequestFacts) => tries.get(request)?.giveBack()

  async function byDevice(request: RequestFacts, email: string | null): Promise<boolean> {
    const known = await knownMemberDevice(db, request, email)
    if (!known) return false
    const device = ['device', `member ${known.accountId}:${known.id}`] as const
    const giveBack = await counters.hold([device])
    tries.set(request, { ...bucketsOf(request.ip), device, account: null, giveBack })
    return true
  }

  return {
    passed,

    async beforePassword(request, email) {
      if (await byDevice(request, email)) return 'known'
      await kernel.byAddress(request, ['account', keyOf(email)])
      return 'stranger'
    },

    async beforeFactor(request, { accountId, email }) {
      if (!(await byDevice(request, email))) await kernel.byAddress(request, factorKey(accountId))
    },

    async beforePasskey(request) {
      if (!(await byDevice(request, null))) await kernel.byAddress(request, null)
    },

    async beforeInvitation({ tenantId }, email) {
      await counters.spend(['mail-address', `practice ${tenantId}`])
      // Apart from what people ask for themselves: whoever invites uses up nobody's own mails.
      await counters.spend(['mail-account', `invited ${kernel.accountKey(email)}`])
    },

    async beforeMail(request, email) {
      const known = await knownMemberDevice(db, request, email)
      if (known) return counters.spend(['mail-account', `member ${known.accountId}:${known.id}`])
      await kernel.spendOnMail(request, keyOf(email))
    },

    async failed(request, { kind, accountId, signedIn = false }) {
      const tried = tries.get(request)
      const counts = kind !== 'practice_suspended'
      if (!counts) passed(request)
      tries.delete(request)
      const written =
        signedIn ||
        aside.transaction().execute((transaction: CentralDb) =>
          audit.write(transaction, {
            verb: 'member.sign_in_refused',
            actor: { type: 'anonymous', id: 'anonymous' },
            object: { type: 'member_account', id: accountId ?? undefined },
            result: 'refused',
            after: { kind },
            origin: request,
          }),
        )
      if (written !== true) await quietly(written)
      if (tried && counts) await quietly(kernel.countFailure(tried).finally(tried.giveBack))
    },

    factorAccepted(ctx, { accountId }) {
      const tried = tries.get(ctx.request)
      ctx.afterCommit(() => {
        tried?.giveBack()
        void quietly(counters.forget(tried?.device ?? factorKey(accountId)))
      })
    },

    async entered(ctx, { accountId, email }) {
      const device = tries.get(ctx.request)?.device
      await makeMemberDeviceKnown(ctx, accountId)
      ctx.afterCommit(() => void quietly(forgive(ctx.request, email, device)))
    },
  }

  /** Who is in is the right person: their earlier failures from here are forgotten. Strangers' counts elsewhere stay. */
  async function forgive({ ip }: RequestFacts, email: string, device: Key | null | undefined): Promise<void> {
    if (device) return counters.forget(device)
    const account = ['account', keyOf(email)] as const
    const { bucket } = bucketsOf(ip)
    await counters.forget(account, pairOf(account, bucket), delayOf(account, bucket))
  }
}
