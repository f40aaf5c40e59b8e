/**
 * What each statement of a transaction did, asked around each: what stands then, less what stood before. A table that others can
 * still read is looked at from both sides (`images.ts`), one that is closed to them is listed from inside (`listing.ts`).
 */
import type { ClientBase } from 'pg'
import type { Statement } from '../statements/reading.ts'
import type { Bounds } from './bounds.ts'
import {
  because,
  between,
  betweenLists,
  countedOnly,
  effectOf,
  isNone,
  isNothing,
  less,
  none,
  nothing,
  pairs,
  type Difference,
  type Standing,
} from './effects.ts'
import { derived } from './derived.ts'
import { filled, lostOf, standingOn, type Columns } from './lost-columns.ts'
import { changed, changeOf, read, type Image, type Numbers } from './images.ts'
import { bytesOf, countOf, holdStill, list, type Listing } from './listing.ts'
import type { Effect, StatementReport } from './simulation.ts'
import { comparing, type Pair } from './values.ts'
import {
  catalogue,
  countsOf,
  factsOf,
  heldBy,
  reached,
  tablesOf,
  type Catalogue,
  type Counted,
  type Counts,
  type Held,
  type Table,
} from './touched.ts'

export type Seen = Pick<StatementReport, 'effects' | 'values' | 'changes' | 'moreChanges'>
/** Of a table, what was found when it was last looked at. */
type Known = {
  standing: Standing
  counted: Counted
  file: string
  listing?: Listing | undefined
  /** Where it was too long to be listed. */
  count?: number | undefined
  /** Where some may go. */
  columns?: Columns | undefined
  /** Of rows we made, so that they can still be told when they went again. */
  images: Map<string, Image>
}

/** Those that empty, drop or write a table anew; no other definition touches rows. */
const touchesRows = new Set(['TRUNCATE', 'DROP', 'ALTER TABLE'])
const noPages: Counts['pages'] = new Map()
const noneYet: Counted = { inserted: 0, updated: 0, deleted: 0 }

