import { useState } from 'react'
import {
  type AppointmentDetail,
  changeSeries,
  getAgenda,
  moveAppointment,
  moveAppointments,
} from '#contract/agenda'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useAgendaDates } from '../agenda-dates.ts'
import { useAppointmentWords } from '../appointment-words.ts'
import { Conflict } from '../booking/conflict.tsx'
import { minutesOf, startsLocalOf } from '../booking/draft.ts'
import { WhenFields } from '../booking/when-fields.tsx'
import { FreeSlots } from '../booking/free-slots.tsx'
import { useMoving } from '../moving.ts'
import { dateOf, timeOf } from '../wall-clock.ts'

type MoveDialogProps = {
  appointment: AppointmentDetail
  onClose: () => void
  onShow: (appointment: { id: string; startsLocal: string }) => void
}

/** What dragging does, by keys: another hour, another length, another practitioner; one of a series, or all that follow. */
export function MoveDialog({ appointment, onClose, onShow }: MoveDialogProps) {
  const t = useMessages()
  const dates = useAgendaDates()
  const { nameOf } = useAppointmentWords()
  const { tellWhy, outsideWords } = useMoving(onShow)
  const { id, revision, startsLocal: before, minutes: long, practitionerId: whose, series } = appointment
  const [draft, setDraft] = useState({
    date: dateOf(before),
    time: timeOf(before),
    minutes: String(long),
    practitionerId: whose,
    scope: 'one' as 'one' | 'following',
  })
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const today = dateOf(before)
  const { data: agenda } = useEndpoint(getAgenda, { query: { from: today, to: today } })
  const practitioners = agenda?.practitioners ?? []
  const among = (wanted: string) => practitioners.some(({ memberId }) => memberId === wanted)
  // Of who has left it is handed to somebody, or stays theirs.
  const left = agenda?.departed.filter(({ memberId }) => memberId === whose) ?? []
  const offered = [...practitioners, ...left]
  const startsLocal = startsLocalOf(draft)
  const minutes = minutesOf(draft)
  const following = draft.scope === 'following'

  const again = useEndpoint(moveAppointment, { onError: tellWhy })
  const move = useEndpoint(moveAppointment, {
    onSuccess: (answer) => {
      const { appointment: moved } = answer
      notify.done({
        title: t('agenda.moved', { name: nameOf(appointment), when: dates.dayAt(moved.startsLocal) }),
        description: outsideWords(answer.outside),
        undo: () =>
          again.mutate({
            params: { id },
            body: { revision: moved.revision, startsLocal: before, minutes: long, practitionerId: whose },
          }),
      })
      onClose()
    },
    onError: (error) => {
      if (error.code === 'appointment_changed') tellWhy(error)
    },
  })
  const back = useEndpoint(moveAppointments, { onError: tellWhy })
  const moveAll = useEndpoint(changeSeries, {
    onSuccess: ({ appointments, before: stood }) => {
      const at = new Map(stood.map((one) => [one.id, one.startsLocal]))
      notify.done({
        title: t('agenda.series.moved', { count: appointments.length }),
        undo: () =>
          back.mutate({
            body: {
              appointments: appointments.map((one) => ({
                id: one.id,
                revision: one.revision,
                startsLocal: at.get(one.id) ?? one.startsLocal,
              })),
            },
          }),
      })
      onClose()
    },
    onError: (error) => {
      if (error.code === 'appointment_changed') tellWhy(error)
    },
  })
  const submit = () => {
    if (!startsLocal || minutes === undefined) return
    const other = minutes === long ? {} : { minutes }
    if (following)
      moveAll.mutate({ params: { id }, body: { revision, change: { kind: 'move', startsLocal, ...other } } })
    else
      move.mutate({
        params: { id },
        body: {
          revision,
          startsLocal,
          ...other,
          ...(draft.practitionerId !== whose && { practitionerId: draft.practitionerId }),
        },
      })
  }
  const error = following ? moveAll.error : move.error
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('agenda.move.title', { name: nameOf(appointment) })}
      description={dates.dayAt(before)}
    >
      <Form
        submit={t('agenda.move.submit')}
        saving={move.isPending || moveAll.isPending}
        error={error?.code === 'appointment_overlaps' ? null : error}
        onSubmit={submit}
        onCancel={onClose}
      >
        {error?.code === 'appointment_overlaps' && <Conflict error={error} onShow={onShow} />}
        {series && series.following > 1 && appointment.status === 'planned' && (
          <Field label={t('agenda.series.scope')}>
            <Select
              options={[
                { value: 'one', label: t('agenda.series.one') },
                { value: 'following', label: t('agenda.series.following', { count: series.following }) },
              ]}
              value={draft.scope}
              onChange={(scope) => change({ scope })}
            />
          </Field>
        )}
        <WhenFields
          value={draft}
          onChange={change}
          wrong={{ start: startsLocal === undefined, minutes: minutes === undefined }}
        />
        {!following && offered.length > 1 && (
          <Field name="practitionerId" label={t('agenda.practitioner')}>
            <Select
              options={offered.map(({ memberId, name }) => ({ value: memberId, label: name }))}
              value={draft.practitionerId}
              onChange={(practitionerId) => change({ practitionerId })}
            />
          </Field>
        )}
        {minutes !== undefined && (
          <FreeSlots
            minutes={minutes}
            practitionerId={among(draft.practitionerId) ? draft.practitionerId : null}
            from={draft.date || undefined}
            chosen={startsLocal}
            onChoose={(local, practitionerId) =>
              change({ date: dateOf(local), time: timeOf(local), practitionerId })
            }
          />
        )}
      </Form>
    </Dialog>
  )
}
