import { useState } from 'react'
import {
  addRelative,
  type Relative,
  type RelativeRole,
  relativeRoles,
  updateRelative,
} from '#contract/patients'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { DialogForm } from './dialog-form.tsx'

export type RelativeDialogProps = {
  patientId: string
  /** Whose minority asks for who answers for them first. */
  minor: boolean
  open: Relative | 'new' | null
  onClose: () => void
}

export function RelativeDialog({ patientId, minor, open, onClose }: RelativeDialogProps) {
  const t = useMessages()
  return (
    <Dialog
      open={open !== null}
      onOpenChange={(next) => !next && onClose()}
      title={t(open === 'new' ? 'patients.relative.add.title' : 'patients.relative.edit.title')}
    >
      {open !== null && (
        <Fields
          key={open === 'new' ? open : open.id}
          patientId={patientId}
          minor={minor}
          relative={open === 'new' ? null : open}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}

type FieldsProps = { patientId: string; minor: boolean; relative: Relative | null; onClose: () => void }

function Fields({ patientId, minor, relative, onClose }: FieldsProps) {
  const t = useMessages()
  const [draft, setDraft] = useState({
    role: relative?.role ?? ((minor ? 'parental_authority' : 'emergency') as RelativeRole),
    firstName: relative?.firstName ?? '',
    lastName: relative?.lastName ?? '',
    phone: relative?.phone ?? '',
    email: relative?.email ?? '',
    pays: relative?.pays ?? false,
  })
  const add = useEndpoint(addRelative, { onSuccess: onClose })
  const update = useEndpoint(updateRelative, { onSuccess: onClose })
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change })
  const params = { id: patientId }
  return (
    <DialogForm
      submit={t('patients.save')}
      saving={add.isPending || update.isPending}
      error={add.error ?? update.error}
      onCancel={onClose}
      onSubmit={() =>
        relative
          ? update.mutate({ params: { ...params, relativeId: relative.id }, body: draft })
          : add.mutate({ params, body: draft })
      }
    >
      <Field name="role" label={t('patients.relative.role')}>
        <Select
          options={relativeRoles.map((role) => ({ value: role, label: t(`patients.role.${role}`) }))}
          value={draft.role}
          onChange={(role) => set({ role })}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="lastName" label={t('patients.last-name')}>
          <Input value={draft.lastName} maxLength={120} onChange={(lastName) => set({ lastName })} />
        </Field>
        <Field name="firstName" label={t('patients.first-name')}>
          <Input value={draft.firstName} maxLength={120} onChange={(firstName) => set({ firstName })} />
        </Field>
        <Field name="phone" label={t('patients.phone')} optional>
          <Input type="tel" value={draft.phone} maxLength={32} onChange={(phone) => set({ phone })} />
        </Field>
        <Field name="email" label={t('patients.email')} optional>
          <Input type="email" value={draft.email} maxLength={254} onChange={(email) => set({ email })} />
        </Field>
      </div>
      <Field name="pays" label={t('patients.relative.pays')} inline>
        <Checkbox checked={draft.pays} onChange={(pays) => set({ pays })} />
      </Field>
    </DialogForm>
  )
}
