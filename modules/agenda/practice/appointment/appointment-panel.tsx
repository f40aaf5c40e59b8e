import { useEffect } from 'react'
import { getAppointment } from '#contract/agenda'
import { useEndpoint } from '#platform/ui/data.ts'
import { Sheet } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { part, Wanted } from '#platform/ui/part.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { useAgendaDates } from '../agenda-dates.ts'
import { useAppointmentWords } from '../appointment-words.ts'

/** With the forms it opens it weighs more than the calendar. */
const body = part(() => import('./panel-body.tsx').then((module) => module.PanelBody))

type AppointmentPanelProps = {
  id: string | undefined
  onClose: () => void
  /** Shows another one: what stands in the way, say. */
  onShow: (appointment: { id: string; startsLocal: string }) => void
}

/** One appointment beside the calendar: what it is, and all that is done with it. */
export function AppointmentPanel({ id, onClose, onShow }: AppointmentPanelProps) {
  const t = useMessages()
  const dates = useAgendaDates()
  const { nameOf } = useAppointmentWords()
  const { data, error, refetch } = useEndpoint(
    getAppointment,
    { params: { id: id ?? '' } },
    { enabled: id !== undefined },
  )
  const isOpen = id !== undefined
  useEffect(() => {
    if (isOpen) void body.preload()
  }, [isOpen])
  const shown = data && data.id === id ? data : undefined
  const waiting = (
    <div className="flex flex-col gap-3">
      <Skeleton width="70%" height={16} />
      <Skeleton width="100%" height={120} />
    </div>
  )
  return (
    <Sheet
      open={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={shown ? nameOf(shown) : t('agenda.appointment')}
      description={shown && `${capital(dates.whole(shown.startsLocal))}, ${dates.times(shown)}`}
    >
      {error && !shown ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : shown ? (
        <Wanted
          key={shown.id}
          part={body}
          when
          give={{ appointment: shown, onClose, onShow }}
          otherwise={waiting}
          onFailed={onClose}
        />
      ) : (
        waiting
      )}
    </Sheet>
  )
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
