// A change of plan within a period, reckoned by days: each line is its period's price × days left / days of the period, to the cent.
import type { PlanChange, SubscriptionLine } from '#contract/billing'
import type { Parts } from '../parts.ts'
import { nextInvoiceOf } from '../renewal/next-invoice.ts'
import type { Held } from './act-queries.ts'
import { settle, today, type Doing } from './acting.ts'
import { billed } from './catching-up.ts'
import { giveBack, rateKey, unused, type Back } from './giving-back.ts'
import { discountOfPeriod, monthlyOf, tellPrice, waitFor } from './plan-change-queries.ts'
import { daysIn, leftOn, prorated } from './proration.ts'
import { cutPeriod, reprice, type PeriodLine, type RunningPeriod } from './running-period.ts'
import type { House } from './settling-up.ts'
import { taxedBy, waitingLines } from './waiting-lines.ts'
import { planWords, unusedWords } from './words.ts'

export type Reckoned = Pick<PlanChange, 'lines' | 'document'> & { monthlyCents: number }

type About = {
  row: Held
  house: House
  period: RunningPeriod
  to: {
    planId: string
    intervalMonths: number
    name: string
    described: string
    priceCents: number
    vatBasisPoints: number
  }
  told(exclCents: number, monthlyCents: number): { kind: string; data: Record<string, unknown> }
}

/** The same interval: the days that are left cost what the new plan costs, and the period stays as long as it is. */
export async function exchanged(
  doing: Doing,
  parts: Pick<Parts, 'sentences'>,
  { row, house, period, to, told }: About,
): Promise<Reckoned> {
  const { db } = doing
  const day = today(doing)
  const of = daysIn(period)
  const left = leftOn(period, day)
  const old = period.lines.find(({ isPlan }) => isPlan)
  // What takes something off this period takes it off the new plan too.
  const off = (await discountOfPeriod(db, row.id, period)) ??
    old ?? { discountBasisPoints: 0, discountCents: 0 }
  const discountCents =
    off.discountBasisPoints > 0
      ? Math.round((to.priceCents * off.discountBasisPoints) / 10_000)
      : Math.min(off.discountCents, to.priceCents)
  const plan: PeriodLine = {
    ...taxedBy(house.vat, to.vatBasisPoints),
    isPlan: true,
    planName: to.name,
    description: to.described,
    exclCents: to.priceCents - discountCents,
    discountBasisPoints: off.discountBasisPoints,
    discountCents: off.discountBasisPoints > 0 ? 0 : discountCents,
  }
  const lines = [plan, ...period.lines.filter(({ isPlan }) => !isPlan)]
  await reprice(db, row.id, { from: period.from, lines })

  const words = await planWords(db, parts.sentences, row, { left, of })
  const back: Back[] = old
    ? [
        {
          ...old,
          description: words('given-back', old.planName ?? row.planName),
          cents: prorated(old.exclCents, left, of),
        },
      ].filter(({ cents }) => cents > 0)
    : []
  const charged = [
    { ...plan, description: words('charged', to.name), cents: prorated(plan.exclCents, left, of) },
  ].filter(({ cents }) => cents > 0)
  const waiting = await waitingLines(db, row.id, house.vat)
  const [given] = back
  const sameRate = given === undefined || rateKey(given) === rateKey(plan)
  const bearable =
    sameRate &&
    waiting.filter((one) => rateKey(one) === rateKey(plan)).reduce((sum, { cents }) => sum + cents, 0) +
      total(charged) >=
      total(back)
  const shown = [...back.map(taken), ...charged.map(asked)]
  if (bearable) await waitFor(doing, row.id, shown)
  else {
    const net = total(back) - total(charged)
    if (!sameRate) await waitFor(doing, row.id, charged.map(asked))
    await giveBack(doing, row, {
      companyId: house.companyId,
      first: period.invoiceId,
      lines: sameRate
        ? back.map((line) => ({
            ...line,
            description: shown.map(({ description }) => description).join('\n'),
            cents: net,
          }))
        : back,
    })
  }

  const monthlyCents = Math.round(lines.reduce((sum, line) => sum + line.exclCents, 0) / to.intervalMonths)
  if (monthlyCents !== row.monthlyCents)
    await tellPrice(db, row.id, { on: day, from: row.monthlyCents, to: monthlyCents })
  await settle(
    doing,
    row,
    { planId: to.planId, intervalMonths: to.intervalMonths, nextPlan: null, monthlyCents },
    told(total(charged) - total(back), monthlyCents),
  )
  return {
    lines: shown,
    monthlyCents,
    document: shown.length === 0 ? 'none' : bearable ? 'next_invoice' : 'credit_note',
  }
}

/** Another interval: what is left of the running period goes back, options too, and a whole one begins today and is invoiced. */
export async function begunAnew(
  doing: Doing,
  parts: Pick<Parts, 'sentences'>,
  { row, house, period, to, told }: About,
): Promise<Reckoned> {
  const { db } = doing
  const day = today(doing)
  const back = unused(period, day, await unusedWords(db, parts.sentences, row, period))
  await cutPeriod(db, row.id, period, day)
  const change = {
    planId: to.planId,
    intervalMonths: to.intervalMonths,
    nextPlan: null,
    anchorOn: day,
    nextPeriodOn: day,
  }
  await settle(doing, row, change, told(0 - total(back), Math.round(to.priceCents / to.intervalMonths)))

  // The new period's invoice bears what goes back of an issued one, where it is dearer; a draft asks for less itself.
  const next = await nextInvoiceOf(db, row.id, house.vat)
  const bearable =
    period.issued &&
    next !== null &&
    back.every(
      ({ vatBasisPoints }) =>
        next.lines
          .filter((line) => line.vatBasisPoints === vatBasisPoints)
          .reduce((sum, line) => sum + line.exclCents, 0) >=
        total(back.filter((line) => line.vatBasisPoints === vatBasisPoints)),
    )
  const lines = back.map(taken)
  if (bearable) await waitFor(doing, row.id, lines)
  else await giveBack(doing, row, { companyId: house.companyId, first: period.invoiceId, lines: back })
  await billed(doing, row.id, house)
  return {
    lines,
    monthlyCents: await monthlyOf(db, row.id),
    document: lines.length === 0 ? 'none' : bearable ? 'next_invoice' : 'credit_note',
  }
}

const total = (lines: readonly { cents: number }[]) => lines.reduce((sum, { cents }) => sum + cents, 0)

const shownLine = ({ description, cents, vatBasisPoints }: Back, quantity: '1' | '-1'): SubscriptionLine => ({
  description,
  quantity,
  unitPriceCents: cents,
  discountBasisPoints: 0,
  discountCents: 0,
  exclCents: quantity === '1' ? cents : 0 - cents,
  vatBasisPoints,
})
const taken = (line: Back) => shownLine(line, '-1')
const asked = (line: Back) => shownLine(line, '1')
