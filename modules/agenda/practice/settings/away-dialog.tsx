import { useState } from 'react'
import {
  type Absence,
  type AbsenceKind,
  absenceKinds,
  addAbsence,
  addOpenSlot,
  changeAbsence,
} from '#contract/agenda'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { type AwayDraft, draftOf, timesOf } from './away.ts'

/** What the dialog is about: an absence, new or known, or time opened besides the usual hours. */
export type Away = { kind: 'absence'; absence?: Absence } | { kind: 'slot' }

type AwayDialogProps = {
  away: Away
  people: readonly { practitionerId: string; name: string }[]
  onClose: () => void
}

export function AwayDialog({ away, people, onClose }: AwayDialogProps) {
  const t = useMessages()
  const { id: me } = useSession()
  const known = away.kind === 'absence' ? away.absence : undefined
  const own = people.find(({ practitionerId }) => practitionerId === me) ?? people[0]
  const [draft, setDraft] = useState<AwayDraft>(() => draftOf(known, own?.practitionerId ?? null))
  const [asked, setAsked] = useState(false)
  const change = (part: Partial<AwayDraft>) => setDraft({ ...draft, ...part })

  const done = (touched: number) => {
    notify.done({
      title: t(known ? 'agenda.settings.absence.changed' : 'agenda.settings.absence.added'),
      description: touched > 0 ? t('agenda.settings.absence.touches', { count: touched }) : undefined,
    })
    onClose()
  }
  const add = useEndpoint(addAbsence, { onSuccess: ({ touched }) => done(touched.length) })
  const alter = useEndpoint(changeAbsence, { onSuccess: ({ touched }) => done(touched.length) })
  const open = useEndpoint(addOpenSlot, {
    onSuccess: () => {
      notify.done({ title: t('agenda.settings.slot.added') })
      onClose()
    },
  })
  const saving = add.isPending || alter.isPending || open.isPending

  const times = timesOf(draft, away.kind)
  const submit = () => {
    setAsked(true)
    if (!times) return
    const { practitionerId, kind, label } = draft
    const whose = practitionerId === null ? {} : { practitionerId }
    if (away.kind === 'slot') open.mutate({ body: { ...whose, ...times, label } })
    else if (known)
      alter.mutate({ params: { id: known.id }, body: { was: timesOfKnown(known), ...times, kind, label } })
    else add.mutate({ body: { ...whose, ...times, kind, label } })
  }
  const isSlot = away.kind === 'slot'
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t(
        isSlot
          ? 'agenda.settings.slot.add'
          : known
            ? 'agenda.settings.absence.change'
            : 'agenda.settings.absence.add',
      )}
      description={t(isSlot ? 'agenda.settings.slot.help' : 'agenda.settings.absence.help')}
    >
      <Form
        submit={t('agenda.settings.save')}
        saving={saving}
        error={add.error ?? alter.error ?? open.error}
        onSubmit={submit}
        onCancel={onClose}
      >
        {people.length > 1 && !known && (
          <Field name="practitionerId" label={t('agenda.practitioner')}>
            <Select
              options={people.map(({ practitionerId, name }) => ({ value: practitionerId, label: name }))}
              value={draft.practitionerId}
              onChange={(practitionerId) => change({ practitionerId })}
            />
          </Field>
        )}
        {!isSlot && (
          <Field name="kind" label={t('agenda.settings.absence.kind')}>
            <Select<AbsenceKind>
              options={absenceKinds.map((value) => ({ value, label: t(`agenda.absence.${value}`) }))}
              value={draft.kind}
              onChange={(kind) => change({ kind })}
            />
          </Field>
        )}
        <div className="grid grid-cols-2 gap-3">
          <Field
            name="startsLocal"
            label={t(isSlot ? 'agenda.date' : 'agenda.settings.absence.from')}
            error={asked && !times ? t('agenda.settings.absence.wrong') : undefined}
          >
            <Input
              type="date"
              value={draft.from}
              onChange={(from) => change({ from, ...(draft.to < from && { to: from }) })}
            />
          </Field>
          {isSlot ? (
            <div />
          ) : (
            <Field name="endsLocal" label={t('agenda.settings.absence.to')}>
              <Input type="date" min={draft.from} value={draft.to} onChange={(to) => change({ to })} />
            </Field>
          )}
          <Field
            label={t('agenda.settings.absence.at')}
            optional={!isSlot}
            help={isSlot ? undefined : t('agenda.settings.absence.at.help')}
          >
            <Input type="time" step={300} value={draft.at} onChange={(at) => change({ at })} />
          </Field>
          <Field label={t('agenda.settings.absence.until')} optional={!isSlot}>
            <Input type="time" step={300} value={draft.until} onChange={(until) => change({ until })} />
          </Field>
        </div>
        <Field name="label" label={t('agenda.settings.absence.label')} optional>
          <Input maxLength={120} value={draft.label} onChange={(label) => change({ label })} />
        </Field>
      </Form>
    </Dialog>
  )
}

const timesOfKnown = ({ startsLocal, endsLocal }: Absence) => ({ startsLocal, endsLocal })
