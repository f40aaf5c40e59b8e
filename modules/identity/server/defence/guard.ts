import type { Factor } from '#contract/identity'
import type pg from 'pg'
import type { Clock } from '#platform/server/clock.ts'
import { centralDb } from '#platform/server/db.ts'
import { tell, type NewsDesk } from '#platform/server/news.ts'
import { TooMany, type Context, type RequestFacts } from '#platform/server/requests.ts'
import { knownDevice } from '../devices/knowing.ts'
import type { Parts } from '../parts.ts'
import { bucketsOf, type Buckets } from './addresses.ts'
import { openAlerts } from './alerts.ts'
import { openBlocks } from './blocks.ts'
import { openCounters, type Count, type Counters } from './counters.ts'
import { writeEntry } from './entering.ts'
import { attackLasts, delayAfter, window } from './limits.ts'
import { insertEntry, insertFailure, isNetworkKnown, type FailureKind } from './queries.ts'

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
  /** A check that failed; kept whatever becomes of the request. Never throws. */
  failed(
    request: RequestFacts,
    what: { kind: FailureKind; staffId: string | null; factor?: Factor },
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
}

/** What a request's try was counted as, so that it can be given back or followed up. */
type Try = Buckets & {
  /** A browser the person signed in from before: it has a count of its own and touches no other. */
  device: (Count & { key: string }) | null
  address: Count | null
  account: (Count & { counter: 'account' | 'factor'; key: string }) | null
}

/** Told to every process when a network may try again. */
const liftedTopic = 'address_block_lifted'

