import { ArchiveRestore, ChevronDown, Trash2 } from 'lucide-react'
import { bulkLimit, type ClientSelection } from '#contract/clients'
import { Button } from '#platform/ui/button.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import type { ClientActs } from './client-acts.ts'
import { statusItems } from './row-actions.ts'

type BulkActionsProps = {
  acts: ClientActs
  selection: ClientSelection
  inTrash: boolean
  /** All that the filters show can be taken at once: how many they are. */
  everything: { count: number; take: () => void } | null
  onDone: () => void
}

/** What one may do with all that is selected. */
export function BulkActions({ acts, selection, inTrash, everything, onDone }: BulkActionsProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const act = (run: () => void) => () => {
    run()
    onDone()
  }
  return (
    <>
      {everything && everything.count <= bulkLimit && (
        <Button variant="ghost" onClick={everything.take}>
          {t('clients.select-all', { count: everything.count, shown: formats.integer(everything.count) })}
        </Button>
      )}
      {inTrash && may('clients.trash') && (
        <Button icon={ArchiveRestore} onClick={act(() => acts.restoreAll(selection))}>
          {t('clients.restore')}
        </Button>
      )}
      {!inTrash && may('clients.write') && (
        <Menu
          items={statusItems(t, undefined, (status) => act(() => acts.changeStatus(selection, status))())}
          trigger={
            <Button>
              {t('clients.change-status')}
              <ChevronDown aria-hidden size={16} className="-mr-1 text-ink-muted" />
            </Button>
          }
        />
      )}
      {!inTrash && may('clients.trash') && (
        <Button icon={Trash2} onClick={act(() => acts.trashAll(selection))}>
          {t('clients.trash')}
        </Button>
      )}
    </>
  )
}
