import { useState } from 'react'
import { type AppointmentDetail, changeSeries, markAppointments } from '#contract/agenda'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { LateQuestion } from './late-question.tsx'

type CancelFollowingProps = {
  appointment: AppointmentDetail
  onDone: () => void
  tellWhy: (error: ApiError) => void
}

/** This one and all that follow, with a way back; what is too late for is asked first. */
export function CancelFollowing({ appointment, onDone, tellWhy }: CancelFollowingProps) {
  const t = useMessages()
  const formats = useFormats()
  const [asking, setAsking] = useState(false)
  const { series, rule } = appointment
  const late = series?.late ?? { count: 0, dueCents: null }
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
  const submit = (how: 'by_rule' | 'free') => {
    setAsking(false)
    cancel.mutate({
      params: { id: appointment.id },
      body: { revision: appointment.revision, change: { kind: 'cancel', late: how } },
    })
  }
  const about = { count: late.count, hours: rule.lateWindowHours }
  return (
    <>
      <Button
        loading={cancel.isPending}
        onClick={() => (late.count > 0 ? setAsking(true) : submit('by_rule'))}
      >
        {t('agenda.series.cancel', { count: series?.following ?? 0 })}
      </Button>
      {asking && (
        <LateQuestion
          words={
            late.dueCents === null
              ? t('agenda.series.late', about)
              : t('agenda.series.late.due', { ...about, due: formats.money(late.dueCents) })
          }
          labels={{ rule: t('agenda.series.late.by_rule'), free: t('agenda.series.late.free') }}
          busy={cancel.isPending}
          onChoose={(choice) => submit(choice === 'rule' ? 'by_rule' : 'free')}
          onStay={() => setAsking(false)}
        />
      )}
    </>
  )
}
