import { useState } from 'react'
import { createPatient } from '#contract/patients'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problems } from '#platform/ui/problems.ts'
import { problemsByField } from '#platform/ui/api-error.ts'
import { Doubles } from './doubles.tsx'

type NewPatientDialogProps = {
  /** What was typed while looking for them; null while the dialog is closed. */
  typed: string | null
  onClose: () => void
  onAdded: (patient: { id: string; name: string }) => void
}

/** Adds a patient without leaving what one is at: a name, and a telephone where one has it. */
export function NewPatientDialog({ typed, onClose, onAdded }: NewPatientDialogProps) {
  const t = useMessages()
  return (
    <Dialog
      open={typed !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('patients.new')}
      description={t('patients.new.help')}
    >
      {typed !== null && <Fields key={typed} typed={typed} onClose={onClose} onAdded={onAdded} />}
    </Dialog>
  )
}

function Fields({ typed, onClose, onAdded }: NewPatientDialogProps & { typed: string }) {
  const t = useMessages()
  const [draft, setDraft] = useState(() => ({ ...namesIn(typed), phone: '' }))
  const add = useEndpoint(createPatient, {
    onSuccess: ({ id, firstName, lastName }) => onAdded({ id, name: `${firstName} ${lastName}` }),
  })
  return (
    <Problems value={problemsByField(add.error)}>
      <form
        noValidate
        aria-busy={add.isPending}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          // A dialog's events bubble to the form it was opened from.
          event.stopPropagation()
          if (!add.isPending) add.mutate({ body: draft })
        }}
      >
        {add.error && <FormErrors error={add.error} />}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field name="lastName" label={t('patients.last-name')}>
            <Input
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first field of a dialog that was asked for
              autoFocus
              maxLength={120}
              value={draft.lastName}
              onChange={(lastName) => setDraft({ ...draft, lastName })}
            />
          </Field>
          <Field name="firstName" label={t('patients.first-name')}>
            <Input
              maxLength={120}
              value={draft.firstName}
              onChange={(firstName) => setDraft({ ...draft, firstName })}
            />
          </Field>
        </div>
        <Field name="phone" label={t('patients.phone')} optional>
          <Input
            type="tel"
            inputMode="tel"
            maxLength={32}
            value={draft.phone}
            onChange={(phone) => setDraft({ ...draft, phone })}
          />
        </Field>
        <Doubles {...draft} onChoose={onAdded} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" variant="primary" loading={add.isPending}>
            {t('patients.new.submit')}
          </Button>
        </div>
      </form>
    </Problems>
  )
}

/** « marie dupont » is taken as the first name, then the last one, as people say them. */
export function namesIn(typed: string): { firstName: string; lastName: string } {
  const [first = '', ...rest] = typed.trim().split(/\s+/)
  return rest.length > 0 ? { firstName: first, lastName: rest.join(' ') } : { firstName: '', lastName: first }
}
