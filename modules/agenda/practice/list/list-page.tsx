import { Calendar } from 'lucide-react'
import { type Appointment, appointmentStatuses, getAgenda, listAppointments } from '#contract/agenda'
import { getPractice } from '#contract/cabinet'
import { Badge } from '#platform/ui/badge.tsx'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { useEndpoint, usePages } from '#platform/ui/data.ts'
import { type Column, DataTable } from '#platform/ui/data-table.tsx'
import { MISSING, TIME_ZONE } from '#platform/ui/formats.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { useAgendaDates } from '../agenda-dates.ts'
import { useAppointmentWords } from '../appointment-words.ts'
import { statusLooks } from '../status.ts'
import { toSettle } from '../to-settle.ts'
import { dateOf, localNow } from '../wall-clock.ts'
import { isToSettle, ListState, placeOf, statusesOf } from './list-state.ts'
import { PeriodFilter } from './period-filter.tsx'
import { SettleButtons } from './settle-buttons.tsx'

/** Appointments by outcome, time and person: the lines behind figures, and those that nobody settled yet. */
export function AppointmentListPage() {
  const t = useMessages()
  const formats = useFormats()
  const [state, setState] = useUrlState(ListState)
  const list = usePages(listAppointments, { query: state })
  const columns = useColumns(state)
  const settling = isToSettle(state)
  const people = usePractitioners()
  const statuses = statusesOf(state)
  const day = (value: string | undefined) => (value ? formats.day(value) : '…')
  return (
    <>
      <PageHeader
        title={t(settling ? 'agenda.to-settle' : 'agenda.list')}
        count={
          list.total === undefined ? undefined : (
            // Figures of one width would widen the hyphen too.
            <span className="normal-nums">{t('agenda.count', { count: list.total })}</span>
          )
        }
        primary={
          <ButtonLink to="/agenda" icon={Calendar}>
            {t('agenda.title')}
          </ButtonLink>
        }
      >
        {settling && <p className="text-13 text-ink-muted">{t('agenda.to-settle.help')}</p>}
      </PageHeader>
      <DataTable
        id="appointments"
        label={t('agenda.list')}
        columns={columns}
        rows={list.rows}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        rowId={({ id }) => id}
        rowLabel={(row) => row.patient?.name ?? row.title}
        rowTo={placeOf}
        toolbar={
          <>
            <FilterMenu
              label={t('agenda.status')}
              options={appointmentStatuses.map((value) => ({ value, label: t(`agenda.status.${value}`) }))}
              value={statuses}
              onChange={(next) => setState({ status: next.join(',') || undefined })}
            />
            <PeriodFilter state={state} onChange={(period) => setState(period)} />
            {people.length > 1 && (
              <FilterMenu
                label={t('agenda.practitioner')}
                single
                options={people.map(({ memberId, name }) => ({ value: memberId, label: name }))}
                value={state.practitionerId ? [state.practitionerId] : []}
                onChange={([practitionerId]) => setState({ practitionerId })}
              />
            )}
            {!settling && (
              <ButtonLink to={toSettle} variant="ghost">
                {t('agenda.to-settle')}
              </ButtonLink>
            )}
            {statuses.map((status) => (
              <Chip
                key={status}
                label={t('agenda.status')}
                value={t(`agenda.status.${status}`)}
                onRemove={() =>
                  setState({ status: statuses.filter((one) => one !== status).join(',') || undefined })
                }
              />
            ))}
            {state.when && (
              <Chip
                label={t('agenda.list.when')}
                value={t(`agenda.list.when.${state.when}`)}
                onRemove={() => setState({ when: undefined })}
              />
            )}
            {(state.from ?? state.to) && (
              <Chip
                label={t('agenda.list.period')}
                value={`${day(state.from)} – ${day(state.to)}`}
                onRemove={() => setState({ from: undefined, to: undefined })}
              />
            )}
            {state.practitionerId && people.length > 1 && (
              <Chip
                label={t('agenda.practitioner')}
                value={people.find(({ memberId }) => memberId === state.practitionerId)?.name ?? MISSING}
                onRemove={() => setState({ practitionerId: undefined })}
              />
            )}
            {state.patientId && (
              <Chip
                label={t('agenda.patient')}
                value={list.rows?.[0]?.patient?.name ?? MISSING}
                onRemove={() => setState({ patientId: undefined })}
              />
            )}
          </>
        }
        empty={
          <EmptyState icon={Calendar} title={t(settling ? 'agenda.to-settle.none' : 'agenda.list.none')}>
            <p>{t(settling ? 'agenda.to-settle.none.help' : 'agenda.list.none.help')}</p>
          </EmptyState>
        }
      />
    </>
  )
}

function useColumns(state: ListState): Column<Appointment>[] {
  const t = useMessages()
  const may = useMay()
  const dates = useAgendaDates()
  const { nameOf } = useAppointmentWords()
  const people = usePractitioners()
  return [
    {
      id: 'who',
      header: t('agenda.list.who'),
      width: 200,
      grow: true,
      cell: (row) => <span className="block truncate font-medium">{nameOf(row)}</span>,
    },
    {
      id: 'when',
      header: t('agenda.list.at'),
      width: 210,
      cell: (row) => (
        <time
          dateTime={row.startsAt}
          title={dates.wholeAt(row.startsLocal)}
          className="whitespace-nowrap tabular-nums"
        >
          {dates.shortAt(row.startsLocal)}
        </time>
      ),
    },
    {
      id: 'act',
      header: t('agenda.act'),
      width: 150,
      importance: 3,
      cell: (row) => row.act?.name ?? MISSING,
    },
    ...(people.length > 1
      ? [
          {
            id: 'practitioner',
            header: t('agenda.practitioner'),
            width: 150,
            importance: 4 as const,
            cell: (row: Appointment) =>
              people.find(({ memberId }) => memberId === row.practitionerId)?.name ?? MISSING,
          },
        ]
      : []),
    {
      id: 'due',
      header: t('agenda.fee'),
      width: 96,
      align: 'end',
      importance: 3,
      cell: (row) => <Money cents={row.dueCents} />,
    },
    isToSettle(state) && may('agenda.manage')
      ? {
          id: 'outcome',
          header: t('agenda.list.outcome'),
          width: 310,
          cell: (row) => <SettleButtons appointment={row} />,
        }
      : {
          id: 'status',
          header: t('agenda.status'),
          width: 170,
          card: 'aside',
          cell: (row) => (
            <Badge tone={statusLooks[row.status].tone}>{t(`agenda.status.${row.status}`)}</Badge>
          ),
        },
  ]
}

/** Whose agendas there are. */
function usePractitioners() {
  const { data: practice } = useEndpoint(getPractice)
  const today = dateOf(localNow(practice?.timeZone ?? TIME_ZONE))
  const { data } = useEndpoint(getAgenda, { query: { from: today, to: today } })
  return data?.practitioners ?? []
}
