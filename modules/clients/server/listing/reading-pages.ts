import type { RawBuilder } from 'kysely'
import type { Place } from './order.ts'
import { stretchesOf, type PageRequest } from './page-sql.ts'
import { partOfPage, type PagePart } from './queries.ts'

export type Page = {
  /** A JSON array. */
  rows: string
  /** Null when there are more than anybody counts. */
  total: number | null
  /** What the whole list pays a month; null where nobody asked for money. */
  monthlyCents: number | null
  /** The place of the last row, when the list goes on behind it. */
  last: (Omit<Place, 'sort' | 'rank'> & { rank: number | null }) | null
}

/** A page out of one stretch, which nearly every page is, or out of two. */
export async function readPage(
  ask: (question: RawBuilder<PagePart>) => Promise<readonly PagePart[]>,
  request: PageRequest,
): Promise<Page> {
  const rows: string[] = []
  let total: number | null = null
  let monthlyCents: number | null = null
  let last: Page['last'] = null
  let take = request.limit
  for (const [at, stretch] of stretchesOf(request).entries()) {
    const [part] = await ask(partOfPage(request, stretch, { take, counted: at === 0 }))
    if (!part) throw new Error('an aggregate without groups has one row')
    if (at === 0) ({ total, monthlyCents } = part)
    if (part.rows !== null) rows.push(part.rows)
    if (part.id !== null) last = { key: part.key, id: part.id, rank: part.rank }
    if (part.got > take) return { rows: `[${rows.join(',')}]`, total, monthlyCents, last }
    take -= part.got
  }
  return { rows: `[${rows.join(',')}]`, total, monthlyCents, last: null }
}
