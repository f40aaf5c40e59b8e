import { useState } from 'react'
import {
  articleOf,
  getPatient,
  type PatientRequestKind,
  patientRequestKinds,
  receivePatientRequest,
} from '#contract/patients'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { requestTo } from '../addresses.ts'
import { DialogForm } from '../dialog-form.tsx'
import { dayOfBrowser } from '../months-before.ts'
import { type PickedPatient, PatientPicker } from '../patient-picker.tsx'
import { spokenName } from '../patient-words.tsx'

type NewRequestDialogProps = {
  open: boolean
  /** Whose page one comes from; an address names nobody but by id. */
  patientId: string | null
  onClose: () => void
}

export function NewRequestDialog({ open, patientId, onClose }: NewRequestDialogProps) {
  const t = useMessages()
  const { data, isLoading } = useEndpoint(
    getPatient,
    { params: { id: patientId ?? '' } },
    { enabled: open && patientId !== null },
  )
  const patient = data && patientId !== null ? { id: data.id, name: spokenName(data) } : null
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('patients.request.new')}
      description={t('patients.request.new.help')}
    >
      {open &&
        (isLoading ? <Skeleton height={240} width="100%" /> : <Fields patient={patient} onClose={onClose} />)}
    </Dialog>
  )
}

function Fields({ patient, onClose }: { patient: PickedPatient | null; onClose: () => void }) {
  const t = useMessages()
  const go = useGo()
  const [picked, setPicked] = useState(patient)
  const [missing, setMissing] = useState(false)
  const [draft, setDraft] = useState({
    kind: 'access' as PatientRequestKind,
    receivedOn: dayOfBrowser(),
    note: '',
  })
  const receive = useEndpoint(receivePatientRequest, {
    onSuccess: ({ id }) => go(requestTo(id), { replace: true }),
  })
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change })
  return (
    <DialogForm
      submit={t('patients.request.save')}
      saving={receive.isPending}
      error={receive.error}
      onCancel={onClose}
      onSubmit={() => {
        setMissing(picked === null)
        if (picked) receive.mutate({ body: { ...draft, patientId: picked.id } })
      }}
    >
      <PatientPicker
        label={t('patients.one')}
        value={picked}
        onChange={setPicked}
        error={missing && picked === null ? t('patients.picker.missing') : undefined}
      />
      <Field name="kind" label={t('patients.request.kind')}>
        <Select
          options={patientRequestKinds.map((kind) => ({
            value: kind,
            label: `${t(`patients.request.kind.${kind}`)} (${t('patients.request.article', { article: articleOf[kind] })})`,
          }))}
          value={draft.kind}
          onChange={(kind) => set({ kind })}
        />
      </Field>
      <Field name="receivedOn" label={t('patients.request.received-on')} help={t('patients.request.month')}>
        <Input type="date" value={draft.receivedOn} onChange={(receivedOn) => set({ receivedOn })} />
      </Field>
      <Field name="note" label={t('patients.request.note')} optional>
        <Textarea value={draft.note} rows={3} maxLength={2_000} onChange={(note) => set({ note })} />
      </Field>
    </DialogForm>
  )
}
