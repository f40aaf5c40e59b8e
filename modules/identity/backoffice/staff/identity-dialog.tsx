import { useId, useState } from 'react'
import { type StaffMember, updateStaff } from '#contract/identity'
import { problemsByField } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problems } from '#platform/ui/problems.ts'
import { notify } from '#platform/ui/toast.tsx'
import { Refused } from '../refused.tsx'

type IdentityDialogProps = { member: StaffMember; onClose: () => void }

/** A name that was misspelt, an address that changed. */
export function IdentityDialog({ member, onClose }: IdentityDialogProps) {
  const t = useMessages()
  const form = useId()
  const { firstName, lastName, email } = member
  const [draft, setDraft] = useState({ firstName, lastName, email })
  const save = useEndpoint(updateStaff, {
    onSuccess: () => {
      notify.done({ title: t('identity.staff.saved') })
      onClose()
    },
  })
  const isChanged = JSON.stringify(draft) !== JSON.stringify({ firstName, lastName, email })
  const submit = () => {
    if (isChanged && !save.isPending) save.mutate({ params: { id: member.id }, body: draft })
  }
  const control = (name: keyof typeof draft) => ({
    value: draft[name],
    onChange: (value: string) => setDraft({ ...draft, [name]: value }),
    autoComplete: 'off',
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('identity.staff.edit')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" form={form} variant="primary" disabled={!isChanged} loading={save.isPending}>
            {t('identity.staff.save')}
          </Button>
        </>
      }
    >
      <Refused error={save.error} />
      <Problems value={problemsByField(save.error)}>
        <form
          id={form}
          noValidate
          className="flex flex-col gap-3.5"
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          <Field name="firstName" label={t('identity.staff.first-name')}>
            <Input {...control('firstName')} maxLength={100} />
          </Field>
          <Field name="lastName" label={t('identity.staff.last-name')}>
            <Input {...control('lastName')} maxLength={100} />
          </Field>
          <Field name="email" label={t('identity.staff.email')} help={t('identity.staff.email.change-help')}>
            <Input {...control('email')} type="email" maxLength={254} />
          </Field>
        </form>
      </Problems>
    </Dialog>
  )
}
