import type { Appointment } from '#contract/agenda'
import { Button } from '#platform/ui/button.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useMarking } from '../appointment/marking.ts'
import { useAppointmentWords } from '../appointment-words.ts'
import { statusLooks } from '../status.ts'

const outcomes = ['kept', 'no_show', 'cancelled'] as const

/** How it came out, one tap. What does not cost anything is chosen here; a late cancellation is in the panel. */
export function SettleButtons({ appointment }: { appointment: Appointment }) {
  const t = useMessages()
  const { nameOf } = useAppointmentWords()
  const { mark, marking } = useMarking((error) => notify.failed({ title: sentenceOf(error, t) }))
  return (
    <span className="relative z-1 flex flex-wrap justify-end gap-1 sm:flex-nowrap">
      {outcomes.map((status) => {
        const { icon } = statusLooks[status]
        return (
          <Button
            key={status}
            size="small"
            icon={icon}
            disabled={marking}
            aria-label={t('agenda.settle', {
              name: nameOf(appointment),
              status: t(`agenda.status.${status}`),
            })}
            onClick={(event) => {
              event.stopPropagation()
              void mark(appointment, status)
            }}
          >
            {t(`agenda.mark.${status}`)}
          </Button>
        )
      })}
    </span>
  )
}
