/** One client: who they are, what they pay, what happened, and what can be done. */
import { ArchiveRestore, ChevronDown, ChevronUp, Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { type Client, clientNeighbours, getClient } from '#contract/clients'
import { Button } from '#platform/ui/button.tsx'
import { Cards } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { ButtonLink, useGo, usePathParam } from '#platform/ui/link.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import { useUrlState } from '#platform/ui/url-state.ts'
import { clientTo, editTo } from './addresses.ts'
import { useClientActs } from './client-acts.ts'
import { clientCan } from './client-can.ts'
import { ListState } from './client-filters.ts'
import { ClientInvoices } from './client-invoices.tsx'
import { ClientSkeleton } from './client-skeleton.tsx'
import { ClientUnreadable } from './client-unreadable.tsx'
import { spokenName, StatusBadge } from './client-words.tsx'
import { ContactCard, HistoryCard, IdentityCard, NoteCard, NumbersCard } from './fact-cards.tsx'
import { statusItems } from './row-actions.ts'
import { SubscriptionCard } from './subscription-card.tsx'
import { Timeline } from './timeline.tsx'
import { TrashBanner } from './trash-banner.tsx'

export function ClientPage() {
  const t = useMessages()
  const client = useEndpoint(getClient, { params: { id: usePathParam('id') } })
  if (client.data) return <Shown client={client.data} />
  if (client.error) return <ClientUnreadable error={client.error} retry={client.refetch} />
  return (
    <>
      <PageHeader title={t('clients.one')} />
      <ClientSkeleton />
    </>
  )
}

function Shown({ client }: { client: Client }) {
  const may = useMay()
  return (
    <>
      <PageHeader
        title={spokenName(client)}
        count={<StatusBadge status={client.status} />}
        secondary={
          <>
            <Neighbours id={client.id} />
            <Cards of="client_acts" id={client.id} quiet />
            <Acts client={client} />
          </>
        }
        primary={<Primary client={client} />}
      />
      {client.trashedAt && <TrashBanner client={client} />}
      {/* Side by side, or one under the other with what is needed first on top. */}
      <div className="flex flex-col gap-4 lg:grid lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start">
        <div className="flex min-w-0 flex-col gap-4 max-lg:contents max-lg:*:not-first:order-2 lg:order-last">
          <ContactCard client={client} />
          <IdentityCard client={client} />
          <NumbersCard client={client} />
          <HistoryCard client={client} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 max-lg:contents max-lg:*:order-1">
          <SubscriptionCard client={client} />
          <Cards of="client" id={client.id} />
          <NoteCard client={client} />
          {may('invoices.read') && <ClientInvoices clientId={client.id} />}
          <Cards of="client_account" id={client.id} />
          <Timeline clientId={client.id} />
        </div>
      </div>
    </>
  )
}

function Primary({ client }: { client: Client }) {
  const t = useMessages()
  const may = useMay()
  const acts = useClientActs()
  if (clientCan.edit(client, may))
    return (
      <ButtonLink to={editTo(client.id)} icon={Pencil} variant="primary">
        {t('clients.edit')}
      </ButtonLink>
    )
  if (clientCan.restore(client, may))
    return (
      <Button icon={ArchiveRestore} variant="primary" onClick={() => acts.restore(client)}>
        {t('clients.restore')}
      </Button>
    )
  return null
}

/** What is done less often stands behind one button. */
function Acts({ client }: { client: Client }) {
  const t = useMessages()
  const may = useMay()
  const acts = useClientActs()
  const items = [
    ...(clientCan.edit(client, may)
      ? statusItems(t, client.status, (status) => acts.changeStatus({ ids: [client.id] }, status))
      : []),
    ...(clientCan.trash(client, may)
      ? [
          {
            label: t('clients.trash'),
            icon: Trash2,
            danger: true,
            group: ' ',
            onSelect: () => acts.trash(client),
          },
        ]
      : []),
  ]
  if (items.length === 0) return null
  return (
    <Menu
      align="end"
      items={items}
      trigger={<IconButton icon={Ellipsis} label={t('clients.more-actions')} variant="secondary" />}
    />
  )
}

/** Who stands before and after in the list one came from. */
function Neighbours({ id }: { id: string }) {
  const t = useMessages()
  const go = useGo()
  const [from] = useUrlState(ListState)
  const { data } = useEndpoint(clientNeighbours, { params: { id }, query: from }, { keepPrevious: true })
  const visit = (to: { id: string } | null | undefined) => to && go(clientTo(to.id, from))
  useShortcuts([
    { keys: 'k', run: () => visit(data?.previous) },
    { keys: 'j', run: () => visit(data?.next) },
  ])
  return (
    <div className="flex items-center max-sm:hidden">
      <IconButton
        icon={ChevronUp}
        label={t('clients.previous')}
        shortcut="k"
        disabled={!data?.previous}
        onClick={() => visit(data?.previous)}
      />
      <IconButton
        icon={ChevronDown}
        label={t('clients.next')}
        shortcut="j"
        disabled={!data?.next}
        onClick={() => visit(data?.next)}
      />
    </div>
  )
}
