import { MailPlus } from 'lucide-react'
import { useState } from 'react'
import { addMember, type Profile, profiles } from '#contract/identity'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useSpokenName } from '../spoken-name.ts'
import { useDone } from './done.ts'
import type { ActProps } from './suspend-dialog.tsx'

/** Lets somebody else into a practice: whoever it belongs to is told. */
export function InviteDialog({ tenant, onClose }: ActProps) {
  const t = useMessages()
  const spoken = useSpokenName()
  const [draft, setDraft] = useState({ firstName: '', lastName: '', email: '' })
  const [profile, setProfile] = useState<Profile>('secretary')
  const invite = useEndpoint(addMember, { onSuccess: useDone('tenancy.member.invited', onClose) })
  const control = (name: keyof typeof draft) => ({
    value: draft[name],
    onChange: (value: string) => setDraft({ ...draft, [name]: value }),
    autoComplete: 'off',
  })
  const isReady = Object.values(draft).every((value) => value.trim())
  return (
    <ActDialog
      title={t('tenancy.member.invite.title', { name: spoken(tenant.name) })}
      effects={[
        t('tenancy.member.invite.mail'),
        t('tenancy.member.invite.rights'),
        t('tenancy.member.invite.told'),
      ]}
      action={t('tenancy.member.invite.send')}
      icon={MailPlus}
      disabled={!isReady}
      running={invite.isPending}
      error={invite.error}
      onSubmit={() => invite.mutate({ params: { id: tenant.id }, body: { ...draft, profile } })}
      onClose={onClose}
    >
      <Field name="firstName" label={t('tenancy.member.first-name')}>
        <Input {...control('firstName')} maxLength={100} />
      </Field>
      <Field name="lastName" label={t('tenancy.member.last-name')}>
        <Input {...control('lastName')} maxLength={100} />
      </Field>
      <Field name="email" label={t('tenancy.member.email')}>
        <Input {...control('email')} type="email" maxLength={254} />
      </Field>
      <Field
        name="profile"
        label={t('tenancy.member.profile')}
        help={t(`tenancy.member.profile.${profile}.help`)}
      >
        <Select
          options={profiles.map((one) => ({ value: one, label: t(`tenancy.member.profile.${one}`) }))}
          value={profile}
          onChange={setProfile}
        />
      </Field>
    </ActDialog>
  )
}
