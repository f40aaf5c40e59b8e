import { useState } from 'react'
import { addTask, type Call, type Task, updateTask } from '#contract/calls'
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
import { ANYONE, usePeople } from '../people.ts'

type TaskDraft = {
  title: string
  details: string
  dueOn: string
  assigneeId: string | null
  patient: PickedPatient | null
  callId: string | null
}

export const emptyTask: TaskDraft = {
  title: '',
  details: '',
  dueOn: '',
  assigneeId: null,
  patient: null,
  callId: null,
}

/** Who a call is for is who has something to do. */
export const taskOfCall = (call: Call, title: string): TaskDraft => ({
  ...emptyTask,
  title: title.slice(0, 200),
  details: call.message,
  assigneeId: call.for?.id ?? null,
  patient: call.patient?.name ? { id: call.patient.id, name: call.patient.name } : null,
  callId: call.id,
})

type TaskDialogProps = {
  /** The one that is changed; else a new one is added. */
  task?: Task
  start?: TaskDraft
  onClose: () => void
}

/** A task whole: for whom, until when, about whom. */
export function TaskDialog({ task, start = emptyTask, onClose }: TaskDialogProps) {
  const t = useMessages()
  const may = useMay()
  const { people } = usePeople()
  const [begun] = useState(task)
  const [draft, setDraft] = useState<TaskDraft>(() =>
    begun ? draftOf(begun, t('calls.patient.hidden')) : start,
  )
  const change = (part: Partial<TaskDraft>) => setDraft({ ...draft, ...part })
  const [asked, setAsked] = useState(false)
  const saved = (title: string) => () => {
    notify.done({ title })
    onClose()
  }
  const add = useEndpoint(addTask, { onSuccess: saved(t('calls.tasks.added')) })
  const update = useEndpoint(updateTask, { onSuccess: saved(t('calls.tasks.saved')) })
  const title = draft.title.trim()
  const submit = () => {
    setAsked(true)
    if (!title) return
    const said = {
      title,
      details: draft.details.trim(),
      dueOn: draft.dueOn || null,
      assigneeId: draft.assigneeId,
      patientId: draft.patient?.id ?? null,
    }
    if (begun) update.mutate({ params: { id: begun.id }, body: { revision: begun.revision, ...said } })
    else add.mutate({ body: { ...said, callId: draft.callId } })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(begun ? 'calls.tasks.edit' : 'calls.tasks.new')}
    >
      <Form
        submit={t(begun ? 'calls.tasks.edit.submit' : 'calls.tasks.quick')}
        saving={add.isPending || update.isPending}
        error={add.error ?? update.error}
        onSubmit={submit}
        onCancel={onClose}
      >
        <Field
          name="title"
          label={t('calls.tasks.name')}
          error={asked && !title ? t('calls.tasks.name.missing') : undefined}
        >
          <Input
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first field of a dialog that was asked for
            autoFocus
            maxLength={200}
            value={draft.title}
            onChange={(typed) => change({ title: typed })}
          />
        </Field>
        <div className="grid grid-cols-2 gap-3">
          <Field name="dueOn" label={t('calls.tasks.due')} optional>
            <Input type="date" value={draft.dueOn} onChange={(dueOn) => change({ dueOn })} />
          </Field>
          <Field name="assigneeId" label={t('calls.tasks.assignee')}>
            <Select
              options={[
                { value: ANYONE, label: t('calls.tasks.assignee.anyone') },
                ...people.map(({ memberId, name }) => ({ value: memberId, label: name })),
              ]}
              value={draft.assigneeId ?? ANYONE}
              onChange={(one) => change({ assigneeId: one === ANYONE ? null : one })}
            />
          </Field>
        </div>
        {may('patients.read') && (
          <PatientPicker
            label={t('calls.tasks.patient')}
            optional
            value={draft.patient}
            onChange={(patient) => change({ patient })}
          />
        )}
        <Field name="details" label={t('calls.tasks.details')} help={t('calls.message.help')} optional>
          <Textarea
            rows={3}
            maxLength={2_000}
            value={draft.details}
            onChange={(details) => change({ details })}
          />
        </Field>
      </Form>
    </Dialog>
  )
}

const draftOf = (task: Task, hidden: string): TaskDraft => ({
  title: task.title,
  details: task.details,
  dueOn: task.dueOn ?? '',
  assigneeId: task.assignee?.id ?? null,
  patient: task.patient && { id: task.patient.id, name: task.patient.name ?? hidden },
  callId: task.callId,
})
