import { Readable } from 'node:stream'
import { exportPayments, listPayments, type PaymentFilter } from '#contract/fees'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { byteOrderMark, csvLine } from '#platform/server/csv.ts'
import { handleInTenant, Stream, type TenantHandler } from '#platform/server/requests.ts'
import type { Language, Sentences } from '#platform/server/sentences.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'
import { houseNow, type HouseNow } from '../house.ts'
import { paymentPage, PaymentPlace, paymentSums, type PaymentRow } from './payment-queries.ts'
import { shownPayment } from './showing.ts'

export function paymentLists({ sentences }: { sentences: Sentences }): readonly TenantHandler[] {
  return [
    handleInTenant(listPayments, async (ctx, { query: { after, limit, ...filter } }) => {
      const house = await houseNow(ctx)
      const place = readCursor(PaymentPlace, after)
      const { rows } = await paymentPage(ctx.db, filter, house, { after: place, limit: limit + 1 })
      const sums = await paymentSums(ctx.db, filter)
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      return {
        rows: shown.map((row) => ({ ...shownPayment(row), dayCents: row.dayCents })),
        total: sums.reduce((all, { count }) => all + count, 0),
        totalIsExact: true,
        next:
          rows.length > limit && last
            ? cursorOf({ on: last.receivedOn, at: last.recordedAt.toISOString(), id: last.id })
            : null,
        today: house.today,
        sums: {
          totalCents: sums.reduce((all, { cents }) => all + cents, 0),
          methods: sums.map(({ method, cents }) => ({ method, cents })),
        },
      }
    }),

    handleInTenant(exportPayments, async (ctx, { query: filter }) => {
      const house = await houseNow(ctx)
      const sums = await paymentSums(ctx.db, filter)
      ctx.record({ object: 'payment', count: sums.reduce((all, { count }) => all + count, 0) })
      return new Stream(Readable.from(csvOf(pages(ctx.db, filter, house), ctx.request.language, sentences)), {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="payments-${house.today}.csv"`,
      })
    }),
  ]
}

const columns = [
  'on',
  'patient',
  'practitioner',
  'amount',
  'method',
  'reference',
  'state',
  'for',
  'by',
] as const

const rowsAtATime = 500

/** One page after the other, as it is sent: a practice of many years is never in memory as a whole. */
async function* pages(db: TenantDb, filter: PaymentFilter, house: HouseNow) {
  let after: PaymentPlace | undefined
  do {
    const { rows } = await paymentPage(db, filter, house, { after, limit: rowsAtATime })
    yield rows
    const last = rows.length < rowsAtATime ? undefined : rows.at(-1)
    after = last && { on: last.receivedOn, at: last.recordedAt.toISOString(), id: last.id }
  } while (after)
}

async function* csvOf(
  paged: AsyncIterable<readonly PaymentRow[]>,
  language: Language,
  { say }: Sentences,
): AsyncGenerator<string> {
  const words = (key: string) => say(language, `fees.${key}`)
  const decimal = language === 'fr' ? ',' : '.'
  const line = (row: PaymentRow) =>
    csvLine([
      row.receivedOn,
      row.patientName,
      row.practitionerName,
      (row.cents / 100).toFixed(2).replace('.', decimal),
      words(`method.${row.method}`),
      row.reference,
      words(`payment.${stateWord(row)}`),
      row.allocations.map(({ on, label }) => `${on} ${label}`.trim()).join(', '),
      row.recordedBy ?? '',
    ])
  yield byteOrderMark + csvLine(columns.map((column) => words(`column.${column}`)))
  for await (const rows of paged) yield rows.map(line).join('')
}

function stateWord(row: PaymentRow): string {
  const { state, refundedCents, cents } = shownPayment(row)
  return state === 'refunded' && refundedCents < cents ? 'refunded-part' : state
}
