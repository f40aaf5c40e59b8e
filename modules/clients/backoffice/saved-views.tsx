import { Bookmark, ChevronDown, Pencil, Plus, RefreshCw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { deleteView, listSavedViews, replaceView, type SavedView, saveView } from '#contract/clients'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useGo } from '#platform/ui/link.tsx'
import { Menu, type MenuItem } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { stringifySearch } from '#platform/ui/url-state.ts'
import type { ClientFilters } from './client-filters.ts'
import { ViewName } from './view-name.tsx'
import { sameQuery, viewQuery } from './view-query.ts'

const page = 'clients'

type SavedViewsProps = { filters: ClientFilters; sort: string | undefined }
type Naming = { view: SavedView | null } | null

/** One's own views of the list: filters and order under a name. */
export function SavedViews({ filters, sort }: SavedViewsProps) {
  const t = useMessages()
  const go = useGo()
  const [naming, setNaming] = useState<Naming>(null)
  const { data } = useEndpoint(listSavedViews, { query: { page } })
  const onError = (error: ApiError) => notify.failed({ title: sentenceOf(error, t) })
  const saveAgain = useEndpoint(saveView, { onError })
  const replace = useEndpoint(replaceView, { onError })
  const remove = useEndpoint(deleteView, { onError })

  const query = viewQuery(filters, sort)
  const views = data?.rows ?? []
  const shown = views.find((view) => sameQuery(view.query, query))
  const forget = ({ id, name, query: kept }: SavedView) =>
    remove.mutate(
      { params: { id } },
      {
        onSuccess: () =>
          notify.done({
            title: t('clients.views.deleted', { name }),
            undo: () => saveAgain.mutate({ body: { page, name, query: kept } }),
          }),
      },
    )
  const overwrite = ({ id, name, query: kept }: SavedView) =>
    replace.mutate(
      { params: { id }, body: { name, query } },
      {
        onSuccess: () =>
          notify.done({
            title: t('clients.views.updated', { name }),
            undo: () => replace.mutate({ params: { id }, body: { name, query: kept } }),
          }),
      },
    )
  const items: MenuItem[] = [
    ...views.map((view) => ({
      group: t('clients.views.mine'),
      label: view.name,
      checked: view === shown,
      onSelect: () => go(`/clients${stringifySearch(view.query)}`),
    })),
    ...(shown
      ? [
          { label: t('clients.views.rename'), icon: Pencil, onSelect: () => setNaming({ view: shown }) },
          { label: t('clients.views.delete'), icon: Trash2, danger: true, onSelect: () => forget(shown) },
        ]
      : []),
    // The whole list in its own order is nothing to keep under a name.
    ...(!shown && Object.keys(query).length > 0
      ? [
          { label: t('clients.views.save'), icon: Plus, onSelect: () => setNaming({ view: null }) },
          ...views.map((view) => ({
            group: t('clients.views.update'),
            label: t('clients.views.update.one', { name: view.name }),
            icon: RefreshCw,
            onSelect: () => overwrite(view),
          })),
        ]
      : []),
  ]
  return (
    <>
      <Menu
        header={views.length === 0 && <p className="text-ink-muted">{t('clients.views.none')}</p>}
        items={items}
        trigger={
          <Button icon={Bookmark}>
            <span className="max-w-40 truncate">{shown?.name ?? t('clients.views')}</span>
            <ChevronDown aria-hidden size={16} className="-mr-1 text-ink-muted" />
          </Button>
        }
      />
      {naming && <ViewName page={page} view={naming.view} query={query} onClose={() => setNaming(null)} />}
    </>
  )
}
