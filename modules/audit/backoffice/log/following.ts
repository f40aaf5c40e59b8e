/**
 * The log as it grows: what is numbered after the list was read comes on top of it, and never moves what
 * somebody is reading. While they read (further down, a row under the pointer or the focus), it waits and is counted.
 */
import { type RefObject, useEffect, useEffectEvent, useState } from 'react'
import { type AuditEntry, listAuditEntries } from '#contract/audit'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import type { LogFilters } from './log-state.ts'

type Page = OutputOf<typeof listAuditEntries>
type Tail = {
  /** The first page of the list it grows on; another one begins anew. */
  of: Page | undefined
  /** The numbers from here on were not heard yet. */
  since: number | undefined
  shown: readonly AuditEntry[]
  waiting: readonly AuditEntry[]
}
type List = { first: Page | undefined; rows: readonly AuditEntry[] | undefined; retry: () => void }

const startOf = (first: Page | undefined): Tail => ({
  of: first,
  since: first?.size,
  shown: [],
  waiting: [],
})

/** Above this many pixels one is still at the top. */
const TOP = 60

export function useFollowing(filters: LogFilters, list: List, frame: RefObject<HTMLElement | null>) {
  const [wanted, setWanted] = useState(true)
  const [tail, setTail] = useState(() => startOf(list.first))
  if (tail.of !== list.first) setTail(startOf(list.first))

  // Nothing new can fall into a period that is over.
  const possible = filters.to === undefined
  const on = wanted && possible
  const { data: news } = useEndpoint(
    listAuditEntries,
    { query: { ...filters, since: tail.since, limit: 200 } },
    { enabled: on && tail.since !== undefined },
  )

  const isReading = () =>
    scrollY > TOP || Boolean(frame.current?.querySelector('tbody:is(:hover, :focus-within), ul li:hover'))
  const release = () =>
    setTail((now) =>
      now.waiting.length === 0 ? now : { ...now, shown: newestFirst(now.waiting, now.shown), waiting: [] },
    )
  const hear = useEffectEvent((page: Page) => {
    // Too much came since: the list is read from its top again.
    if (page.since === null) return list.retry()
    if (page.since !== tail.since || page.rows.length === 0) return
    const place = isReading() ? 'waiting' : 'shown'
    setTail((now) => ({ ...now, since: page.size, [place]: newestFirst(page.rows, now[place]) }))
  })
  useEffect(() => {
    // Whether somebody reads (scroll, pointer, focus) is known outside React alone.
    // oxlint-disable-next-line react/set-state-in-effect
    if (news) hear(news)
  }, [news])

  const releaseAtTop = () => {
    if (!isReading()) release()
  }
  const onScroll = useEffectEvent(releaseAtTop)
  useEffect(() => {
    addEventListener('scroll', onScroll, { passive: true })
    return () => removeEventListener('scroll', onScroll)
  }, [])

  const known = new Set(list.rows?.map(({ id }) => id))
  const isNew = ({ id }: AuditEntry) => !known.has(id)
  return {
    on,
    possible,
    toggle: () => setWanted(!wanted),
    rows: list.rows && [...tail.shown.filter(isNew), ...numbered(list.rows, tail)],
    fresh: new Set(tail.shown.filter(isNew).map(({ id }) => id)),
    waiting: tail.waiting.filter(isNew).length,
    /** How many the list has grown by since it was read. */
    grown: [...tail.shown, ...tail.waiting].filter(isNew).length,
    showWaiting: () => {
      scrollTo({ top: 0 })
      release()
    },
    /** The pointer left the rows. */
    leave: releaseAtTop,
  }
}

/** Entries that were read before they had a number get it. */
function numbered(rows: readonly AuditEntry[], { shown, waiting }: Tail): readonly AuditEntry[] {
  if (!rows.some(({ index }) => index === null)) return rows
  const heard = new Map([...shown, ...waiting].map((entry) => [entry.id, entry]))
  return rows.map((row) => (row.index === null ? (heard.get(row.id) ?? row) : row))
}

function newestFirst(more: readonly AuditEntry[], before: readonly AuditEntry[]): AuditEntry[] {
  const byId = new Map([...before, ...more].map((entry) => [entry.id, entry]))
  return [...byId.values()].toSorted((a, b) =>
    a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1,
  )
}
