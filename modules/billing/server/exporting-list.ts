/** The filtered list of documents as a file, in its order and to its end: what bookkeepers take along. */
import { Readable } from 'node:stream'
import { exportInvoices, type InvoiceSummary } from '#contract/billing'
import { attachment } from '#platform/server/attachment.ts'
import { dayOf } from '#platform/server/clock.ts'
import { byteOrderMark, csvLine } from '#platform/server/csv.ts'
import { Platform } from '#platform/server/errors.ts'
import { handle, Stream } from '#platform/server/requests.ts'
import { euros } from './euros.ts'
import { summaryOf } from './listing.ts'
import type { Parts } from './parts.ts'
import { invoicesPage, sumsOf, type SortKey } from './queries.ts'
import { within } from './within.ts'

/** As many at once as one answer of the database may hold without being felt. */
const batch = 2_000
const seen = 'invoices.read'

export const exportingList = ({ sentences }: Pick<Parts, 'sentences'>) =>
  handle(exportInvoices, async (ctx, { query: { sort, ...filter } }) => {
    // Nothing but headings would read as "there is none".
    if (!ctx.actor.permissions.has(seen)) throw new Platform('forbidden', { details: { permission: seen } })
    const { db } = ctx
    const today = dayOf(ctx.clock.now())
    const mine = within(ctx.actor, seen)
    const say = (key: string) => sentences.say(ctx.request.language, `billing.list.csv.${key}`)
    const { total } = await sumsOf(db, filter, { mine, today })
    // What was searched for may be a name, and the log forgets nothing.
    const { q, ...narrowed } = filter
    ctx.record({
      object: 'invoice',
      count: total,
      after: { filter: { ...narrowed, ...(q && { searched: true }) }, sort },
    })
    const wanted = {
      filter,
      mine,
      today,
      key: sort.replace('-', '') as SortKey, // the contract's sorts are these keys, with or without the sign
      descending: sort.startsWith('-'),
      limit: batch,
    }
    async function* lines() {
      yield byteOrderMark
      yield csvLine(headings.map(say))
      for (let after: Parameters<typeof invoicesPage>[1]['after']; ;) {
        const rows = await invoicesPage(db, { ...wanted, after })
        for (const row of rows) yield csvLine(cellsOf(summaryOf(row, today), say))
        const last = rows.at(-1)
        if (!last || rows.length < batch) return
        after = { key: last.sortKey, number: last.number ?? '~', id: last.id }
      }
    }
    return new Stream(Readable.from(lines()), {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': attachment(`${say('file')}-${today}.csv`),
    })
  })

const headings = [
  'number',
  'kind',
  'state',
  'client',
  'email',
  'issued-on',
  'due-on',
  'excl',
  'vat',
  'incl',
  'paid',
  'outstanding',
] as const

function cellsOf(row: InvoiceSummary, say: (key: string) => string): string[] {
  const { exclCents, vatCents, inclCents, paidCents, outstandingCents, client } = row
  return [
    row.number ?? '',
    say(`kind.${row.kind}`),
    say(`state.${row.state}`),
    `${client.firstName} ${client.lastName}`.trim(),
    client.email,
    ...[row.issuedOn, row.dueOn].map((day) => day?.split('-').toReversed().join('/') ?? ''),
    ...[exclCents, vatCents, inclCents, paidCents, outstandingCents].map(euros),
  ]
}
