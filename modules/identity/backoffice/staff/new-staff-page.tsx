import { useState } from 'react'
import { inviteStaff } from '#contract/identity'
import { type ApiError, problemsByField } from '#platform/ui/api-error.ts'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { memberTo, teamTo } from './addresses.ts'
import { RoleChoice } from './role-choice.tsx'

const languages = [
  { value: 'fr', label: 'Français' },
  { value: 'en', label: 'English' },
] as const

const names = ['firstName', 'lastName', 'email'] as const

/** Who comes, where the mail goes, and what they will be able to do: nobody ever chooses a password for another. */
export function NewStaffPage() {
  const t = useMessages()
  const go = useGo()
  const [draft, setDraft] = useState({ firstName: '', lastName: '', email: '' })
  const [language, setLanguage] = useState<'fr' | 'en'>('fr')
  const [roles, setRoles] = useState<ReadonlySet<string>>(new Set())
  const [missing, setMissing] = useState<ReadonlySet<string>>(new Set())
  const invite = useEndpoint(inviteStaff, {
    onSuccess: (member) => {
      notify.done({ title: t('identity.staff.invited', { email: member.email }) })
      go(memberTo(member.id), { replace: true })
    },
  })
  const found = (name: string) => setMissing((before) => new Set([...before].filter((one) => one !== name)))
  const control = (name: keyof typeof draft) => ({
    value: draft[name],
    onChange: (value: string) => {
      setDraft({ ...draft, [name]: value })
      found(name)
    },
    autoComplete: 'off',
  })
  const send = () => {
    const empty = names.filter((name) => !draft[name].trim())
    setMissing(new Set(roles.size === 0 ? [...empty, 'roles'] : empty))
    if (empty[0]) document.querySelector<HTMLElement>(`[name="${empty[0]}"]`)?.focus()
    else if (roles.size > 0) invite.mutate({ body: { ...draft, language, roles: [...roles] } })
  }
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t('identity.staff.invite.title')}>
        <p className="text-13 text-ink-muted">{t('identity.staff.invite.intro')}</p>
      </PageHeader>
      <Card>
        <Form
          submit={t('identity.staff.invite.send')}
          saving={invite.isPending || invite.isSuccess}
          error={told(invite.error)}
          dirty={Object.values(draft).some(Boolean) || roles.size > 0}
          onSubmit={send}
          onCancel={() => go(teamTo())}
        >
          <div className="grid gap-x-4 gap-y-3.5 sm:grid-cols-2">
            <Field
              name="firstName"
              label={t('identity.staff.first-name')}
              error={missing.has('firstName') ? t('identity.staff.first-name.missing') : undefined}
            >
              {/* The page has one purpose, which begins here. */}
              {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
              <Input {...control('firstName')} maxLength={100} autoFocus />
            </Field>
            <Field
              name="lastName"
              label={t('identity.staff.last-name')}
              error={missing.has('lastName') ? t('identity.staff.last-name.missing') : undefined}
            >
              <Input {...control('lastName')} maxLength={100} />
            </Field>
            <Field
              name="email"
              label={t('identity.staff.email')}
              help={t('identity.staff.email.help')}
              error={missing.has('email') ? t('identity.staff.email.missing') : undefined}
            >
              <Input {...control('email')} type="email" maxLength={254} />
            </Field>
            <Field
              name="language"
              label={t('identity.staff.language')}
              help={t('identity.staff.language.help')}
            >
              <Select options={languages} value={language} onChange={setLanguage} />
            </Field>
          </div>
          <RoleChoice
            chosen={roles}
            onChange={(next) => {
              setRoles(next)
              found('roles')
            }}
            error={
              missing.has('roles')
                ? t('identity.staff.roles.missing')
                : problemsByField(invite.error)['roles']
            }
          />
        </Form>
      </Card>
    </div>
  )
}

/** The question for a second factor was closed: the form stays as it was, without a reproach. */
function told(error: ApiError | null): ApiError | null {
  return error?.code === 'step_up_required' ? null : error
}
