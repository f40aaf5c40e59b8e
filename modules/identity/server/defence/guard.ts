import type { Factor } from '#contract/identity'
import type pg from 'pg'
import { centralDb, type CentralDb } from '#platform/server/db.ts'
import { tell, type NewsDesk } from '#platform/server/news.ts'
import type { Context, RequestFacts } from '#platform/server/requests.ts'
import { knownDevice } from '../devices/knowing.ts'
import type { Parts } from '../parts.ts'
import { asWritten, bucketsOf } from './addresses.ts'
import { openAlerts } from './alerts.ts'
import { openBlocks } from './blocks.ts'
import { Full, openCounters, type Key } from './counters.ts'
import { writeEntry } from './entering.ts'
import { writeRefusedEntry } from './refusing.ts'
import { attackLasts, delayAfter, window } from './limits.ts'
import { guardOfMembers, type MemberGuard } from './member-guard.ts'
import { insertEntry, insertFailure, isNetworkKnown, type FailureKind } from './queries.ts'
import { delayOf, everybody, pairOf, type Try } from './tries.ts'

/** Stands before everything that can be guessed. Tries are counted before they are made, outside any transaction. */
export type Guard = {
  /** @returns who asks: a browser the person signed in from before, or a stranger's. @throws {TooMany} with the seconds to wait */
  beforePassword(request: RequestFacts, email: string): Promise<'known' | 'stranger'>
  /** The second step of signing in and a step-up alike: one count for both. @throws {TooMany} */
  beforeFactor(request: RequestFacts, staffId: string): Promise<void>
  /** A passkey alone names nobody before it is checked: only the address counts. @throws {TooMany} */
  beforePasskey(request: RequestFacts): Promise<void>
  /** Asking for mails. @throws {TooMany} */
  beforeMail(request: RequestFacts, email: string): Promise<void>
  /** A password that was right: its try is given back. What let nobody in yet forgives nothing else. */
  passed(request: RequestFacts): void
  /**
   * A check that failed; kept whatever becomes of the request, as an event and as an entry of the audit log. Never throws.
   * @param what `signedIn`: by the person themself in their session, whose refusal the log is told of anyway
   */
  failed(
    request: RequestFacts,
    what: { kind: FailureKind; staffId: string | null; factor?: Factor; signedIn?: boolean },
  ): Promise<void>
  /**
   * Somebody is in: within the transaction that opens the session. Knows the device again or makes it known (cookie),
   * tells the person when the sign-in is unusual, and forgets the tries once all is committed.
   * @returns the device's id
   */
  entered(ctx: Context, who: { staffId: string; email: string; factor: Factor }): Promise<string | null>
  /** The same for a step-up. */
  steppedUp(ctx: Context, who: { staffId: string; factor: Factor }): Promise<void>
  /** Whether all strangers wait: everything together is being tried. */
  isUnderAttack(): Promise<boolean>
  /** Lets a network try again that was blocked. */
  lift(network: string): Promise<void>
  /** The practices' door: what is tried there counts for the same addresses, and for everybody. */
  members: MemberGuard
}

/** Told to every process when a network may try again. */
const liftedTopic = 'address_block_lifted'

