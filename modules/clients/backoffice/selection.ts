/** What is selected in the list: some rows, or all that its filters show, loaded or not. */
import { useState } from 'react'
import type { ClientRow, ClientSelection } from '#contract/clients'
import type { ClientFilters } from './client-filters.ts'

type Chosen = { of: string; ids: ReadonlySet<string>; everything: boolean }

export function useSelection(
  filters: ClientFilters,
  rows: readonly ClientRow[] | undefined,
  total: number | undefined,
) {
  // Under other filters a selection would act on people one does not see any more.
  const of = JSON.stringify(filters)
  const [kept, setKept] = useState<Chosen>({ of, ids: new Set(), everything: false })
  const { ids, everything } = kept.of === of ? kept : { ids: new Set<string>(), everything: false }
  const clear = () => setKept({ of, ids: new Set(), everything: false })

  const allLoaded = Boolean(rows?.length) && Boolean(rows?.every(({ id }) => ids.has(id)))
  const chosen: ClientSelection = everything ? { filter: filters } : { ids: [...ids] }
  return {
    /** Rows that come later belong to "everything" too. */
    shown: everything ? new Set(rows?.map(({ id }) => id)) : ids,
    count: everything ? (total ?? ids.size) : ids.size,
    chosen,
    choose: (next: ReadonlySet<string>) => setKept({ of, ids: next, everything: false }),
    clear,
    everything:
      allLoaded && !everything && total !== undefined && total > ids.size
        ? { count: total, take: () => setKept({ of, ids, everything: true }) }
        : null,
  }
}
