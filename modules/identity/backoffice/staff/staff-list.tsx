/** The vendor's team: who is in it, how well each account is protected, and what to do about it. */
import { Download, UserPlus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { listStaff } from '#contract/identity'
import { usePages } from '#platform/ui/data.ts'
import { DataTable } from '#platform/ui/data-table.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { inviteTo, memberTo } from './addresses.ts'
import { EmptyTeam } from './empty-team.tsx'
import { useTeamExport } from './exporting.ts'
import { rowActions } from './row-actions.ts'
import { useAsker, useStaffActs } from './staff-acts.ts'
import { columnsFor } from './staff-columns.tsx'
import { useStaffFilters } from './staff-filters.ts'
import { StaffToolbar } from './staff-toolbar.tsx'
import { StateTotals } from './state-totals.tsx'
import { type Suspending, SuspensionDialog } from './suspension-dialog.tsx'
import { listedName } from './staff-words.tsx'

export function StaffList() {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const asker = useAsker()
  const acts = useStaffActs()
  const [suspending, setSuspending] = useState<Suspending | null>(null)
  const { filters, change, isFiltered } = useStaffFilters()
  const list = usePages(listStaff, { query: filters })
  const exporting = useTeamExport(filters)
  const columns = useMemo(() => columnsFor(t), [t])
  const count = list.total

  return (
    <>
      <PageHeader
        title={t('identity.staff.title')}
        count={
          <output>
            {count !== undefined &&
              t('identity.staff.count', {
                count,
                shown: formats.integer(count),
                filtered: isFiltered ? 'yes' : 'no',
              })}
          </output>
        }
        secondary={
          <IconButton
            icon={Download}
            label={t('identity.staff.export')}
            variant="secondary"
            disabled={!count || exporting.running}
            onClick={exporting.start}
          />
        }
        primary={
          may('staff.manage') && (
            <ButtonLink to={inviteTo} icon={UserPlus} variant="primary">
              {t('identity.staff.invite')}
            </ButtonLink>
          )
        }
      >
        <StateTotals filters={filters} counts={list.first?.counts} />
      </PageHeader>
      <DataTable
        id="staff"
        label={t('identity.staff.title')}
        columns={columns}
        lines={2}
        rows={list.rows}
        rowId={(member) => member.id}
        rowLabel={listedName}
        rowTo={(member) => memberTo(member.id)}
        rowActions={(member) => rowActions(member, { t, asker, acts, suspend: setSuspending })}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={<StaffToolbar filters={filters} change={change} />}
        empty={<EmptyTeam filters={filters} isFiltered={isFiltered} />}
      />
      {suspending && <SuspensionDialog member={suspending} onClose={() => setSuspending(null)} />}
    </>
  )
}
