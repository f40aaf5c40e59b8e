import type { RawBuilder } from 'kysely'
import { z } from 'zod'
import { ticketSorts, type TicketSort } from '#contract/support'
import { readCursor } from '#platform/server/cursors.ts'
import { sql } from '#platform/server/db.ts'
import { WrongField } from '#platform/server/requests.ts'

/** What a queue is sorted by; after it always comes the id, so that equal keys keep their order from page to page. */
export type Order = {
  sort: TicketSort
  key: RawBuilder<unknown>
  type: RawBuilder<unknown>
  descending: boolean
  /** Tickets without the key stand last, whichever way the others go. */
  nullable: boolean
}

/** All six decimals, as `asText` writes them; the years are those PostgreSQL can read again. */
const exactInstant = z.iso.datetime({ precision: 6 }).regex(/^(19|20|21)/)
const moment = { type: sql`timestamptz`, shape: exactInstant }
const keys = {
  due: { ...moment, key: sql`t.due_at`, nullable: true },
  last: { ...moment, key: sql`t.last_message_at`, nullable: false },
  opened: { ...moment, key: sql`t.opened_at`, nullable: false },
  priority: {
    key: sql`array_position(array['low', 'normal', 'high', 'urgent'], t.priority)`,
    type: sql`integer`,
    shape: z.string().regex(/^[1-4]$/),
    nullable: false,
  },
} as const

const baseOf = (sort: TicketSort) => keys[sort.replace('-', '') as keyof typeof keys] // without its sign it is one

export function orderOf(sort: TicketSort): Order {
  const { shape: _, ...base } = baseOf(sort)
  return { sort, ...base, descending: sort.startsWith('-') }
}

/** A key as its cursor holds it. */
export const asText = ({ sort }: Order, key: RawBuilder<unknown>): RawBuilder<string | null> =>
  sort.endsWith('priority')
    ? sql`${key}::text`
    : sql`to_char(${key} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/** Where a page ended. */
export const Place = z.strictObject({ sort: z.enum(ticketSorts), key: z.string().nullable(), id: z.uuid() })
export type Place = z.infer<typeof Place>

/** The place in `after`, if this very order can have written it. */
export function placeAfter(after: string | undefined, sort: TicketSort): Place | undefined {
  const place = readCursor(Place, after)
  if (!place) return undefined
  const { shape, nullable } = baseOf(sort)
  const fits = place.sort === sort && (place.key === null ? nullable : shape.safeParse(place.key).success)
  if (!fits) throw new WrongField('query', 'after', 'cursor_invalid')
  return place
}
