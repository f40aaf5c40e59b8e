import { Bookmark, ChevronDown, Pencil, Plus, RefreshCw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import {
  type AuditSearch,
  deleteAuditSearch,
  listAuditSearches,
  replaceAuditSearch,
  saveAuditSearch,
} from '#contract/audit'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useGo } from '#platform/ui/link.tsx'
import { Menu, type MenuItem } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { stringifySearch } from '#platform/ui/url-state.ts'
import { type LogFilters, queryOf, sameQuery } from './log-state.ts'
import { SearchName } from './search-name.tsx'

type Naming = { search: AuditSearch | null } | null

/** One's own searches of the log: filters under a name. */
export function SavedSearches({ filters }: { filters: LogFilters }) {
  const t = useMessages()
  const go = useGo()
  const [naming, setNaming] = useState<Naming>(null)
  const { data } = useEndpoint(listAuditSearches)
  const onError = (error: ApiError) => notify.failed({ title: sentenceOf(error, t) })
  const saveAgain = useEndpoint(saveAuditSearch, { onError })
  const replace = useEndpoint(replaceAuditSearch, { onError })
  const remove = useEndpoint(deleteAuditSearch, { onError })

  const query = queryOf(filters)
  const searches = data?.rows ?? []
  const shown = searches.find((search) => sameQuery(search.query, query))
  const forget = ({ id, name, query: kept }: AuditSearch) =>
    remove.mutate(
      { params: { id } },
      {
        onSuccess: () =>
          notify.done({
            title: t('audit.searches.deleted', { name }),
            undo: () => saveAgain.mutate({ body: { name, query: kept } }),
          }),
      },
    )
  const overwrite = ({ id, name, query: kept }: AuditSearch) =>
    replace.mutate(
      { params: { id }, body: { name, query } },
      {
        onSuccess: () =>
          notify.done({
            title: t('audit.searches.updated', { name }),
            undo: () => replace.mutate({ params: { id }, body: { name, query: kept } }),
          }),
      },
    )
  const items: MenuItem[] = [
    ...searches.map((search) => ({
      group: t('audit.searches.mine'),
      label: search.name,
      checked: search === shown,
      onSelect: () => go(`/audit${stringifySearch(search.query)}`),
    })),
    ...(shown
      ? [
          {
            label: t('audit.searches.rename'),
            icon: Pencil,
            group: ' ',
            onSelect: () => setNaming({ search: shown }),
          },
          {
            label: t('audit.searches.delete'),
            icon: Trash2,
            danger: true,
            group: ' ',
            onSelect: () => forget(shown),
          },
        ]
      : []),
    // The whole log is nothing to keep under a name.
    ...(!shown && Object.keys(query).length > 0
      ? [
          {
            label: t('audit.searches.save'),
            icon: Plus,
            group: ' ',
            onSelect: () => setNaming({ search: null }),
          },
          ...searches.map((search) => ({
            group: t('audit.searches.update'),
            label: t('audit.searches.update.one', { name: search.name }),
            icon: RefreshCw,
            onSelect: () => overwrite(search),
          })),
        ]
      : []),
  ]
  return (
    <>
      <Menu
        header={searches.length === 0 && <p className="text-ink-muted">{t('audit.searches.none')}</p>}
        items={items}
        trigger={
          <Button icon={Bookmark}>
            <span className="max-w-40 truncate">{shown?.name ?? t('audit.searches')}</span>
            <ChevronDown aria-hidden size={16} className="-mr-1 text-ink-muted" />
          </Button>
        }
      />
      {naming && <SearchName search={naming.search} query={query} onClose={() => setNaming(null)} />}
    </>
  )
}
