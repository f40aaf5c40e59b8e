import { useState } from 'react'
import { type AppointmentDetail, listActs, places, updateAppointment } from '#contract/agenda'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { PatientPicker, type PickedPatient } from '#practice/patients'
import { centsOf } from '../booking/draft.ts'

/** Whom and what it is for; when it is, is moved. */
export function EditDialog({
  appointment,
  onClose,
}: {
  appointment: AppointmentDetail
  onClose: () => void
}) {
  const t = useMessages()
  const may = useMay()
  const { patient: who, act, feeCents } = appointment
  // What one began from, so that what somebody else saved meanwhile is not overwritten unseen.
  const [{ revision }] = useState(appointment)
  const [draft, setDraft] = useState({
    patient: who && ({ id: who.id, name: who.name ?? t('agenda.patient.hidden') } satisfies PickedPatient),
    title: appointment.title,
    actId: act?.id ?? null,
    fee: feeCents === null ? null : euros(feeCents),
    place: appointment.place,
    remark: appointment.remark,
  })
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const [asked, setAsked] = useState(false)
  const { data: acts } = useEndpoint(listActs)
  const save = useEndpoint(updateAppointment, {
    onSuccess: () => {
      notify.done({ title: t('agenda.edited') })
      onClose()
    },
  })
  const cents = draft.fee === null ? undefined : centsOf(draft.fee)
  const nobody = who !== null && !draft.patient
  const wrongFee = draft.fee !== null && cents === undefined
  const submit = () => {
    setAsked(true)
    if (nobody || wrongFee || (!who && !draft.title.trim())) return
    save.mutate({
      params: { id: appointment.id },
      body: {
        revision,
        title: draft.title.trim(),
        place: draft.place,
        remark: draft.remark.trim(),
        ...(draft.patient && draft.patient.id !== who?.id && { patientId: draft.patient.id }),
        ...(draft.actId !== (act?.id ?? null) && { actId: draft.actId }),
        ...(cents !== undefined && cents !== feeCents && { feeCents: cents }),
      },
    })
  }
  const offered = (acts?.rows ?? []).filter(({ id, archived }) => !archived || id === act?.id)
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('agenda.edit.title')}>
      <Form
        submit={t('agenda.edit.submit')}
        saving={save.isPending}
        error={save.error}
        onSubmit={submit}
        onCancel={onClose}
      >
        {who ? (
          <>
            <PatientPicker
              label={t('agenda.patient')}
              value={draft.patient}
              onChange={(patient) => change({ patient })}
              error={asked && nobody ? t('agenda.patient.missing') : undefined}
            />
            <Field name="actId" label={t('agenda.act')}>
              <Select
                options={offered.map(({ id, name }) => ({ value: id, label: name }))}
                value={draft.actId}
                placeholder={t('agenda.act.none')}
                onChange={(actId) => change({ actId })}
              />
            </Field>
          </>
        ) : (
          <Field
            name="title"
            label={t('agenda.event')}
            error={asked && !draft.title.trim() ? t('agenda.event.missing') : undefined}
          >
            <Input value={draft.title} maxLength={120} onChange={(title) => change({ title })} />
          </Field>
        )}
        <div className="grid grid-cols-2 gap-3">
          <Field name="place" label={t('agenda.place')}>
            <Select
              options={places.map((value) => ({ value, label: t(`agenda.place.${value}`) }))}
              value={draft.place}
              onChange={(place) => change({ place })}
            />
          </Field>
          {who && draft.fee !== null && may('fees.manage') && (
            <Field
              name="feeCents"
              label={t('agenda.fee')}
              error={asked && wrongFee ? t('agenda.fee.wrong') : undefined}
            >
              <Input inputMode="decimal" value={draft.fee} onChange={(fee) => change({ fee })} />
            </Field>
          )}
        </div>
        <Field name="remark" label={t('agenda.remark')} help={t('agenda.remark.help')} optional>
          <Textarea
            rows={3}
            maxLength={1_000}
            value={draft.remark}
            onChange={(remark) => change({ remark })}
          />
        </Field>
      </Form>
    </Dialog>
  )
}

const euros = (cents: number) => (cents / 100).toFixed(2).replace('.', ',')
