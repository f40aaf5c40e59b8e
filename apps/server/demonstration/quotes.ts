/** What sales offered lately: quotes of every state, to prospects and to a practice that grows. */
import type { PastQuote } from '#server/billing'
import { at, plusDays, type Day } from './calendar.ts'
import type { StaffByRole } from './history.ts'
import { demoId } from './ids.ts'
import type { Life } from './lives.ts'
import { cabinet, secretariat, solo, vatRate } from './offers.ts'

type Line = { description: string; quantity: number; unitPriceCents: number }
type Somebody = { id: string; life: Life; createdAt: Date }

const aYearOf = ({ described, monthlyCents }: typeof solo): Line => ({
  description: `${described}, pour un an`,
  quantity: 12,
  unitPriceCents: monthlyCents,
})
const takingOver: Line = {
  description: 'Mise en service et reprise des données',
  quantity: 1,
  unitPriceCents: 4_900,
}
const showing: Line = {
  description: 'Prise en main à distance, une heure',
  quantity: 2,
  unitPriceCents: 6_000,
}

/** The last is the one that a list shows first. */
const offered = [
  { daysAgo: 74, state: 'sent', to: 'prospect', lines: [aYearOf(solo)] },
  { daysAgo: 41, state: 'declined', to: 'prospect', lines: [aYearOf(secretariat), showing] },
  { daysAgo: 23, state: 'accepted', to: 'active', lines: [aYearOf(cabinet), takingOver] },
  { daysAgo: 4, state: 'draft', to: 'prospect', lines: [aYearOf(cabinet)] },
  { daysAgo: 2, state: 'sent', to: 'prospect', lines: [aYearOf(cabinet), takingOver, showing] },
] as const

export function quotesOf(people: readonly Somebody[], today: Day, { sales }: StaffByRole): PastQuote[] {
  return offered.map(({ daysAgo, state, to, lines }, index): PastQuote => {
    const issuedOn = plusDays(today, -daysAgo)
    const madeAt = at(issuedOn, 10, 30)
    // Somebody they knew by then.
    const known = people.filter(
      ({ life, createdAt }) => life.status === to && life.trashedOn === undefined && createdAt < madeAt,
    )
    const client = known[index]
    if (!client) throw new Error('a quote of the demonstration is for nobody')
    return {
      id: demoId('quote', index, madeAt),
      clientId: client.id,
      state,
      at: madeAt,
      issuedOn,
      decidedAt: state === 'accepted' || state === 'declined' ? at(plusDays(issuedOn, 3), 16, 5) : null,
      by: sales.id,
      fields: {
        discount: { basisPoints: 0, cents: 0, label: '' },
        orderReference: '',
        note: '',
        lines: lines.map((line) => ({
          ...line,
          quantity: String(line.quantity),
          unit: 'C62',
          discountBasisPoints: 0,
          discountCents: 0,
          vatCategory: 'S',
          vatBasisPoints: vatRate,
          vatExemption: null,
          period: null,
        })),
      },
    }
  })
}
