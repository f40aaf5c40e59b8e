// A change of plan within a period, reckoned by days: each line is its period's price × days left / days of the period, to the cent.
import type { PlanChange, SubscriptionLine } from '#contract/billing'
import type { Parts } from '../parts.ts'
import { putOnNext, type Line } from './accounts.ts'
import type { Held } from './act-queries.ts'
import { settle, today, type Doing } from './acting.ts'
import { billed } from './catching-up.ts'
import { inRoom, roomOf } from './room.ts'
import { discountOfPeriod, monthlyOf, recurringByRate, tellPrice } from './plan-change-queries.ts'
import { daysIn, leftOn, prorated } from './proration.ts'
import { namedAfter, reprice, type PeriodLine, type RunningPeriod } from './running-period.ts'
import type { House } from './house.ts'
import { takenBack } from './taking-back.ts'
import { taxedBy } from './waiting-lines.ts'
import { planWords } from './words.ts'

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
  const room = await roomOf(db, row.id, period, house.vat)
  const [given] = inRoom(old ? [{ ...old, cents: prorated(old.exclCents, left, of) }] : [], room)
  const back = given?.cents ?? 0
  const charged = prorated(plan.exclCents, left, of)
  const changes: Line[] = [
    ...(given
      ? [{ ...given, description: words('given-back', given.planName ?? row.planName), cents: 0 - back }]
      : []),
    ...(charged > 0 ? [{ ...plan, description: words('charged', to.name), cents: charged }] : []),
  ]
  const waits = await putOnNext(doing, row, {
    house,
    first: period.invoiceId,
    lines: changes,
    proration: { from: period.from, lines: namedAfter(period.lines, row) },
  })

  const monthlyCents = Math.round(lines.reduce((sum, line) => sum + line.exclCents, 0) / to.intervalMonths)
  if (monthlyCents !== row.monthlyCents)
    await tellPrice(db, row.id, { on: day, from: row.monthlyCents, to: monthlyCents })
  await settle(
    doing,
    row,
    { planId: to.planId, intervalMonths: to.intervalMonths, nextPlan: null, monthlyCents },
    told(charged - back, monthlyCents),
  )
  return { monthlyCents, ...whereOf(changes, waits) }
}

/** Another interval: what is left of the running period goes back, options too, and a whole one begins today and is invoiced. */
export async function begunAnew(
  doing: Doing,
  parts: Pick<Parts, 'sentences'>,
  { row, house, period, to, told }: About,
): Promise<Reckoned> {
  const { db } = doing
  const day = today(doing)
  const { back: unusedDays } = await takenBack(doing, parts, row, house)
  const back = unusedDays.map((line) => ({ ...line, cents: 0 - line.cents }))
  const change = {
    planId: to.planId,
    intervalMonths: to.intervalMonths,
    nextPlan: null,
    anchorOn: day,
    nextPeriodOn: day,
  }
  await settle(doing, row, change, told(total(back), Math.round(to.priceCents / to.intervalMonths)))

  // The new period's invoice bears what goes back of an issued one, where it is dearer; a draft asks for less itself.
  const borne = period.issued ? await recurringByRate(db, row.id, house.vat) : new Map<string, number>()
  const waits = await putOnNext(doing, row, { house, first: period.invoiceId, lines: back, borne })
  await billed(doing, row.id, house)
  return { monthlyCents: await monthlyOf(db, row.id), ...whereOf(back, waits) }
}

const total = (lines: readonly { cents: number }[]) => lines.reduce((sum, { cents }) => sum + cents, 0)

const whereOf = (lines: readonly Line[], waits: boolean): Pick<Reckoned, 'lines' | 'document'> => ({
  lines: lines.map(shownLine),
  document: lines.length === 0 ? 'none' : waits ? 'next_invoice' : 'credit_note',
})

const shownLine = ({ description, cents, vatBasisPoints }: Line): SubscriptionLine => ({
  description,
  quantity: cents < 0 ? '-1' : '1',
  unitPriceCents: Math.abs(cents),
  discountBasisPoints: 0,
  discountCents: 0,
  exclCents: cents,
  vatBasisPoints,
})
