import { Pencil } from 'lucide-react'
import { useMemo, useState } from 'react'
import { type Cluster, listClusters } from '#contract/tenancy'
import { Badge } from '#platform/ui/badge.tsx'
import { type Column, DataTable } from '#platform/ui/data-table.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import type { Formats } from '#platform/ui/formats.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { listTo } from '../addresses.ts'
import { sizeInWords } from '../size.ts'
import { VersionMark } from '../version-mark.tsx'
import { ClusterSheet } from './cluster-sheet.tsx'
import { fleetCan } from './fleet-can.ts'
import { RoomBar } from './room-bar.tsx'

/** Where the databases lie: what room there is, and whether it answers. */
export function ClustersCard() {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const { data, error, refetch } = useEndpoint(listClusters)
  const [edited, setEdited] = useState<Cluster | null>(null)
  const columns = useMemo(() => columnsFor(t, formats), [t, formats])
  return (
    <>
      <DataTable
        id="clusters"
        label={t('tenancy.card.clusters')}
        columns={columns}
        lines={2}
        rows={data?.rows}
        rowId={({ id }) => id}
        rowLabel={({ name }) => name}
        rowActions={(cluster) =>
          fleetCan.updateCluster(may)
            ? [
                {
                  label: t('tenancy.cluster.edit'),
                  icon: Pencil,
                  quick: true,
                  onSelect: () => setEdited(cluster),
                },
              ]
            : []
        }
        error={error}
        retry={() => void refetch()}
        toolbar={<h2 className="text-14 font-semibold">{t('tenancy.card.clusters')}</h2>}
        empty={
          <EmptyState title={t('tenancy.clusters.none')}>
            <p>{t('tenancy.clusters.none.help')}</p>
          </EmptyState>
        }
      />
      {edited && <ClusterSheet cluster={edited} onClose={() => setEdited(null)} />}
    </>
  )
}

function columnsFor(t: Translate, formats: Formats): Column<Cluster>[] {
  return [
    {
      id: 'name',
      header: t('tenancy.cluster'),
      width: 220,
      grow: true,
      cell: ({ id, name, address }) => (
        <span className="block min-w-0 leading-tight">
          <TextLink to={listTo({ cluster: id })} className="block w-fit max-w-full truncate font-medium">
            {name}
          </TextLink>
          <span className="block truncate text-12 text-ink-muted">{address}</span>
        </span>
      ),
    },
    {
      id: 'state',
      header: t('tenancy.state'),
      width: 220,
      card: 'aside',
      cell: ({ state, unreachableSince, trouble }) =>
        unreachableSince ? (
          <span title={trouble ?? undefined} className="block leading-tight">
            <Badge tone="danger">{t('tenancy.cluster.unreachable')}</Badge>
            <span className="block text-12 text-ink-muted">
              {t.rich('tenancy.cluster.unreachable.since', {
                at: <DateText key="at" value={unreachableSince} show="dayTime" />,
              })}
            </span>
          </span>
        ) : (
          <Badge tone={state === 'open' ? 'success' : 'neutral'}>{t(`tenancy.cluster.${state}`)}</Badge>
        ),
    },
    {
      id: 'room',
      header: t('tenancy.cluster.room'),
      width: 220,
      cell: (cluster) => <RoomBar cluster={cluster} />,
    },
    {
      id: 'size',
      header: t('tenancy.size'),
      width: 100,
      align: 'end',
      importance: 3,
      cell: ({ sizeBytes }) => <span className="tabular-nums">{sizeInWords(sizeBytes, formats)}</span>,
    },
    {
      id: 'template',
      header: t('tenancy.cluster.template'),
      width: 120,
      importance: 4,
      cell: ({ templateVersion }) => <VersionMark version={templateVersion} current={undefined} />,
    },
  ]
}