export function openGuard(
  on: Pick<Parts, 'db' | 'clock' | 'vault' | 'mail' | 'log' | 'backofficeUrl'> & {
    counters: pg.Pool
    desk: NewsDesk
  },
): Guard {
  const { db, clock, vault, log } = on
  const counters = openCounters(on.counters, log)
  // What is written beside the request's transaction goes by the counters' connections too.
  const aside = centralDb(on.counters)
  const blocks = openBlocks({ db: aside, counters, clock, log })
  const alert = openAlerts({ ...on, counters })
  const attack = watchForAttack(counters, clock)
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
    const device = await knownDevice(db, request, whose)
    if (!device) return false
    const key = `${device.staffId}:${device.id}`
    const count = await counters.device.take(key)
    tries.set(request, { ...bucketsOf(request.ip), device: { ...count, key }, address: null, account: null })
    return true
  }

  /** A stranger's try counts for the address it comes from. @throws {TooMany} while that, its /48 or everybody waits */
  async function byAddress(request: RequestFacts): Promise<Try> {
    const buckets = bucketsOf(request.ip)
    const { bucket, site } = buckets
    const [siteWaits, address] = await Promise.all([
      site === null ? 0 : counters.site.wait(site),
      counters.address.take(bucket).catch((refusal: unknown) => {
        if (refusal instanceof TooMany) blocks.countRefused(bucket)
        throw refusal
      }),
    ])
    const tried: Try = { ...buckets, device: null, address, account: null }
    if (site !== null && siteWaits > 0) {
      blocks.countRefused(site)
      await refuseAfterAll(tried, siteWaits)
    }
    const attackLeft = await attack.secondsLeft()
    if (attackLeft > 0 && !(await isNetworkKnown(db, bucket))) await refuseAfterAll(tried, attackLeft)
    tries.set(request, tried)
    return tried
  }

  /** What is refused unheard was no guess: it does not count. */
  async function refuseAfterAll(tried: Try, seconds: number): Promise<never> {
    await counters.address.give(tried.bucket)
    throw new TooMany(seconds)
  }

  async function byAccount(tried: Try, counter: 'account' | 'factor', key: string): Promise<void> {
    const count = await counters[counter].take(key).catch(async (refusal: unknown) => {
      await counters.address.give(tried.bucket)
      throw refusal
    })
    tried.account = { ...count, counter, key }
  }

  async function giveBack(tried: Try): Promise<void> {
    if (tried.device) return counters.device.give(tried.device.key)
    await Promise.all([
      counters.address.give(tried.bucket),
      tried.account && counters[tried.account.counter].give(tried.account.key),
    ])
  }

  async function countFailure({ device, account, address, bucket, site }: Try): Promise<void> {
    if (device) return device.isLast ? counters.device.close(device.key, window) : undefined
    const pair = account?.counter === 'account' ? pairOf(account.key, bucket) : null
    const [ofPair, ofSite, ofAll] = await Promise.all([
      pair !== null && counters.pair.add(pair),
      site !== null && counters.site.add(site),
      counters.everybody.add(everybody),
    ])
    if (pair !== null && ofPair && ofPair.isLast) await counters.delay.close(pair, delayAfter(ofPair.count))
    if (account?.isLast) await counters[account.counter].close(account.key, window)
    if (address?.isLast) await tellOfBlock(bucket, await blocks.blockAddress(bucket))
    else if (site !== null && ofSite && ofSite.isLast) await tellOfBlock(site, await blocks.blockSite(site))
    if (ofAll.isLast && (await attack.begins())) {
      await tell(aside, { topic: 'security', needs: 'security.read' })
      void quietly(alert('under_attack'))
    }
  }

  async function tellOfBlock(network: string, made: { isFirstOfHour: boolean } | null): Promise<void> {
    if (!made) return
    await tell(aside, { topic: 'security', needs: 'security.read' })
    // Not waited for: it needs a connection that requests hold.
    if (made.isFirstOfHour) void quietly(alert('blocks', { network }))
  }

  return {
    async beforePassword(request, email) {
      if (await byDevice(request, { email })) return 'known'
      const tried = await byAddress(request)
      const key = accountKey(email)
      const wait = await counters.delay.wait(pairOf(key, tried.bucket))
      if (wait > 0) await refuseAfterAll(tried, wait)
      await byAccount(tried, 'account', key)
      return 'stranger'
    },

    async beforeFactor(request, staffId) {
      if (await byDevice(request, { staffId })) return
      await byAccount(await byAddress(request), 'factor', staffId)
    },

    async beforePasskey(request) {
      if (!(await byDevice(request, null))) await byAddress(request)
    },

    async beforeMail(request, email) {
      const device = await knownDevice(db, request, { email })
      if (device) return void (await counters.mailToAccount.take(`${device.staffId}:${device.id}`))
      const tried = await byAddress(request)
      await counters.address.give(tried.bucket)
      tries.delete(request)
      await counters.mailFromAddress.take(tried.bucket)
      if (tried.site !== null) await counters.mailFromSite.take(tried.site)
      await counters.mailToAccount.take(accountKey(email))
    },

    passed(request) {
      const tried = tries.get(request)
      tries.delete(request)
      if (tried) void quietly(giveBack(tried))
    },

    async failed(request, { kind, staffId, factor = null }) {
      const tried = tries.get(request)
      tries.delete(request)
      const { ip, userAgent } = request
      const { bucket: network } = bucketsOf(ip)
      const event = { at: clock.now(), kind, staffId, factor, ip, network, userAgent }
      // Written before it is counted: whether a /48 fails from many networks is asked of what is written.
      await quietly(insertFailure(aside, event))
      if (tried) await quietly(countFailure(tried))
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

    isUnderAttack: async () => (await counters.everybody.wait(everybody)) > 0,

    async lift(network) {
      await Promise.all([counters.address.forget(network), counters.site.forget(network)])
      await tell(aside, { topic: liftedTopic })
    },
  }

  /** Who is in is the right person: their earlier failures from here are forgotten. Strangers' counts elsewhere stay. */
  async function forgive(tried: Try | undefined, who: { staffId: string; email?: string }): Promise<void> {
    if (!tried) return
    if (tried.device) return counters.device.forget(tried.device.key)
    const account = who.email === undefined ? null : accountKey(who.email)
    await Promise.all([
      counters.address.give(tried.bucket),
      counters.factor.forget(who.staffId),
      account !== null && counters.account.forget(account),
      account !== null && counters.pair.forget(pairOf(account, tried.bucket)),
      account !== null && counters.delay.forget(pairOf(account, tried.bucket)),
    ])
  }
}

const everybody = 'all'

const pairOf = (account: string, bucket: string) => `${account} ${bucket}`

/** Asked at most once a second: what it answers concerns everybody alike. */
function watchForAttack(counters: Counters, clock: Clock) {
  let asked = -Infinity
  let until = 0
  return {
    async secondsLeft(): Promise<number> {
      const now = clock.now().getTime()
      // A clock that was set back must not keep an old answer alive.
      if (Math.abs(now - asked) > 1_000) {
        asked = now
        until = now + (await counters.everybody.wait(everybody)) * 1000
      }
      return Math.max(0, Math.ceil((until - now) / 1000))
    },
    /** @returns false when it is known already */
    async begins(): Promise<boolean> {
      if ((await counters.everybody.wait(everybody)) > 0) return false
      await counters.everybody.close(everybody, attackLasts)
      asked = -Infinity
      return true
    },
  }
}
