import { useState } from 'react'
import { type Colleague, inviteColleague, type Profile, type Right, usualRights } from '#contract/identity'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { type Grant, RightsFields } from './rights-fields.tsx'

type InviteDialogProps = {
  /** Who worked here before, and is let in anew. */
  former: Colleague | undefined
  grantable: readonly Right[]
  profiles: readonly Profile[]
  onClose: () => void
}

/** The first word is the first name, until somebody corrects it. */
function personOf(former: Colleague | undefined) {
  const [firstName = '', ...others] = former?.name?.split(' ') ?? []
  return { firstName, lastName: others.join(' '), email: former?.email ?? '' }
}

/** Lets somebody into the practice: who has an account is told, who has none chooses a password. */
export function InviteDialog({ former, grantable, profiles, onClose }: InviteDialogProps) {
  const t = useMessages()
  const [person, setPerson] = useState(() => personOf(former))
  const [profile, setProfile] = useState<Profile>(
    former && profiles.includes(former.profile) ? former.profile : 'secretary',
  )
  const [grant, setGrant] = useState<Grant>({
    rights: (former?.profile === 'secretary' ? former.rights : usualRights).filter((right) =>
      grantable.includes(right),
    ),
    lastDay: '',
  })
  const [missing, setMissing] = useState(false)
  const invite = useEndpoint(inviteColleague, {
    onSuccess: ({ email }) => {
      notify.done({ title: t('identity.team.invited', { email }) })
      onClose()
    },
  })
  const field = (name: keyof typeof person, max: number, type?: string) => (
    <Field
      name={name}
      label={t(`identity.team.${name}`)}
      error={missing && !person[name].trim() ? t('identity.team.missing') : undefined}
    >
      <Input
        {...(type && { type })}
        value={person[name]}
        onChange={(value) => setPerson({ ...person, [name]: value })}
        maxLength={max}
        autoComplete="off"
      />
    </Field>
  )
  const submit = () => {
    const isComplete = Object.values(person).every((value) => value.trim())
    setMissing(!isComplete)
    if (!isComplete) return
    const rights = profile === 'secretary' ? [...grant.rights] : []
    invite.mutate({ body: { ...person, profile, rights, lastDay: grant.lastDay || null } })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('identity.team.invite')}
      description={t('identity.team.invite.help')}
    >
      <Form
        submit={t('identity.team.invite.submit')}
        saving={invite.isPending}
        error={invite.error?.code === 'step_up_required' ? null : invite.error}
        onSubmit={submit}
        onCancel={onClose}
      >
        {field('email', 254, 'email')}
        <div className="grid gap-4 sm:grid-cols-2">
          {field('firstName', 60)}
          {field('lastName', 60)}
        </div>
        {profiles.length > 1 && (
          <Field
            name="profile"
            label={t('identity.team.profile')}
            help={t(`identity.team.profile.${profile}.help`)}
          >
            <Select
              options={profiles
                .toReversed()
                .map((one) => ({ value: one, label: t(`identity.practice.profile.${one}`) }))}
              value={profile}
              onChange={setProfile}
            />
          </Field>
        )}
        <RightsFields
          value={grant}
          onChange={setGrant}
          grantable={grantable}
          asksRights={profile === 'secretary'}
        />
      </Form>
    </Dialog>
  )
}
