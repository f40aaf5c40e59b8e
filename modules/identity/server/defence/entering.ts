import type { Factor } from '#contract/identity'
import type { Mail } from '#platform/server/mail.ts'
import type { Context } from '#platform/server/requests.ts'
import { describe } from '../devices/describing.ts'
import { makeKnown } from '../devices/knowing.ts'
import { momentFor } from '../letters.ts'
import { bucketsOf } from './addresses.ts'
import { historyOf, insertEntry } from './queries.ts'

/** Failures in the hour before a sign-in that make it unusual, a first one too. */
const manyFailures = 5

/**
 * Writes down that somebody is in, and from which browser, in the transaction of their session. A sign-in from a
 * browser or a network that is new to the account, or after many failures, is unusual: the person is told by mail.
 * @returns the browser's id
 */
export async function writeEntry(
  ctx: Context,
  { mail, backofficeUrl }: { mail: Mail; backofficeUrl: URL },
  who: { staffId: string; email: string; factor: Factor },
): Promise<string> {
  const { staffId, factor } = who
  const { ip, userAgent } = ctx.request
  const { bucket: network, site } = bucketsOf(ip)
  const now = ctx.clock.now()
  const hourAgo = new Date(now.getTime() - 3_600_000)
  const history = await historyOf(ctx.db, { staffId, around: site ?? around(network), hourAgo })
  if (!history) throw new Error('somebody signed in who does not exist')
  const device = await makeKnown(ctx, staffId)
  const newNetwork = !history.knowsNetwork
  const isNew = !history.isFirst && (device.isNew || newNetwork)
  const suspicious = isNew || history.failures >= manyFailures
  await insertEntry(ctx.db, {
    at: now,
    kind: 'signed_in',
    staffId,
    factor,
    ip,
    network,
    userAgent,
    newDevice: device.isNew,
    newNetwork,
    failuresBefore: history.failures,
    suspicious,
  })
  await ctx.tell({ topic: 'account', only: staffId })
  if (!suspicious) return device.id

  const { language } = history
  const { browser, system, country } = describe({ userAgent, ip })
  const name = `${history.firstName} ${history.lastName}`
  await mail.send(ctx.db, {
    to: { email: who.email, name },
    language,
    staffId,
    template: 'identity.mail.unusual_sign_in',
    values: {
      name,
      when: momentFor({ language }, now),
      agent: browser && system ? 'known' : 'unknown',
      browser: browser ?? '',
      system: system ?? '',
      place: country ? `${ip} (${nameOf(country, language)})` : ip,
      failures: history.failures,
    },
    action: { url: new URL('/account', backofficeUrl).href },
  })
  await ctx.tell({ topic: 'security', needs: 'security.read' })
  return device.id
}

/** A provider moves its subscribers among neighbouring addresses: an IPv4 address stands for its /24. */
function around(network: string): string {
  return network.replace(/\d+\/32$/, '0/24')
}

function nameOf(country: string, language: string): string {
  return new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country
}
