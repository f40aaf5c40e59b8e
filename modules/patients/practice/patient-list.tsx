/** The patients: who comes next, who has not come for long, whom to call. */
import {
  Download,
  FileClock,
  Plus,
  SearchX,
  ShieldQuestion,
  Trash2,
  UsersRound,
  Ellipsis,
} from 'lucide-react'
import { useMemo } from 'react'
import { exportPatients, listPatients, type PatientFilter } from '#contract/patients'
import { Button } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { usePages } from '#platform/ui/data.ts'
import { DataTable } from '#platform/ui/data-table.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { listTo, newTo, patientTo, requestsTo, retentionTo } from './addresses.ts'
import { usePatientActs } from './patient-acts.ts'
import { columnsFor } from './patient-columns.tsx'
import { usePatientFilters } from './patient-filters.ts'
import { listedName } from './patient-words.tsx'
import { rowActions } from './row-actions.ts'
import { Toolbar } from './toolbar.tsx'

export function PatientList() {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const acts = usePatientActs()
  const { filters, sort, sorted, change, changeSort, isFiltered } = usePatientFilters()
  const asked = { ...filters, sort }
  const list = usePages(listPatients, { query: asked })
  const fees = may('fees.read')
  const trash = filters.state === 'trash'
  const columns = useMemo(() => columnsFor(t, { fees, trash }), [t, fees, trash])
  return (
    <>
      <PageHeader
        title={t('patients.title')}
        count={
          <output>
            {list.total !== undefined &&
              t('patients.count', { count: list.total, shown: formats.integer(list.total) })}
          </output>
        }
        secondary={<More href={hrefOf(exportPatients, { query: asked })} />}
        primary={
          may('patients.manage') && (
            <ButtonLink to={newTo} icon={Plus} variant="primary">
              {t('patients.new')}
            </ButtonLink>
          )
        }
      />
      <DataTable
        key={trash ? 'trash' : 'patients'}
        id={trash ? 'patients-trash' : 'patients'}
        label={t('patients.title')}
        columns={columns}
        lines={2}
        rows={list.rows}
        rowId={({ id }) => id}
        rowLabel={listedName}
        rowTo={({ id }) => patientTo(id)}
        rowActions={(patient) => rowActions(patient, { t, may, acts })}
        sort={sorted}
        onSort={changeSort}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={<Toolbar filters={filters} change={change} />}
        empty={<EmptyList filters={filters} isFiltered={isFiltered} />}
      />
    </>
  )
}

/** What is done less often stands behind one button. */
function More({ href }: { href: string }) {
  const t = useMessages()
  const may = useMay()
  const save = () => {
    const link = document.createElement('a')
    link.href = href
    // The server names the file.
    link.download = ''
    link.click()
  }
  return (
    <Menu
      align="end"
      items={[
        { label: t('patients.export'), icon: Download, onSelect: save },
        ...(may('patients.requests')
          ? [
              { label: t('patients.requests'), icon: ShieldQuestion, to: requestsTo },
              { label: t('patients.retention'), icon: FileClock, to: retentionTo },
            ]
          : []),
      ]}
      trigger={<IconButton icon={Ellipsis} label={t('patients.more')} variant="secondary" />}
    />
  )
}

/** Why nobody is listed, and what to do about it. */
function EmptyList({ filters, isFiltered }: { filters: PatientFilter; isFiltered: boolean }) {
  const t = useMessages()
  const go = useGo()
  const may = useMay()
  if (isFiltered)
    return (
      <EmptyState
        icon={SearchX}
        title={filters.q ? t('patients.empty.search', { q: filters.q }) : t('patients.empty.filtered')}
        action={
          <Button onClick={() => go(listTo({ state: filters.state }))}>{t('patients.filters.clear')}</Button>
        }
      >
        <p>{t('patients.empty.filtered.help')}</p>
      </EmptyState>
    )
  if (filters.state === 'trash')
    return (
      <EmptyState icon={Trash2} title={t('patients.empty.trash')}>
        <p>{t('patients.empty.trash.help')}</p>
      </EmptyState>
    )
  if (filters.state === 'archived')
    return (
      <EmptyState icon={UsersRound} title={t('patients.empty.archived')}>
        <p>{t('patients.empty.archived.help')}</p>
      </EmptyState>
    )
  return (
    <EmptyState
      icon={UsersRound}
      title={t('patients.empty')}
      action={
        may('patients.manage') && (
          <ButtonLink to={newTo} icon={Plus} variant="primary">
            {t('patients.new')}
          </ButtonLink>
        )
      }
    >
      <p>{t('patients.empty.help')}</p>
    </EmptyState>
  )
}
