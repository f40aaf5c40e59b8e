import { useQueryClient } from '@tanstack/react-query'
import { type Appointment, type AppointmentStatus, markAppointment } from '#contract/agenda'
import type { ApiError } from '#platform/ui/api-error.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useAppointmentWords } from '../appointment-words.ts'
import { takeIn } from '../moving.ts'

/** Says how an appointment came out, at once, with a way back. */
export function useMarking(tellWhy: (error: ApiError) => void) {
  const t = useMessages()
  const formats = useFormats()
  const queries = useQueryClient()
  const { nameOf } = useAppointmentWords()
  const call = useEndpoint(markAppointment, {
    onSuccess: ({ appointment }) => takeIn(queries, appointment),
    onError: tellWhy,
  })
  const put = ({ id, revision }: Appointment, status: AppointmentStatus, dueCents?: number) =>
    call.mutateAsync({
      params: { id },
      body: { revision, status, ...(dueCents !== undefined && { dueCents }) },
    })
  const mark = async (
    appointment: Appointment,
    status: AppointmentStatus,
    dueCents?: number,
  ): Promise<boolean> => {
    const answer = await put(appointment, status, dueCents).catch(() => null) // onError has said why
    if (!answer) return false
    const due = answer.appointment.dueCents
    notify.done({
      title: t('agenda.marked', { name: nameOf(appointment), status: t(`agenda.status.${status}`) }),
      description:
        (status === 'late_cancelled' || status === 'no_show') && due !== null
          ? t('agenda.marked.due', { due: formats.money(due) })
          : undefined,
      undo: () => void put(answer.appointment, appointment.status).catch(() => null),
    })
    return true
  }
  return { mark, marking: call.isPending }
}
