/** What patients asked about their data: what presses first. */
import { Plus, ShieldCheck } from 'lucide-react'
import { useMemo, useState } from 'react'
import { articleOf, listPatientRequests, type PatientRequest } from '#contract/patients'
import { addressState, anId, oneOf } from '#platform/ui/address-state.ts'
import { Button } from '#platform/ui/button.tsx'
import { FilterMenu } from '#platform/ui/chip.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { type Column, DataTable } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { requestTo } from '../addresses.ts'
import { NewRequestDialog } from './new-request-dialog.tsx'
import { RequestBadge } from './request-words.tsx'

const states = ['open', 'overdue', 'closed', 'all'] as const
const ListState = addressState({
  state: oneOf(states),
  /** Whose request is about to be written down: a patient's page leads here with it. */
  patient: anId,
})

export function RequestsPage() {
  const t = useMessages()
  const [{ state = 'open', patient }, change] = useUrlState(ListState)
  const [asked, setAsked] = useState(false)
  const list = useEndpoint(listPatientRequests, { query: { state } }, { keepPrevious: true })
  const columns = useMemo(() => columnsFor(t), [t])
  const counts = list.data?.counts
  return (
    <>
      <PageHeader
        title={t('patients.requests')}
        count={<output>{counts && t('patients.requests.count', counts)}</output>}
        primary={
          <Button variant="primary" icon={Plus} onClick={() => setAsked(true)}>
            {t('patients.request.new')}
          </Button>
        }
      >
        <p className="max-w-2xl text-13 text-ink-muted">{t('patients.requests.help')}</p>
      </PageHeader>
      <DataTable
        id="patient-requests"
        label={t('patients.requests')}
        columns={columns}
        lines={2}
        rows={list.data?.rows}
        rowId={({ id }) => id}
        rowLabel={(request) => request.patient.name}
        rowTo={({ id }) => requestTo(id)}
        stale={list.isPlaceholderData}
        error={list.error}
        retry={() => void list.refetch()}
        toolbar={
          <FilterMenu
            single
            label={t('patients.requests.state', { state: t(`patients.requests.state.${state}`) })}
            options={states.map((value) => ({ value, label: t(`patients.requests.state.${value}`) }))}
            value={[state]}
            onChange={([next]) => change({ state: next === 'open' ? undefined : next })}
          />
        }
        empty={
          <EmptyState icon={ShieldCheck} title={t('patients.requests.none')}>
            <p>{t('patients.requests.none.help')}</p>
          </EmptyState>
        }
      />
      <NewRequestDialog
        open={asked || patient !== undefined}
        patientId={patient ?? null}
        onClose={() => {
          setAsked(false)
          if (patient) change({ patient: undefined }, { replace: true })
        }}
      />
    </>
  )
}

function columnsFor(t: Translate): Column<PatientRequest>[] {
  return [
    {
      id: 'patient',
      header: t('patients.one'),
      width: 220,
      grow: true,
      card: 'title',
      cell: ({ patient, kind }) => (
        <span className="block min-w-0 leading-tight">
          <span className="block truncate font-medium">{patient.name}</span>
          <span className="block truncate text-12 text-ink-muted">
            {t(`patients.request.kind.${kind}`)} ·{' '}
            {t('patients.request.article', { article: articleOf[kind] })}
          </span>
        </span>
      ),
    },
    {
      id: 'state',
      header: t('patients.request.state'),
      width: 200,
      card: 'aside',
      cell: (request) => <RequestBadge request={request} />,
    },
    {
      id: 'received',
      header: t('patients.request.received-on'),
      width: 116,
      importance: 2,
      cell: ({ receivedOn }) => <DateText value={receivedOn} />,
    },
    {
      id: 'due',
      header: t('patients.request.due-on'),
      width: 116,
      cell: ({ dueOn }) => <DateText value={dueOn} />,
    },
  ]
}
