import { CalendarX } from 'lucide-react'
import { type Appointment, markAppointments } from '#contract/agenda'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Link } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useAgendaDates } from '../agenda-dates.ts'
import { useAppointmentWords } from '../appointment-words.ts'
import { dateOf } from '../wall-clock.ts'

/** More would hide the page; the agenda shows all of them. */
const shown = 6

/** What was booked before somebody was away: each to be moved in the agenda, or all cancelled at once. */
export function Touched({
  appointments,
  mayChange,
}: {
  appointments: readonly Appointment[]
  mayChange: boolean
}) {
  const t = useMessages()
  const dates = useAgendaDates()
  const { nameOf } = useAppointmentWords()
  const failed = (error: unknown) => notify.failed({ title: sentenceOf(error, t) })
  const back = useEndpoint(markAppointments, { onError: failed })
  const cancel = useEndpoint(markAppointments, {
    onSuccess: ({ appointments: cancelled }) =>
      notify.done({
        title: t('agenda.settings.touched.cancelled', { count: cancelled.length }),
        undo: () =>
          back.mutate({
            body: {
              appointments: cancelled.map(({ id, revision }) => ({
                id,
                revision,
                status: 'planned' as const,
              })),
            },
          }),
      }),
    onError: failed,
  })
  return (
    <div className="mt-2 rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink">
      <p className="font-medium">{t('agenda.settings.touched', { count: appointments.length })}</p>
      <ul className="mt-1 flex flex-col">
        {appointments.slice(0, shown).map((appointment) => (
          <li key={appointment.id}>
            <Link
              to={`/agenda?on=${dateOf(appointment.startsLocal)}&appointment=${appointment.id}`}
              className="inline-flex items-center underline underline-offset-2 touch:min-h-10"
            >
              {dates.shortAt(appointment.startsLocal)}, {nameOf(appointment)}
            </Link>
          </li>
        ))}
      </ul>
      {appointments.length > shown && <p>{t('agenda.month.more', { count: appointments.length - shown })}</p>}
      {mayChange && (
        <div className="mt-2">
          <Button
            size="small"
            icon={CalendarX}
            loading={cancel.isPending}
            onClick={() =>
              cancel.mutate({
                body: {
                  appointments: appointments.map(({ id, revision }) => ({
                    id,
                    revision,
                    status: 'cancelled' as const,
                  })),
                },
              })
            }
          >
            {t('agenda.settings.touched.cancel', { count: appointments.length })}
          </Button>
        </div>
      )}
    </div>
  )
}
