/** A quote as its readers see it. */
import type { Quote, QuoteState, QuoteSummary } from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { found, type Context } from '#platform/server/requests.ts'
import { within } from '../within.ts'
import { documentsOf, quoteById, type KeptQuote } from './queries.ts'

export type QuoteRow = NonNullable<Awaited<ReturnType<typeof quoteById>>>
type Row = Pick<
  QuoteRow,
  | 'id'
  | 'state'
  | 'number'
  | 'issuedOn'
  | 'validUntil'
  | 'clientId'
  | 'firstName'
  | 'lastName'
  | 'email'
  | 'totalExclCents'
  | 'totalInclCents'
  | 'createdAt'
>

/** What was offered and not decided upon by its last day is over, though nobody wrote it down. */
export function standingOf(
  { state, validUntil }: Pick<Row, 'state' | 'validUntil'>,
  today: string,
): QuoteState {
  if (state === 'sent' && validUntil !== null && validUntil < today) return 'expired'
  return state as QuoteState // the column's CHECK holds the other four
}

export const summaryOf = (row: Row, today: string): QuoteSummary => ({
  id: row.id,
  state: standingOf(row, today),
  number: row.number,
  issuedOn: row.issuedOn,
  validUntil: row.validUntil,
  client: { id: row.clientId, firstName: row.firstName, lastName: row.lastName, email: row.email },
  exclCents: row.totalExclCents,
  inclCents: row.totalInclCents,
  createdAt: row.createdAt.toISOString(),
})

/** Its own schema wrote what stands there. */
export const keptOf = ({ content }: Pick<QuoteRow, 'content'>) => content as unknown as KeptQuote

/** @throws NotFound, also where it is not theirs to see */
export async function quoteSeen(
  ctx: Pick<Context, 'actor'> & { db: CentralDb },
  id: string,
): Promise<QuoteRow> {
  return found(await quoteById(ctx.db, id, within(ctx.actor, 'invoices.read')))
}

export async function shownQuote(ctx: Pick<Context, 'db' | 'actor' | 'clock'>, id: string): Promise<Quote> {
  const row = await quoteSeen(ctx, id)
  const { discount, orderReference, note, lines } = keptOf(row)
  return {
    ...summaryOf(row, dayOf(ctx.clock.now())),
    discount,
    orderReference,
    note,
    lines,
    vatCents: row.totalInclCents - row.totalExclCents,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    revision: row.revision,
    updatedAt: row.updatedAt.toISOString(),
    invoices: (await documentsOf(ctx.db, id)).map(({ typeCode, ...rest }) => ({
      ...rest,
      typeCode: typeCode as Quote['invoices'][number]['typeCode'], // the column's CHECK holds the same four
    })),
  }
}
