import { ListChecks, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { type Agenda, listAppointments } from '#contract/agenda'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useInSlices } from '#platform/ui/in-slices.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useNarrow } from '#platform/ui/media.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { AgendaState, stepped, type View } from './agenda-state.ts'
import { useAgendaDates } from './agenda-dates.ts'
import { AppointmentPanel } from './appointment/appointment-panel.tsx'
import { BookingFromAddress } from './booking/from-address.tsx'
import { Calendar } from './calendar/calendar.tsx'
import { useMoving } from './moving.ts'
import { toSettle } from './to-settle.ts'
import { Toolbar } from './toolbar.tsx'
import { seenIn, useAgenda } from './use-agenda.ts'
import { dateOf, localAt } from './wall-clock.ts'

const noBooking = { book: undefined, patient: undefined, at: undefined, with: undefined }

/** The agenda: a day, a week or a month of it, and all that is done with it. */
export function AgendaPage() {
  const t = useMessages()
  const may = useMay()
  const narrow = useNarrow()
  const dates = useAgendaDates()
  const [state, setState] = useUrlState(AgendaState)
  const view = state.view ?? (narrow ? 'day' : 'week')
  const { data, error, refetch, isPlaceholderData, on, now, from, days, who } = useAgenda(state, view)
  const mayManage = may('agenda.manage')
  const left = new Set(data?.departed.map(({ memberId }) => memberId))
  const practitioners = seenIn(data).map(({ memberId, name }) => ({
    memberId,
    name: left.has(memberId) ? t('agenda.who.departed', { name }) : name,
  }))
  // What was just booked is shown, wherever the day was scrolled to.
  const [reveal, setReveal] = useState<string>()

  const show = ({ id, startsLocal }: { id: string; startsLocal: string }) =>
    setState({ on: dateOf(startsLocal), appointment: id })
  const { moving, move } = useMoving(show)
  const agenda = useMemo(() => data && withMoves(data, moving), [data, moving])
  const drawn = useInSlices(agenda !== undefined)

  const book = (at?: string, practitionerId?: string | null) =>
    mayManage && setState({ book: '1', at, with: practitionerId ?? undefined })
  const go = (change: { view?: View; on?: string }) => setState({ ...change, appointment: undefined })
  const leave = (direction: -1 | 1) => go({ on: stepped(view, on, direction) })
  useShortcuts([
    { keys: 'n', run: () => book() },
    { keys: 't', run: () => go({ on: dateOf(now) }) },
    { keys: 'd', run: () => go({ view: 'day' }) },
    { keys: 'w', run: () => go({ view: 'week' }) },
    { keys: 'm', run: () => go({ view: 'month' }) },
  ])

  const period =
    view === 'month'
      ? dates.month(on)
      : view === 'day'
        ? narrow
          ? dates.day(on)
          : dates.whole(on)
        : dates.period(from, days)
  return (
    <div className="-mb-8 flex h-[calc(100dvh-9.5rem)] min-h-120 flex-col gap-3 sm:h-[calc(100dvh-6.5rem)]">
      <PageHeader
        title={t('agenda.title')}
        secondary={<ToSettle />}
        primary={
          mayManage && (
            <Button variant="primary" icon={Plus} onClick={() => book()}>
              {t('agenda.book')}
            </Button>
          )
        }
      >
        <Toolbar
          period={period}
          view={view}
          onView={(next) => go({ view: next })}
          onStep={leave}
          onToday={() => go({ on: dateOf(now) })}
          practitioners={practitioners}
          who={who}
          onWho={(next) => setState({ who: next.join(',') }, { replace: true })}
        />
      </PageHeader>
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : agenda && drawn ? (
        <Calendar
          agenda={agenda}
          view={view}
          on={on}
          now={now}
          from={from}
          days={days}
          who={who}
          label={t('agenda.label', { period })}
          stale={isPlaceholderData}
          narrow={narrow}
          marked={state.appointment}
          reveal={state.appointment ?? reveal}
          mayManage={mayManage}
          onOpen={(id) => setState({ appointment: id })}
          onBook={(date, minute, practitionerId) => book(localAt(date, minute), practitionerId)}
          onMove={(appointment, to) => void move(appointment, to)}
          onDay={(date) => go({ view: 'day', on: date })}
          onFocusDay={(date) => go({ on: date })}
          onLeave={leave}
        />
      ) : (
        <div aria-busy className="flex-1 rounded-card border border-line bg-surface p-4">
          <Skeleton width="100%" height={480} />
        </div>
      )}
      <AppointmentPanel
        id={state.appointment}
        onClose={() => setState({ appointment: undefined }, { replace: true })}
        onShow={show}
      />
      <BookingFromAddress
        state={state}
        who={who}
        onClose={() => setState(noBooking, { replace: true })}
        onBooked={({ id, startsLocal }) => {
          setReveal(id)
          setState({ ...noBooking, on: dateOf(startsLocal) }, { replace: true })
        }}
        onShow={(appointment) =>
          setState({ ...noBooking, on: dateOf(appointment.startsLocal), appointment: appointment.id })
        }
      />
    </div>
  )
}

/** How many are over and nobody said how they came out. */
function ToSettle() {
  const t = useMessages()
  const { data } = useEndpoint(listAppointments, { query: { status: 'planned', when: 'past', limit: 1 } })
  return (
    <ButtonLink to={toSettle} icon={ListChecks} variant="secondary">
      <span className="max-sm:sr-only">{t('agenda.to-settle')}</span>
      {data && data.total > 0 && <span className="tabular-nums">{data.total}</span>}
    </ButtonLink>
  )
}

/** With those that are on their way to another hour standing there already. */
function withMoves(agenda: Agenda, moving: ReturnType<typeof useMoving>['moving']): Agenda {
  if (moving.size === 0) return agenda
  return { ...agenda, appointments: agenda.appointments.map((one) => moving.get(one.id) ?? one) }
}
