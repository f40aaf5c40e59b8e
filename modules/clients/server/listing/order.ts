import type { RawBuilder } from 'kysely'
import { z } from 'zod'
import { clientSorts, type ClientFilter, type ClientSort } from '#contract/clients'
import { Day } from '#platform/contract/ids.ts'
import { sql } from '#platform/server/db.ts'
import { readCursor } from '#platform/server/cursors.ts'
import { WrongField } from '#platform/server/requests.ts'
import { nextPayment } from '../next-payment.ts'

/** What a list is sorted by; after it always comes the id, so that equal keys keep their order from page to page. */
export type Order = {
  sort: ClientSort
  /** Clients `c`, with what the key needs besides. */
  source: RawBuilder<unknown>
  key: RawBuilder<unknown>
  type: RawBuilder<unknown>
  descending: boolean
  /** Clients without the key stand last, whichever way the others go. */
  nullable: boolean
  /** An index holds this order: a page is read from it, and not sorted out of all that match. */
  indexed: boolean
}

/** All six decimals, as written by PostgreSQL below; the years are those it can read again. */
const exactInstant = z.iso.datetime({ precision: 6 }).regex(/^(19|20|21)/)
const clients = { source: sql`clients c`, indexed: true }
const keys = {
  name: {
    ...clients,
    key: sql`c.sort_name`,
    type: sql`text`,
    nullable: false,
    shape: z.string().regex(/^[a-z0-9@._+ -]*$/),
  },
  nextPayment: {
    source: sql`clients c left join subscriptions paid on paid.client_id = c.id and paid.is_current`,
    indexed: false,
    key: nextPayment(sql`c.next_payment_on`, sql`paid`),
    type: sql`date`,
    nullable: true,
    shape: Day,
  },
  lastSignIn: {
    ...clients,
    key: sql`c.last_sign_in_at`,
    type: sql`timestamptz`,
    nullable: true,
    shape: exactInstant,
  },
  trialEnds: {
    source: sql`clients c left join subscriptions trial
      on trial.client_id = c.id and trial.is_current and trial.status = 'trialing'`,
    indexed: false,
    key: sql`trial.trial_ends_on`,
    type: sql`date`,
    nullable: true,
    shape: Day,
  },
  created: {
    ...clients,
    key: sql`c.created_at`,
    type: sql`timestamptz`,
    nullable: false,
    shape: exactInstant,
  },
} as const

/** A key as its cursor holds it. */
export const asText = ({ sort }: Order, key: RawBuilder<unknown>): RawBuilder<string | null> =>
  /lastSignIn|created/.test(sort)
    ? sql`to_char(${key} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
    : sql`${key}::text`

/** Relevance needs words; without them it is the order of names. */
export function sortOf(filter: ClientFilter, sort: ClientSort | undefined): ClientSort {
  const wished = sort ?? 'relevance'
  return wished === 'relevance' && !filter.q ? 'name' : wished
}

const baseOf = (sort: ClientSort) =>
  // Without its sign a sort is a key of the table above, but for relevance, where names break the ties.
  keys[sort === 'relevance' ? 'name' : (sort.replace('-', '') as keyof typeof keys)]

export function orderOf(sort: ClientSort): Order {
  const { shape: _, ...base } = baseOf(sort)
  return { sort, ...base, descending: sort.startsWith('-') }
}

/** Where a page ended: the key as text (null where it is missing), the rank of a search, the id. */
export const Place = z.strictObject({
  sort: z.enum(clientSorts),
  rank: z.int().min(0).max(4).optional(),
  key: z.string().max(600).nullable(),
  id: z.uuid(),
})
export type Place = z.infer<typeof Place>

/** The place in `after`, if this very order can have written it. */
export function placeAfter(after: string | undefined, sort: ClientSort): Place | undefined {
  const place = readCursor(Place, after)
  if (!place) return undefined
  const { shape, nullable } = baseOf(sort)
  const fits =
    place.sort === sort &&
    (place.rank !== undefined) === (sort === 'relevance') &&
    (place.key === null ? nullable : shape.safeParse(place.key).success)
  if (!fits) throw new WrongField('query', 'after', 'cursor_invalid')
  return place
}
