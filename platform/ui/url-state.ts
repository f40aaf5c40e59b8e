/** A screen's filters live in its address, as plain words: `?status=prospect&department=54`. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import { useMessages } from './messages.tsx'
import { notify } from './toast.tsx'

export type SearchRecord = Record<string, string | string[]>

export function parseSearch(search: string): SearchRecord {
  const record: SearchRecord = {}
  for (const [key, value] of new URLSearchParams(search)) {
    const before = record[key]
    record[key] = before === undefined ? value : [before, value].flat()
  }
  return record
}

export function stringifySearch(record: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(record))
    for (const one of [value].flat())
      if (one !== undefined && one !== null && one !== '') params.append(key, String(one))
  const text = params.toString()
  return text && `?${text}`
}

/** What a Zod object offers; named by its shape, so that any schema of a contract fits. */
export type Schema<State> = {
  safeParse: (
    raw: unknown,
  ) =>
    | { success: true; data: State }
    | { success: false; error: { issues: readonly { path: readonly PropertyKey[] }[] } }
}

/**
 * Reads the page's filters from its address and changes them there. A filter that makes no sense
 * is left out rather than breaking the page: addresses are typed, shared and kept for years.
 *
 * @example
 * const [filters, setFilters] = useUrlState(listClients.input.query)
 * setFilters({ status: 'prospect' })                  // a new entry in the history
 * setFilters({ search: 'arn' }, { replace: true })    // while typing
 * setFilters({ status: undefined })                   // without it
 */
export function useUrlState<State extends object>(
  schema: Schema<State>,
): [State, (change: Partial<State>, options?: { replace?: boolean }) => void] {
  const raw: SearchRecord = useSearch({ strict: false })
  const navigate = useNavigate()
  const text = stringifySearch(raw)
  const state = useMemo(() => understand(schema, parseSearch(text)), [schema, text])
  useUnknownFilters(schema, text)
  const change = (part: Partial<State>, options?: { replace?: boolean }) =>
    void navigate({
      to: '.',
      search: (before: SearchRecord) => ({ ...before, ...part }),
      replace: options?.replace ?? false,
      resetScroll: false,
    })
  return [state, change]
}

/** What the page could not understand leaves its address, and that is said: the list would silently show all. */
function useUnknownFilters<State extends object>(schema: Schema<State>, text: string): void {
  const t = useMessages()
  const navigate = useNavigate()
  const [path] = useState(() => location.pathname)
  const tell = useEffectEvent((unknown: ReadonlySet<string>) => {
    notify.told({
      title: t('ui.filter.unknown', { count: unknown.size }),
      description: t('ui.filter.unknown.help'),
    })
    void navigate({
      to: '.',
      search: (before: SearchRecord) =>
        Object.fromEntries(Object.entries(before).filter(([key]) => !unknown.has(key))),
      replace: true,
      resetScroll: false,
    })
  })
  useEffect(() => {
    // While another page is on its way, its address is not this page's to judge.
    if (location.pathname !== path) return
    const raw = parseSearch(text)
    const unknown = misunderstood(schema, raw).intersection(new Set(Object.keys(raw)))
    if (unknown.size > 0) tell(unknown)
  }, [schema, text, path])
}

function misunderstood<State extends object>(schema: Schema<State>, raw: SearchRecord): Set<string> {
  const read = schema.safeParse(raw)
  return new Set(read.success ? [] : read.error.issues.map((issue) => String(issue.path[0])))
}

export function understand<State extends object>(schema: Schema<State>, raw: SearchRecord): State {
  const first = schema.safeParse(raw)
  if (first.success) return first.data
  const wrong = misunderstood(schema, raw)
  const kept = Object.fromEntries(Object.entries(raw).filter(([key]) => !wrong.has(key)))
  const second = schema.safeParse(kept)
  if (second.success) return second.data
  throw new Error('The schema of a page’s filters must accept an empty address')
}
