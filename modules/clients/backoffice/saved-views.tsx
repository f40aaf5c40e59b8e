import { Bookmark, ChevronDown, Link2, Pencil, Plus, RefreshCw, Trash2 } from 'lucide-react'
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
import { ViewName } from './view-name.tsx'
import { sameQuery, type ViewQuery } from './view-query.ts'

export type SavedViewsProps = {
  /** Which list they are of, as the views know it. */
  page: string
  /** Where it is: a view is its address. */
  address: `/${string}`
  /** What is shown, as its address says it. */
  query: ViewQuery
}
type Naming = { view: SavedView | null } | null

/** One's own views of the list: filters and order under a name. */
export function SavedViews({ page, address, query }: SavedViewsProps) {
  const t = useMessages()
  const go = useGo()
  const [naming, setNaming] = useState<Naming>(null)
  const { data } = useEndpoint(listSavedViews, { query: { page } })
  const onError = (error: ApiError) => notify.failed({ title: sentenceOf(error, t) })
  const saveAgain = useEndpoint(saveView, { onError })
  const replace = useEndpoint(replaceView, { onError })
  const remove = useEndpoint(deleteView, { onError })

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
  const copy = async () => {
    await navigator.clipboard.writeText(location.origin + address + stringifySearch(query))
    notify.done({ title: t('clients.views.copied') })
  }
  const items: MenuItem[] = [
    ...views.map((view) => ({
      group: t('clients.views.mine'),
      label: view.name,
      checked: view === shown,
      onSelect: () => go(address + stringifySearch(view.query)),
    })),
    ...(shown
      ? [
          { label: t('clients.views.rename'), icon: Pencil, onSelect: () => setNaming({ view: shown }) },
          { label: t('clients.views.delete'), icon: Trash2, danger: true, onSelect: () => forget(shown) },
        ]
      : []),
    // Whoever is sent it sees the same under their own rights, and keeps it under a name of their own.
    ...(Object.keys(query).length > 0 && isSecureContext
      ? [{ label: t('clients.views.copy'), icon: Link2, onSelect: () => void copy() }]
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
