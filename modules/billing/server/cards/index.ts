import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  actInSandbox,
  checkoutOver,
  getSandboxCheckout,
  invoiceNotPayable,
  listCardCheckouts,
  openCardCheckout,
  receiveCardEvent,
  webhookForged,
  webhookStale,
  webhookUnreadable,
  type CardCheckout,
} from '#contract/billing'
import type { AppEnv } from '#platform/server/config.ts'
import { dayOf } from '#platform/server/clock.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { found, handle, refuse, type Context, type Handler } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import { within } from '../within.ts'
import type { CardProvider } from './provider.ts'
import { checkoutsShown, documentFacts, insertCheckout, type CheckoutRow } from './queries.ts'
import { hear, understood } from './receiving.ts'
import { sandboxOf } from './sandbox.ts'
import { signatureOf, verdictOn, type SignedCall } from './signing.ts'

export function cardHandlers(parts: {
  vault: Vault
  environment: AppEnv
  backofficeUrl: URL
}): readonly Handler[] {
  const provider = sandboxOf(parts)
  const available = (): CardProvider => {
    // No provider is configured, and the sandbox stays out of production: there is nothing here.
    return found(provider)
  }
  const shownOf = (row: CheckoutRow): CardCheckout => ({
    id: row.id,
    invoiceId: row.invoiceId,
    number: row.number,
    provider: row.provider,
    amountCents: row.amountCents,
    state: row.state as CardCheckout['state'], // the column's CHECK holds the same five
    url: row.state === 'open' && provider?.name === row.provider ? provider.urlOf(row) : null,
    paymentId: row.paymentId,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  })
  const mine = (ctx: Pick<Context, 'actor'>) => within(ctx.actor, 'invoices.read')
  const byId = async (ctx: Pick<Context, 'db' | 'actor'>, id: string) =>
    found((await checkoutsShown(ctx.db, { mine: mine(ctx), id }))[0])

  /** @throws Refused where it is not the provider's, or says nothing */
  const heard = async (ctx: Pick<Context, 'db' | 'clock'>, call: SignedCall) => {
    const now = ctx.clock.now()
    const { name, secret } = available()
    const verdict = verdictOn(call, secret, now)
    if (verdict !== 'genuine') throw refuse(verdict === 'stale' ? webhookStale : webhookForged)
    const event = understood(call.body)
    if (!event) throw refuse(webhookUnreadable)
    const about = { provider: name, eventId: call.id.slice(0, 200), body: call.body, event }
    return { event, ...(await hear(ctx.db, about, { today: dayOf(now), now })) }
  }

  return [
    handle(listCardCheckouts, async (ctx, { params: { id } }) => {
      found(await documentFacts(ctx.db, id, mine(ctx)))
      const rows = await checkoutsShown(ctx.db, { mine: mine(ctx), invoiceId: id })
      return { rows: rows.map(shownOf), available: provider !== null }
    }),

    handle(openCardCheckout, async (ctx, { params: { id: invoiceId } }) => {
      const { name, open } = available()
      const invoice = found(await documentFacts(ctx.db, invoiceId, mine(ctx)))
      if (invoice.kind !== 'invoice' || invoice.state !== 'issued' || invoice.outstandingCents <= 0)
        throw refuse(invoiceNotPayable)
      const known = await checkoutsShown(ctx.db, { mine: mine(ctx), invoiceId })
      const same = known.find(
        (one) =>
          one.state === 'open' && one.provider === name && one.amountCents === invoice.outstandingCents,
      )
      const id = same?.id ?? uuidv7(ctx.clock.now().getTime())
      if (!same) {
        const amountCents = invoice.outstandingCents
        const { providerId } = await open({ id, amountCents, number: invoice.number ?? '' })
        await insertCheckout(ctx.db, {
          id,
          invoiceId,
          provider: name,
          providerId,
          amountCents,
          createdBy: ctx.actor.staffId,
        })
      }
      ctx.record({ object: 'card_checkout', id, after: { invoiceId, provider: name } })
      return shownOf(await byId(ctx, id))
    }),

    handle(receiveCardEvent, async (ctx, { file }) => {
      const { id = '', timestamp = '', signature = '' } = ctx.request.webhook ?? {}
      const call = { id, timestamp, signature, body: await readFile(file.path) }
      const { outcome, checkoutId, event } = await heard(ctx, call)
      const actor = { staffId: null, label: 'card_provider' }
      ctx.record({
        object: 'card_checkout',
        id: checkoutId,
        actor,
        after: { event: id, type: event.type, outcome },
      })
      return { outcome }
    }),

    handle(getSandboxCheckout, async (ctx, { params: { id } }) => shownOf(await byId(ctx, id))),

    handle(actInSandbox, async (ctx, { params: { id }, body: { act } }) => {
      const { secret } = available()
      const row = await byId(ctx, id)
      if (row.state !== (act === 'refund' ? 'paid' : 'open')) throw refuse(checkoutOver)
      const type = { pay: 'paid', fail: 'failed', expire: 'expired', refund: 'refunded' }[act]
      const data = { checkout: row.providerId, amountCents: row.amountCents, currency: 'EUR' }
      const call = {
        id: `evt_${randomUUID()}`,
        timestamp: String(Math.floor(ctx.clock.now().getTime() / 1_000)),
        body: Buffer.from(JSON.stringify({ type: `checkout.${type}`, data })),
      }
      const { outcome } = await heard(ctx, { ...call, signature: signatureOf(secret, call) })
      ctx.record({ object: 'card_checkout', id, after: { act, outcome } })
      return shownOf(await byId(ctx, id))
    }),
  ]
}
