import { getHoldings, type Holding, type HoldingKind } from '#contract/privacy'
import { dayOf } from '#platform/server/clock.ts'
import { heldInTickets, type TicketsHeld } from '#server/support'
import { found, handle } from '#platform/server/requests.ts'
import { heldOf, type HeldOf } from './holding-queries.ts'
import { requestById } from './queries.ts'

export const holdings = handle(getHoldings, async (ctx, { params: { id } }) => {
  const today = dayOf(ctx.clock.now())
  const { person } = found(await requestById(ctx.db, id, today))
  const said = saidToSupport(await heldInTickets(ctx.db, id))
  // Whoever is no client may have written to support all the same.
  if (!person.client) return { holdings: said.length === 0 ? null : said }
  return { holdings: [...judged(found(await heldOf(ctx.db, person.client.id)), today), ...said] }
})

/** What was said is kept for nobody's sake but theirs. */
function saidToSupport({ tickets, messages, mails }: TicketsHeld): Holding[] {
  const all = [
    ['tickets', tickets],
    ['ticket_messages', messages],
    ['mails', mails],
  ] as const
  return all
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => ({ kind, count, fate: 'erasable', until: null }))
}

/** What may become of each kind of data on a day; kinds of which nothing is held are left out. */
export function judged(held: HeldOf, today: string): Holding[] {
  const accounts = (latest: string | null): Pick<Holding, 'fate' | 'until'> => {
    const until = latest === null ? null : keptUntil(latest)
    return until !== null && until >= today ? { fate: 'kept', until } : { fate: 'erasable', until: null }
  }
  const erasable = { fate: 'erasable', until: null } as const
  const all: Record<Exclude<HoldingKind, 'tickets' | 'ticket_messages' | 'mails'>, Omit<Holding, 'kind'>> = {
    identity: { count: held.identity, ...(held.running > 0 ? needed : erasable) },
    contact: { count: held.contact, ...(held.running > 0 ? needed : erasable) },
    professional_numbers: { count: held.professionalNumbers, ...erasable },
    internal_note: { count: held.internalNote, ...erasable },
    subscription_running: { count: held.running, ...needed },
    subscriptions_ended: { count: held.ended, ...erasable },
    invoice_drafts: { count: held.drafts, ...erasable },
    invoices: { count: held.invoices, ...accounts(held.lastIssuedOn) },
    payments: { count: held.payments, ...accounts(held.lastReceivedOn) },
    audit_payloads: { count: held.payloads, ...erasable },
    audit_leaves: { count: held.entries, fate: 'impersonal', until: null },
  }
  return Object.entries(all)
    .map(([kind, holding]) => ({ kind: kind as HoldingKind, ...holding })) // the keys of `all`
    .filter(({ count }) => count > 0)
}

const needed = { fate: 'needed', until: null } as const

/**
 * Vouchers are kept for ten years (Code de commerce, article L123-22), counted from the end of the financial year they
 * belong to, which is the calendar year here.
 */
export function keptUntil(day: string): string {
  return `${Number(day.slice(0, 4)) + 10}-12-31`
}
