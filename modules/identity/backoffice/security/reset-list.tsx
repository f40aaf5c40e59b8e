import { Check, ShieldCheck, X } from 'lucide-react'
import { useMemo } from 'react'
import { type FactorReset, listFactorResets } from '#contract/identity'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { type Column, DataTable } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { memberTo } from '../staff/addresses.ts'
import { callOffWords, resetCan, useResetActs } from '../staff/reset-acts.ts'
import { useAsker } from '../staff/staff-acts.ts'

/** Lost second factors: what waits for an approval first, then what became of the others. */
export function ResetList() {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const asker = useAsker()
  const acts = useResetActs()
  const { data, error, refetch } = useEndpoint(listFactorResets)
  const columns = useMemo(() => columnsFor(t, formats), [t, formats])
  return (
    <DataTable
      id="factor-resets"
      label={t('identity.security.resets')}
      columns={columns}
      lines={2}
      rows={data?.rows}
      rowId={(reset) => reset.id}
      rowLabel={(reset) => reset.name}
      rowTo={may('staff.read') ? (reset) => memberTo(reset.staffId) : undefined}
      rowActions={(reset) => [
        ...(resetCan.approve(reset)
          ? [
              {
                label: t('identity.staff.reset.approve'),
                icon: Check,
                quick: true,
                onSelect: () => acts.approve(reset),
              },
            ]
          : []),
        ...(resetCan.callOff(reset, asker)
          ? [{ label: t(callOffWords(reset)), icon: X, onSelect: () => acts.callOff(reset) }]
          : []),
      ]}
      error={error}
      retry={() => void refetch()}
      empty={
        <EmptyState icon={ShieldCheck} title={t('identity.security.no-resets')}>
          <p>{t('identity.security.no-resets.help')}</p>
        </EmptyState>
      }
    />
  )
}

const tones: Record<FactorReset['state'], Tone> = {
  waiting: 'warning',
  delayed: 'info',
  done: 'success',
  cancelled: 'neutral',
}

function columnsFor(t: Translate, formats: Formats): Column<FactorReset>[] {
  return [
    {
      id: 'person',
      header: t('identity.security.person'),
      width: 240,
      grow: true,
      cell: ({ name, reason }) => (
        <span className="block min-w-0 leading-tight">
          <span className="block truncate font-medium">{name}</span>
          <span className="block truncate text-12 text-ink-muted" title={reason}>
            {reason}
          </span>
        </span>
      ),
    },
    {
      id: 'state',
      header: t('identity.staff.state'),
      width: 132,
      card: 'aside',
      cell: ({ state }) => <Badge tone={tones[state]}>{t(`identity.security.reset.${state}`)}</Badge>,
    },
    {
      id: 'approvals',
      header: t('identity.security.reset.approvals'),
      width: 220,
      importance: 2,
      cell: ({ approvals }) =>
        approvals.length > 0 ? (
          <span className="block truncate">{formats.list(approvals.map(({ name }) => name))}</span>
        ) : (
          <span className="text-ink-muted">{MISSING}</span>
        ),
    },
    {
      id: 'effective',
      header: t('identity.security.reset.effective'),
      width: 250,
      importance: 2,
      cell: ({ effectiveAt }) => <DateText value={effectiveAt} show="both" />,
    },
    {
      id: 'asked',
      header: t('identity.security.reset.asked'),
      width: 148,
      importance: 3,
      cell: ({ requestedAt }) => <DateText value={requestedAt} show="dayTime" />,
    },
    {
      id: 'askedBy',
      header: t('identity.security.reset.asked-by'),
      width: 160,
      importance: 3,
      cell: ({ requestedBy }) => requestedBy ?? t('identity.security.reset.themselves'),
    },
  ]
}
