import { ArchiveRestore, FileText, Pencil, Trash2 } from 'lucide-react'
import { type ClientRow, type ClientStatus, clientStatuses } from '#contract/clients'
import type { RowAction } from '#platform/ui/data-table.tsx'
import type { MenuItem } from '#platform/ui/menu.tsx'
import type { Translate } from '#platform/ui/messages.tsx'
import { clientTo, editTo, type ListAddress } from './addresses.ts'
import type { ClientActs } from './client-acts.ts'
import { clientCan } from './client-can.ts'

type Given = { t: Translate; may: (permission: string) => boolean; acts: ClientActs; from: ListAddress }

/** What one can do with a client from its line. */
export function rowActions(client: ClientRow, { t, may, acts, from }: Given): RowAction[] {
  return [
    { label: t('clients.open'), icon: FileText, to: clientTo(client.id, from) },
    ...(clientCan.edit(client, may)
      ? [
          { label: t('clients.edit'), icon: Pencil, to: editTo(client.id), quick: true },
          ...statusItems(t, client.status, (status) => acts.changeStatus({ ids: [client.id] }, status)),
        ]
      : []),
    ...(clientCan.trash(client, may)
      ? [
          {
            label: t('clients.trash'),
            icon: Trash2,
            danger: true,
            quick: true,
            group: ' ',
            onSelect: () => acts.trash(client),
          },
        ]
      : []),
    ...(clientCan.restore(client, may)
      ? [
          {
            label: t('clients.restore'),
            icon: ArchiveRestore,
            quick: true,
            onSelect: () => acts.restore(client),
          },
        ]
      : []),
  ]
}

/** The four statuses, the present one ticked. */
export function statusItems(
  t: Translate,
  present: ClientStatus | undefined,
  choose: (status: ClientStatus) => void,
): MenuItem[] {
  return clientStatuses.map((status) => ({
    label: t(`clients.status.${status}`),
    group: t('clients.change-status'),
    checked: status === present,
    onSelect: () => status !== present && choose(status),
  }))
}
