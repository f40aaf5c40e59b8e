import { type AppointmentDetail, changeSeries, markAppointments } from '#contract/agenda'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

type CancelFollowingProps = {
  appointment: AppointmentDetail
  onDone: () => void
  tellWhy: (error: ApiError) => void
}

/** This one and all that follow, at once and with a way back. */
export function CancelFollowing({ appointment, onDone, tellWhy }: CancelFollowingProps) {
  const t = useMessages()
  const back = useEndpoint(markAppointments, { onError: tellWhy })
  const cancel = useEndpoint(changeSeries, {
    onError: tellWhy,
    onSuccess: ({ appointments }) => {
      notify.done({
        title: t('agenda.series.cancelled', { count: appointments.length }),
        undo: () =>
          back.mutate({
            body: {
              appointments: appointments.map(({ id, revision }) => ({ id, revision, status: 'planned' })),
            },
          }),
      })
      onDone()
    },
  })
  return (
    <Button
      loading={cancel.isPending}
      onClick={() =>
        cancel.mutate({
          params: { id: appointment.id },
          body: { revision: appointment.revision, change: { kind: 'cancel' } },
        })
      }
    >
      {t('agenda.series.cancel', { count: appointment.series?.following ?? 0 })}
    </Button>
  )
}