export function openGuard(
  on: Pick<Parts, 'db' | 'audit' | 'clock' | 'vault' | 'mail' | 'log' | 'backofficeUrl'> & {
    counters: pg.Pool
    desk: NewsDesk
  },
): Guard {
  const { db, audit, clock, vault, log } = on
  const counters = openCounters(on.counters, log)
  // What is written beside the request's transaction goes by the counters' connections too.
  const aside = centralDb(on.counters)
  const blocks = openBlocks({ db: aside, counters, clock, log })
  const alert = openAlerts({ ...on, counters })
  const tries = new WeakMap<RequestFacts, Try>()
  on.desk.subscribe((whisper) => {
    if (whisper === null || whisper.topic === liftedTopic) counters.forgetClosed()
  })

  /** Never the e-mail address itself, nor a hash of it that others could compute. */
  const accountKey = (email: string) =>
    vault.mac(Buffer.from(email.toLowerCase()), 'tries of an account').toString('base64url').slice(0, 22)

  const quietly = (work: Promise<unknown>) =>
    work.catch((error: unknown) => log.warn({ err: error }, 'a try could not be written down'))

  async function byDevice(request: RequestFacts, whose: Parameters<typeof knownDevice>[2]): Promise<boolean> {
    const known = await knownDevice(db, request, whose)
    if (!known) return false
    const device = ['device', `${known.staffId}:${known.id}`] as const
    const giveBack = await counters.hold([device])
    tries.set(request, { ...bucketsOf(request.ip), device, account: null, giveBack })
    return true
  }

  /**
   * A stranger's try counts for the address it comes from, and for the account it is about.
   * @throws {Full} while one of these waits, the /48 around the address, or everybody
   */
  async function byAddress(request: RequestFacts, account: Key | null): Promise<Try> {
    const buckets = bucketsOf(request.ip)
    const { bucket, site } = buckets
    const held: Key[] = [['address', bucket], ...(account ? [account] : [])]
    const open: Key[] = [
      ...(site === null ? [] : [['site', site] as const]),
      ...(account?.[0] === 'account' ? [delayOf(account, bucket)] : []),
    ]
    const giveBack = await counters
      .hold(held, [...open, everybody])
      .catch(async (refusal: unknown) => {
        // All strangers wait, but not where somebody signed in from before.
        if (refusal instanceof Full && refusal.key[0] === 'everybody' && (await isNetworkKnown(db, bucket)))
          return counters.hold(held, open)
        throw refusal
      })
      .catch((refusal: unknown) => {
        if (refusal instanceof Full && (refusal.key[0] === 'address' || refusal.key[0] === 'site'))
          blocks.countRefused(refusal.key[1])
        throw refusal
      })
    const tried = { ...buckets, device: null, account, giveBack }
    tries.set(request, tried)
    return tried
  }

  /** A stranger asks for a mail: it counts for the address they ask from, and for the account. */
  async function spendOnMail(request: RequestFacts, account: string): Promise<void> {
    const { bucket, site, giveBack } = await byAddress(request, null)
    tries.delete(request)
    giveBack()
    await counters.spend(['mail-address', bucket])
    if (site !== null) await counters.spend(['mail-site', site])
    await counters.spend(['mail-account', account])
  }

  async function countFailure({ device, account, bucket, site, giveBack }: Try): Promise<void> {
    if (device) {
      if ((await counters.add(device)).isLast) await counters.close(device, window)
      return giveBack()
    }
    const pair = account?.[0] === 'account' ? pairOf(account, bucket) : null
    const [ofAddress, ofAccount, ofPair, ofSite, ofAll] = await Promise.all([
      counters.add(['address', bucket]),
      account && counters.add(account),
      pair && counters.add(pair),
      site !== null && counters.add(['site', site]),
      counters.add(everybody),
    ])
    giveBack()
    if (account && pair && ofPair?.isLast)
      await counters.close(delayOf(account, bucket), delayAfter(ofPair.count))
    if (account && ofAccount?.isLast) await counters.close(account, window)
    if (ofAddress.isLast) await tellOfBlock(bucket, await blocks.blockAddress(bucket))
    else if (site !== null && ofSite && ofSite.isLast) await tellOfBlock(site, await blocks.blockSite(site))
    if (ofAll.isLast && (await counters.wait(everybody)) === 0) {
      await counters.close(everybody, attackLasts)
      await tell(aside, { topic: 'security', needs: 'security.read' })
      void quietly(alert('under_attack'))
    }
  }

  async function tellOfBlock(network: string, made: { isFirstOfHour: boolean } | null): Promise<void> {
    if (!made) return
    await tell(aside, { topic: 'security', needs: 'security.read' })
    // Not waited for: it needs a connection that requests hold.
    if (made.isFirstOfHour) void quietly(alert('blocks', { network: asWritten(network) }))
  }

  return {
    async beforePassword(request, email) {
      if (await byDevice(request, { email })) return 'known'
      await byAddress(request, ['account', accountKey(email)])
      return 'stranger'
    },

    async beforeFactor(request, staffId) {
      if (!(await byDevice(request, { staffId }))) await byAddress(request, ['factor', staffId])
    },

    async beforePasskey(request) {
      if (!(await byDevice(request, null))) await byAddress(request, null)
    },

    async beforeMail(request, email) {
      const device = await knownDevice(db, request, { email })
      if (device) return counters.spend(['mail-account', `${device.staffId}:${device.id}`])
      await spendOnMail(request, accountKey(email))
    },

    passed(request) {
      tries.get(request)?.giveBack()
      tries.delete(request)
    },

    async failed(request, { kind, staffId, factor = null, signedIn = false }) {
      const tried = tries.get(request)
      tries.delete(request)
      const { ip, userAgent } = request
      const { bucket: network } = bucketsOf(ip)
      const event = { at: clock.now(), kind, staffId, factor, ip, network, userAgent }
      // Written before it is counted: whether a /48 fails from many networks is asked of what is written.
      const written = aside.transaction().execute(async (transaction: CentralDb) => {
        await insertFailure(transaction, event)
        if (!signedIn) await writeRefusedEntry(audit, transaction, event, request)
      })
      await quietly(written)
      if (tried) await quietly(countFailure(tried).finally(tried.giveBack))
    },

    async entered(ctx, who) {
      const tried = tries.get(ctx.request)
      const deviceId = await writeEntry(ctx, on, who)
      ctx.afterCommit(() => void quietly(forgive(tried, who)))
      return deviceId
    },

    async steppedUp(ctx, { staffId, factor }) {
      const tried = tries.get(ctx.request)
      const { ip, userAgent } = ctx.request
      const { bucket: network } = bucketsOf(ip)
      await insertEntry(ctx.db, {
        at: ctx.clock.now(),
        kind: 'stepped_up',
        staffId,
        factor,
        ip,
        network,
        userAgent,
      })
      ctx.afterCommit(() => void quietly(forgive(tried, { staffId })))
    },

    isUnderAttack: async () => (await counters.wait(everybody)) > 0,

    async lift(network) {
      await counters.forget(['address', network], ['site', network])
      await tell(aside, { topic: liftedTopic })
    },

    members: guardOfMembers({
      ...on,
      aside,
      counters,
      tries,
      accountKey,
      byAddress,
      spendOnMail,
      countFailure,
      quietly,
    }),
  }

  /** Who is in is the right person: their earlier failures from here are forgotten. Strangers' counts elsewhere stay. */
  async function forgive(tried: Try | undefined, who: { staffId: string; email?: string }): Promise<void> {
    if (!tried) return
    tried.giveBack()
    if (tried.device) return counters.forget(tried.device)
    const account = who.email === undefined ? null : (['account', accountKey(who.email)] as const)
    await counters.forget(
      ['factor', who.staffId],
      ...(account ? [account, pairOf(account, tried.bucket), delayOf(account, tried.bucket)] : []),
    )
  }
}