export function lookingAt(at: {
  inside: ClientBase
  beside: ClientBase
  numbers: Numbers
  bounds: Bounds
  /** Before anything ran. */
  first: Catalogue
  /** Where nothing changes the schema: whom somebody else may ask about, who has asked before and knows where to look. */
  pid?: number | undefined
}) {
  const { inside, beside, numbers, bounds, first, pid } = at
  const known = new Map<string, Known>()
  let tables: Table[] = []
  let there = first
  /** Rows of which before and after are told: of the statement that comes, and of those after it. */
  let left = bounds.changes
  let later = 0
  let leftToCompare = bounds.compared
  const values = comparing(inside)
  let held: Held | undefined
  /** Tables that we hold still, and nothing that was typed does. */
  const ours = new Set<string>()
  let counts: Counts | undefined

  const of = (table: Pick<Table, 'oid' | 'file'>): Known => {
    const found = known.get(table.oid) ?? {
      standing: nothing,
      counted: noneYet,
      file: first.get(table.oid)?.file ?? table.file,
      images: new Map(),
      // What we made ourselves was empty when it began.
      ...(!first.has(table.oid) && {
        listing: { rows: new Map(), sums: new Map(), columns: [], images: new Map() },
      }),
    }
    known.set(table.oid, found)
    return found
  }

  /** @param turns of statements that may change something, from the next one on: each has its part, and what one leaves is the others' */
  function allot(turns: number): void {
    const all = left + later
    left = Math.ceil(all / Math.max(1, turns))
    later = all - left
  }

  /** Whatever will be asked afterwards and can only be known now. */
  async function before(
    statement: Pick<Statement, 'does' | 'command' | 'names' | 'text'> | null,
  ): Promise<void> {
    if (statement?.does === 'reads') return
    if (statement?.does !== 'changes_schema') {
      for (const table of tables)
        if (table.closed) {
          const one = of(table)
          one.listing ??= await list(inside, table, bounds)
        }
      return
    }
    // It takes the very lock that we have taken.
    if (statement.command === 'CREATE INDEX')
      for (const { oid } of await reached(inside, statement.names, false)) ours.delete(oid)
    if (!touchesRows.has(statement.command)) return
    const others = statement.command === 'DROP' ? await standingOn(inside, statement.names) : []
    const targets = await reached(inside, statement.names, statement.command === 'TRUNCATE', others)
    const mayDrop = statement.command !== 'TRUNCATE' && /drop/i.test(statement.text)
    for (const oid of await holdStill(inside, targets)) ours.add(oid)
    for (const table of targets) {
      const one = of(table)
      one.counted = table.counted
      one.listing = await list(
        inside,
        table,
        bounds,
        statement.command === 'ALTER TABLE' ? table.columns : undefined,
      )
      one.columns = mayDrop ? await filled(inside, table, one.listing !== undefined) : undefined
      one.count = one.listing?.rows.size ?? (table.readable ? await countOf(inside, table) : undefined)
    }
  }

  async function after(
    statement: Pick<Statement, 'does' | 'command' | 'names' | 'drawn'> | null,
  ): Promise<Seen> {
    const seen: Seen = { effects: {}, changes: [], moreChanges: 0 }
    await ask()
    if (statement?.does === 'reads') return seen
    tables = await tablesMoved()
    const earlier = there
    const defines = statement?.does === 'changes_schema'
    if (defines || tables.some(({ closed }) => closed)) await dropped(seen)
    for (const table of tables) {
      const one = of(table)
      const isApart = table.closed || !first.has(table.oid)
      const effect = isApart
        ? await afterApart(table, one, defines ? statement : undefined, earlier.has(table.oid), seen)
        : await afterShared(table, one, seen)
      const lost = one.columns ? await lostOf(inside, table, one.columns) : []
      one.columns = undefined
      one.counted = table.counted
      one.file = table.file
      if (effect || lost.length)
        seen.effects[table.name] = { ...none, ...effect, ...(lost.length && { lost }) }
    }
    seen.values = await values.settle(statement)
    return seen
  }

  /** At the same time of both: what was counted, and what is held. */
  async function ask(): Promise<void> {
    ;[counts, held] = await Promise.all([
      countsOf(inside, [...known.keys()]),
      pid === undefined ? undefined : heldBy(beside, pid),
    ])
  }

  async function tablesMoved(): Promise<Table[]> {
    if (!counts) return []
    const facts = new Map(held?.facts.map((one) => [one.oid, one]))
    // What was undone is held no more, and is counted still.
    const unknown = counts.moved.filter(({ oid }) => !facts.has(oid)).map(({ oid }) => oid)
    const others = await factsOf(pid === undefined ? inside : beside, unknown)
    const all = [...facts.values(), ...others]
    return tablesOf(counts, others.length ? all.toSorted((a, b) => (a.sql < b.sql ? -1 : 1)) : all)
  }

  /** Whether something has changed since anybody looked: what only reads is not looked at. */
  const isBehind = () =>
    counts?.moved.some(({ oid, counted }) => !isNothing(less(counted, known.get(oid)?.counted ?? noneYet))) ??
    false

  /** Tables that are there no more. */
  async function dropped(seen: Seen): Promise<void> {
    const now = await catalogue(inside)
    for (const [oid, { name, kind }] of there) {
      if (now.has(oid)) continue
      const one = known.get(oid)
      known.delete(oid)
      const rowsGone = one?.count ?? one?.listing?.rows.size
      seen.effects[name] = {
        ...none,
        dropped: true,
        ...(rowsGone !== undefined && { rowsGone }),
        ...because(rowsGone === undefined && kind !== 'p' ? 'closed' : undefined),
      }
      if (one?.listing) tellGone(name, one.listing, rowsGone ?? 0, seen)
    }
    there = now
  }

  async function afterShared(table: Table, one: Known, seen: Seen): Promise<Effect | undefined> {
    const counted = less(table.counted, one.counted)
    // It counts too much, and never too little: what has not moved need not be looked at again.
    if (isNothing(counted)) return undefined
    if (!table.readable) return countedOnly(counted, 'unreadable')
    const found = await changed(inside, beside, table, numbers, bounds.counted).catch((error: unknown) => {
      // Somebody else closed it, and waits for us perhaps.
      if (error instanceof Error && 'code' in error && error.code === '55P03') return undefined
      throw error
    })
    if (!found?.whole) {
      seen.moreChanges += counted.inserted + counted.updated + counted.deleted
      return countedOnly(counted, found ? 'too_many' : 'closed')
    }
    const difference = between(one.standing, found)
    one.standing = found
    if (isNone(difference)) return table.hidden ? countedOnly(counted, 'hidden_rows') : undefined
    const pairs = await tell(table, difference, one.images, seen)
    if (pairs && !derived.has(table.name)) await values.compare(table, pairs)
    return effectOf(difference, table, counted)
  }

  async function afterApart(
    table: Table,
    one: Known,
    definition: Pick<Statement, 'command' | 'names'> | undefined,
    wasThere: boolean,
    seen: Seen,
  ): Promise<Effect | undefined> {
    const was = one.listing
    const isNewFile = table.file !== one.file
    const isOtherwise = isNewFile || !isNothing(less(table.counted, one.counted))
    const wasEmptied =
      definition === undefined
        ? isNewFile
        : definition.command === 'TRUNCATE' && (isNewFile || definition.names.includes(nameOf(table)))
    if (wasEmptied) {
      one.listing = undefined
      const rowsGone = one.count ?? was?.rows.size
      if (was) tellGone(table.name, was, rowsGone ?? 0, seen)
      const again = definition || !table.readable ? 0 : await countOf(inside, table)
      return {
        ...none,
        inserted: again,
        truncated: true,
        ...(rowsGone !== undefined && { rowsGone }),
        ...because(rowsGone === undefined ? 'closed' : table.hidden ? 'hidden_rows' : undefined),
      }
    }
    if (definition && wasThere) {
      one.listing = undefined
      if (!isNewFile) return undefined
      const effect = await writtenAnew(table, was, seen)
      // What we made ourselves nobody had to write before.
      if (!first.has(table.oid)) return effect
      return { ...none, ...effect, rewritten: { rows: one.count, bytes: await bytesOf(inside, table) } }
    }
    if (!isOtherwise) return undefined
    const counted = less(table.counted, one.counted)
    const is = was && (await list(inside, table, bounds))
    one.listing = is
    if (!was || !is) {
      seen.moreChanges += counted.inserted + counted.updated + counted.deleted
      return isNothing(counted) ? undefined : countedOnly(counted, whyNotListed(table))
    }
    const difference = betweenLists(was.rows, is.rows)
    if (isNone(difference)) return undefined
    for (const [ctid, image] of was.images) one.images.set(ctid, image)
    const pairs = await tell(table, difference, one.images, seen)
    if (pairs && !derived.has(table.name)) await values.compare(table, pairs)
    return effectOf(difference, table, counted)
  }

  /** Every row of it lies elsewhere now; those have changed that hold something else. */
  async function writtenAnew(
    table: Table,
    was: Listing | undefined,
    seen: Seen,
  ): Promise<Effect | undefined> {
    const isComparable = was?.columns.every((name) => table.columns.includes(name))
    if (!was || !isComparable) return { ...none, ...because(was ? 'no_key' : whyNotListed(table)) }
    const is = await list(inside, table, bounds, was.columns)
    if (!is) return { ...none, ...because(whyNotListed(table)) }
    const others = [...is.sums].filter(([key, sum]) => was.sums.get(key) !== sum).map(([key]) => key)
    if (others.length === 0) return undefined
    const [earlier, later] = [byKey(was), byKey(is)]
    const shown = others.slice(0, left).filter((key) => earlier.has(key) && later.has(key))
    left -= shown.length
    for (const key of shown) seen.changes.push(changeOf(table.name, earlier.get(key), later.get(key)))
    seen.moreChanges += others.length - shown.length
    return { ...none, updated: others.length }
  }

  function tellGone(name: string, { images }: Listing, all: number, seen: Seen): void {
    const shown = [...images.values()].slice(0, left)
    left -= shown.length
    for (const image of shown) seen.changes.push(changeOf(name, image))
    seen.moreChanges += all - shown.length
  }

  /** Before and after of the first of them. @returns of all of them, unless there are too many */
  async function tell(
    table: Table,
    difference: Difference,
    images: Map<string, Image>,
    seen: Seen,
  ): Promise<Pair[] | undefined> {
    const all = difference.before.count + difference.after.count - difference.same
    let isWhole = all <= leftToCompare
    if (isWhole) leftToCompare -= all
    const first = pairs(difference, isWhole ? all : left)
    const found: Pair[] = []
    const [nowThere, stillThere] = await Promise.all([
      read(
        inside,
        table,
        first.flatMap(({ after: place }) => place ?? []),
      ),
      read(
        beside,
        table,
        first.flatMap(({ before: was }) => (was && !was.own ? was.place : [])),
      ),
    ])
    for (const [ctid, image] of nowThere) images.set(ctid, image)
    for (const { before: was, after: is } of first) {
      const image = was && (was.own ? images : stillThere).get(was.place)
      // One that nobody can show any more is counted and not told.
      if (was && !image) {
        isWhole = false
        continue
      }
      const after = nowThere.get(is ?? '')
      found.push({ before: image, own: was?.own ?? false, after })
      if (left === 0) continue
      left--
      seen.changes.push(changeOf(table.name, image, after))
      seen.moreChanges--
    }
    seen.moreChanges += all
    return isWhole ? found : undefined
  }

  /** What we made in tables that stay as they were: versions that somebody will have to clear away. */
  const deadRows = () =>
    [...known].reduce(
      (sum, [oid, { counted, file }]) =>
        first.get(oid)?.file === file ? sum + counted.inserted + counted.updated : sum,
      0,
    )

  return {
    allot,
    before,
    after,
    deadRows,
    isBehind,
    pages: () => counts?.pages ?? noPages,
    held: () => held,
    ours,
  }
}

const nameOf = ({ name }: Table) => name.slice(name.lastIndexOf('.') + 1)

const whyNotListed = ({ readable, hidden }: Table) =>
  readable ? (hidden ? 'hidden_rows' : 'too_many') : 'unreadable'

function byKey({ rows, images, sums }: Listing): Map<string, Image> {
  const isKeyed = sums.has(rows.values().next().value ?? '')
  return new Map(
    [...rows].flatMap(([ctid, key], index) => {
      const image = images.get(ctid)
      return image ? [[isKeyed ? key : String(index), image]] : []
    }),
  )
}
