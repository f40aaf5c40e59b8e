import { useState } from 'react'
import { changePassword } from '#contract/identity'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { NewPasswordField } from '#platform/ui/new-password-field.tsx'
import { leastLength, lengthOf } from '#platform/ui/new-password-length.ts'

const nothing = { current: '', password: '', endOtherSessions: true }

export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const t = useMessages()
  const { email } = useSession()
  const [draft, setDraft] = useState(nothing)
  const [tried, setTried] = useState(false)
  const change = useEndpoint(changePassword, {
    onSuccess: () => {
      notify.done({ title: t('identity.account.password.done') })
      onClose()
    },
    onError: ({ code }) => code === 'password_wrong' && focus('current'),
  })
  const wrong = change.error?.code === 'password_wrong' ? change.error.message : undefined
  const missing = tried && !draft.current
  const short = tried && lengthOf(draft.password) < leastLength
  const edit = (part: Partial<typeof nothing>) => {
    setTried(false)
    setDraft({ ...draft, ...part })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('identity.account.password.change')}
      description={t('identity.account.password.help')}
    >
      <Form
        submit={t('identity.account.password.submit')}
        saving={change.isPending}
        error={wrong ? undefined : change.error}
        onCancel={onClose}
        onSubmit={() => {
          setTried(true)
          const wrongField = !draft.current
            ? 'current'
            : lengthOf(draft.password) < leastLength
              ? 'password'
              : null
          if (wrongField) focus(wrongField)
          else change.mutate({ body: draft })
        }}
      >
        {/* For password managers, which keep a password with its account. */}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <Field
          label={t('identity.account.password.current')}
          name="current"
          error={missing ? t('identity.password.missing') : wrong}
        >
          <Input
            type="password"
            autoComplete="current-password"
            value={draft.current}
            onChange={(current) => edit({ current })}
          />
        </Field>
        <NewPasswordField
          value={draft.password}
          onChange={(password) => edit({ password })}
          error={short ? t('ui.new-password.short') : undefined}
        />
        <Field label={t('identity.account.password.end-others')} name="endOtherSessions" inline>
          <Checkbox
            checked={draft.endOtherSessions}
            onChange={(endOtherSessions) => edit({ endOtherSessions })}
          />
        </Field>
      </Form>
    </Dialog>
  )
}

function focus(name: keyof typeof nothing): void {
  document.querySelector<HTMLElement>(`[role="dialog"] [name="${name}"]`)?.focus()
}
