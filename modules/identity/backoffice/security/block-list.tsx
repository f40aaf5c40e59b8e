import { LockOpen, ScrollText, ShieldCheck } from 'lucide-react'
import { useMemo } from 'react'
import { type AddressBlock, liftBlock, listBlocks } from '#contract/identity'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Badge } from '#platform/ui/badge.tsx'
import { useEndpoint, usePages } from '#platform/ui/data.ts'
import { type Column, DataTable } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { countryName } from '../device-words.ts'
import { blockLogTo, listTo } from './addresses.ts'
import type { SecurityState } from './security-state.ts'
import { Segments } from './segments.tsx'

type BlockListProps = { state: SecurityState; change: (change: Partial<SecurityState>) => void }

/** Which addresses are kept out, why and until when; somebody who was wrongly caught is let in again. */
export function BlockList({ state }: BlockListProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const shown = state.blocks ?? 'active'
  const list = usePages(listBlocks, { query: { state: shown } })
  const lift = useEndpoint(liftBlock, {
    onError: (error: ApiError) =>
      error.code !== 'step_up_required' && notify.failed({ title: sentenceOf(error, t) }),
    onSuccess: ({ network }) =>
      notify.done({ title: t('identity.security.block.lifted', { network: spoken(network) }) }),
  })
  const columns = useMemo(() => columnsFor(t, formats), [t, formats])
  return (
    <DataTable
      id="blocks"
      label={t('identity.security.blocks')}
      columns={columns}
      rows={list.rows}
      rowId={(block) => block.id}
      rowLabel={({ network }) => spoken(network)}
      rowActions={(block) => [
        ...(block.active && may('security.manage')
          ? [
              {
                label: t('identity.security.block.lift'),
                icon: LockOpen,
                quick: true,
                onSelect: () => lift.mutate({ params: { id: block.id } }),
              },
            ]
          : []),
        ...(may('audit.read')
          ? [{ label: t('identity.staff.log'), icon: ScrollText, to: blockLogTo(block.id) }]
          : []),
      ]}
      stale={list.stale}
      error={list.error}
      retry={list.retry}
      more={list.more}
      toolbar={
        <Segments
          label={t('identity.security.which-blocks')}
          options={(['active', 'all'] as const).map((one) => ({
            label: t(`identity.security.blocks.${one}`),
            to: listTo({ tab: 'blocks', blocks: one === 'active' ? undefined : one }),
            current: one === shown,
          }))}
        />
      }
      empty={
        <EmptyState icon={ShieldCheck} title={t(`identity.security.no-blocks.${shown}`)}>
          <p>{t('identity.security.no-blocks.help')}</p>
        </EmptyState>
      }
    />
  )
}

/** A network of one address is that address. */
const spoken = (network: string) => network.replace(/\/32$/, '')

function columnsFor(t: Translate, formats: Formats): Column<AddressBlock>[] {
  return [
    {
      id: 'network',
      header: t('identity.security.address'),
      width: 180,
      grow: true,
      cell: ({ network }) => (
        <span className="font-medium wrap-anywhere tabular-nums">{spoken(network)}</span>
      ),
    },
    {
      id: 'state',
      header: t('identity.security.block.state'),
      width: 150,
      card: 'aside',
      cell: (block) => <BlockBadge block={block} />,
    },
    {
      id: 'reason',
      header: t('identity.security.why'),
      width: 280,
      importance: 2,
      cell: ({ reason }) => (
        <span
          className="block truncate max-sm:whitespace-normal"
          title={t(`identity.security.reason.${reason}`)}
        >
          {t(`identity.security.reason.${reason}`)}
        </span>
      ),
    },
    {
      id: 'country',
      header: t('identity.security.country'),
      width: 130,
      importance: 3,
      cell: ({ country }) =>
        countryName(country, formats.language) ?? <span className="text-ink-muted">{MISSING}</span>,
    },
    {
      id: 'refused',
      header: t('identity.security.block.refused'),
      width: 124,
      align: 'end',
      importance: 2,
      cell: ({ refused }) => <span className="tabular-nums">{formats.integer(refused)}</span>,
    },
    {
      id: 'since',
      header: t('identity.security.block.since'),
      width: 148,
      importance: 3,
      cell: ({ createdAt }) => <DateText value={createdAt} show="dayTime" />,
    },
    {
      id: 'until',
      header: t('identity.security.block.until'),
      width: 250,
      cell: ({ until }) => <DateText value={until} show="both" />,
    },
    {
      id: 'lastRefused',
      header: t('identity.security.block.last-refused'),
      width: 148,
      importance: 4,
      optional: true,
      card: 'none',
      cell: ({ lastRefusedAt }) => <DateText value={lastRefusedAt} show="dayTime" />,
    },
  ]
}

function BlockBadge({ block: { active, liftedAt, liftedBy } }: { block: AddressBlock }) {
  const t = useMessages()
  if (active) return <Badge tone="danger">{t('identity.security.block.active')}</Badge>
  if (liftedAt === null) return <Badge>{t('identity.security.block.over')}</Badge>
  return (
    <Badge tone="info">
      {liftedBy
        ? t('identity.security.block.lifted-by', { name: liftedBy })
        : t('identity.security.block.was-lifted')}
    </Badge>
  )
}
