// What is still to be asked for and what goes back meet rate by rate, when no next invoice is to come that would bear both.
import type { DraftLine, PaymentMeans } from '#contract/billing'
import { beginDraft, noFields } from '../drafts/beginning.ts'
import type { VatRule } from '../renewal/pricing.ts'
import { vatRuleOn } from '../renewal/vat-rule.ts'
import { mainCompany } from '../settings/in-force.ts'
import { today, type Doing } from './acting.ts'
import type { Held } from './act-queries.ts'
import { backLine, giveBack, rateKey, type Back } from './giving-back.ts'
import type { RunningPeriod } from './running-period.ts'
import { forgetWaiting, putOn, waitingLines, type Waiting } from './waiting-lines.ts'

/** What documents of the day are made with. */
export type House = { companyId: string; vat: VatRule }

export async function houseOf({ db, clock }: Pick<Doing, 'db' | 'clock'>): Promise<House> {
  const { id: companyId } = await mainCompany(db)
  return { companyId, vat: await vatRuleOn(db, companyId, today({ clock })) }
}

export type SettledUp = { creditNoteIds?: string[]; invoiceId?: string }

/**
 * The account of a subscription that stops: lines that waited for its next invoice against days that go back. What is left to ask
 * for stands on a last invoice, what is left to give back in credit notes, and what comes out even on neither.
 */
export async function settleUp(
  doing: Doing,
  row: Held,
  { house, back, period }: { house: House; back: readonly Back[]; period: RunningPeriod | undefined },
): Promise<SettledUp> {
  const { db } = doing
  const accounts = [...accountsOf(await waitingLines(db, row.id, house.vat), back)]
  const asked = accounts.filter(({ net }) => net > 0)
  const even = accounts.filter(({ net }) => net <= 0)
  const invoiceId =
    asked.length > 0
      ? await lastInvoice(doing, row, {
          house,
          period,
          lines: asked.flatMap((one) => [
            ...one.waiting.map(asLine),
            ...one.back.map((line) => backLine(line, '-1')),
          ]),
        })
      : undefined
  if (invoiceId) await putOn(db, invoiceId, asked.flatMap(idsOf))
  await forgetWaiting(db, even.flatMap(idsOf))
  const creditNoteIds = await giveBack(doing, row, {
    companyId: house.companyId,
    first: period?.invoiceId ?? null,
    lines: even.flatMap((one) => owed(one)),
  })
  return {
    ...(creditNoteIds.length > 0 ? { creditNoteIds } : {}),
    ...(invoiceId ? { invoiceId } : {}),
  }
}

type Account = { waiting: Waiting[]; back: Back[]; net: number }

function accountsOf(waiting: readonly Waiting[], back: readonly Back[]): Iterable<Account> {
  const accounts = new Map<string, Account>()
  const of = (key: string) => {
    const account = accounts.get(key) ?? { waiting: [], back: [], net: 0 }
    accounts.set(key, account)
    return account
  }
  for (const line of waiting) {
    const account = of(rateKey(line))
    account.waiting.push(line)
    account.net += line.cents
  }
  for (const line of back) {
    const account = of(rateKey(line))
    account.back.push(line)
    account.net -= line.cents
  }
  return accounts.values()
}

const idsOf = ({ waiting }: Account) => waiting.map(({ id }) => id)

/** Line by line, or in one where something that waited was weighed against it. */
function owed({ waiting, back, net }: Account): Back[] {
  const [one] = [...waiting, ...back]
  if (waiting.length === 0 || one === undefined) return back
  const description = [...back, ...waiting].map((line) => line.description).join('\n')
  return net === 0 ? [] : [{ ...one, description, cents: -net }]
}

const asLine = (line: Waiting): DraftLine => ({
  description: line.description,
  quantity: line.quantity,
  unit: 'C62',
  unitPriceCents: line.unitPriceCents,
  discountBasisPoints: 0,
  discountCents: 0,
  vatCategory: line.vatCategory,
  vatBasisPoints: line.vatBasisPoints,
  vatExemption: line.vatExemption,
  period: null,
})

/** Issued and sent as renewals are. */
async function lastInvoice(
  { db, clock, byStaffId }: Doing,
  row: Held,
  { house, period, lines }: { house: House; period: RunningPeriod | undefined; lines: DraftLine[] },
): Promise<string> {
  const day = today({ clock })
  return beginDraft(db, {
    clientId: row.clientId,
    companyId: row.companyId ?? house.companyId,
    typeCode: 380,
    subscriptionId: row.id,
    origin: 'renewal',
    held: row.holdForReview,
    byStaffId,
    now: clock.now(),
    fields: {
      ...noFields,
      paymentMeans: row.paymentMeans as PaymentMeans | null, // the column's CHECK holds the same four
      period: { from: period && period.from < day ? period.from : day, until: day },
      lines,
    },
  })
}
