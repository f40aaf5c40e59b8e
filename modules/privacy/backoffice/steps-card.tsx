import {
  CircleCheck,
  Copy,
  Eraser,
  FileCheck2,
  FilePlus2,
  type LucideIcon,
  NotebookPen,
  Paperclip,
  PenLine,
  RotateCcw,
  ShieldCheck,
  TimerReset,
  UserSearch,
} from 'lucide-react'
import { createElement, useState } from 'react'
import { addStep, type PrivacyRequest, type Step } from '#contract/privacy'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { Field } from '#platform/ui/field.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { StepDetails } from './step-details.tsx'

const icons: Record<Step['kind'], LucideIcon> = {
  received: FilePlus2,
  corrected: PenLine,
  proof_demanded: UserSearch,
  identity_checked: ShieldCheck,
  extended: TimerReset,
  note: NotebookPen,
  copy_requested: Copy,
  copy_prepared: FileCheck2,
  tickets_forgotten: Eraser,
  proof_added: Paperclip,
  answered: CircleCheck,
  reopened: RotateCcw,
}

/** Everything that was done, newest first: who, when, what was written. */
export function StepsCard({ request }: { request: PrivacyRequest }) {
  const t = useMessages()
  const may = useMay()
  return (
    <Card title={t('privacy.card.steps')}>
      {may('privacy.manage') && <NoteForm id={request.id} />}
      <ol className="mt-1 flex flex-col">
        {request.steps.toReversed().map((step) => (
          <li key={step.id} className="group relative flex gap-3 pb-4 text-13 last:pb-0">
            {/* The thread from one step to the one before it. */}
            <span
              aria-hidden
              className="absolute top-6 bottom-0 left-3 w-px -translate-x-1/2 bg-line group-last:hidden"
            />
            <span className="flex size-6 shrink-0 items-center justify-center rounded-full bg-neutral-soft text-neutral-ink">
              {createElement(icons[step.kind], { 'aria-hidden': true, size: 13 })}
            </span>
            <div className="min-w-0 flex-1 pt-0.5">
              <div className="flex flex-wrap items-baseline gap-x-3">
                <p className="min-w-0">{t(`privacy.step.${step.kind}`, { by: step.by })}</p>
                <p className="ml-auto text-12 text-ink-muted max-sm:ml-0 max-sm:basis-full">
                  <DateText value={step.at} show="both" />
                </p>
              </div>
              <StepDetails step={step} />
            </div>
          </li>
        ))}
      </ol>
    </Card>
  )
}

function NoteForm({ id }: { id: string }) {
  const t = useMessages()
  const [note, setNote] = useState('')
  const add = useEndpoint(addStep, {
    onSuccess: () => {
      setNote('')
      notify.done({ title: t('privacy.note.done') })
    },
  })
  const submit = () => {
    if (note.trim() && !add.isPending) add.mutate({ params: { id }, body: { note } })
  }
  return (
    // Keys typed in the field bubble up to the form.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      noValidate
      className="mb-5 flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit()
      }}
    >
      {add.error && <FormErrors error={add.error} />}
      <Field name="note" label={t('privacy.note')} help={t('privacy.note.help')}>
        <Textarea value={note} onChange={setNote} rows={2} maxLength={4_000} />
      </Field>
      <Button type="submit" className="self-end" disabled={!note.trim()} loading={add.isPending}>
        {t('privacy.note.add')}
      </Button>
    </form>
  )
}
