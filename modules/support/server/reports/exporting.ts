import { Readable } from 'node:stream'
import { exportReport, exportTickets, type TicketFilter } from '#contract/support'
import { attachment } from '#platform/server/attachment.ts'
import { dayOf } from '#platform/server/clock.ts'
import { byteOrderMark, csvLine } from '#platform/server/csv.ts'
import { Platform } from '#platform/server/errors.ts'
import { handle, Stream, type Context, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { reportOf } from './reading.ts'
import { asText, tableOf, type Say } from './tables.ts'
import { ticketCount, ticketHeadings, ticketLines } from './ticket-lines.ts'

export const exporting = ({ sentences }: Pick<Parts, 'sentences'>): readonly Handler[] => [
  handle(exportReport, async (ctx, { params: { table }, query }) => {
    // What customers wrote beside their ratings; the other tables are figures.
    if (table === 'ratings') checkTakesPeopleOut(ctx)
    const report = await reportOf(ctx.db, ctx.clock, query)
    const say: Say = (key, values) => sentences.say(ctx.request.language, key, values)
    const { headings, lines } = tableOf(report, table, say)
    ctx.record({ object: 'support_report', count: lines.length, after: { table, ...report.span } })
    const name = say('support.csv.file.report', {
      table: say(`support.csv.file.${table}`),
      from: report.span.from,
      until: report.span.until,
    })
    return file(name, [headings, ...lines.map((line) => line.map(asText))])
  }),

  handle(exportTickets, async (ctx, { query: filter }) => {
    checkTakesPeopleOut(ctx)
    const now = ctx.clock.now()
    const wanted = { filter, asker: ctx.actor.staffId, now }
    const say: Say = (key, values) => sentences.say(ctx.request.language, key, values)
    const count = await ticketCount(ctx.db, wanted)
    ctx.record({ object: 'ticket', count, after: { filter: withoutWords(filter) } })
    const { db } = ctx
    async function* lines() {
      yield ticketHeadings(say)
      yield* ticketLines(db, wanted, say)
    }
    return file(say('support.csv.file.tickets', { on: dayOf(now) }), lines())
  }),
]

/** A list of who asked is a list of clients: whoever may read it all does not take it out of the house yet. */
function checkTakesPeopleOut({ actor }: Pick<Context, 'actor'>): void {
  const permission = 'clients.export'
  if (!actor.permissions.has(permission)) throw new Platform('forbidden', { details: { permission } })
}

/** What was searched for may be a name or an illness, and the audit log forgets nothing: it learns that there was a search. */
const withoutWords = ({ q, ...filter }: TicketFilter) => ({ ...filter, ...(q && { searched: true }) })

function file(name: string, lines: Iterable<readonly string[]> | AsyncIterable<readonly string[]>): Stream {
  return new Stream(Readable.from(written(lines)), {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': attachment(name),
  })
}

async function* written(lines: Iterable<readonly string[]> | AsyncIterable<readonly string[]>) {
  yield byteOrderMark
  for await (const line of lines) yield csvLine(line)
}
