import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { addMemberPasskey, getNewMemberPasskey } from '#contract/identity'
import { ApiError } from '#platform/ui/api-error.ts'
import { call } from '#platform/ui/call.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { sentenceOfPasskey } from '#platform/ui/passkey-words.ts'
import { makePasskey } from '#platform/ui/passkeys.ts'
import { Problem } from '#platform/ui/problem.tsx'
import { systemName } from '#platform/ui/system-name.ts'
import { notify } from '#platform/ui/toast.tsx'
import { usePasskeyWords } from '../factors/passkey-words.ts'

type AddPasskeyDialogProps = {
  onClose: () => void
  /** With the recovery codes that come with a first factor. */
  onDone: (recoveryCodes: readonly string[] | null) => void
}

/** A name to tell it from others by, then the browser's own window. */
export function AddPasskeyDialog({ onClose, onDone }: AddPasskeyDialogProps) {
  const t = useMessages()
  const words = usePasskeyWords()
  const [name, setName] = useState(() => systemName(navigator.userAgent) ?? '')
  const [missing, setMissing] = useState(false)
  const keep = useEndpoint(addMemberPasskey, {
    onSuccess: ({ recoveryCodes }, { body }) => {
      notify.done({ title: t('identity.account.passkey.added', { name: body.name }) })
      onDone(recoveryCodes)
    },
  })
  const make = useMutation({
    mutationFn: async () => makePasskey((await call(getNewMemberPasskey)).passkey),
    onSuccess: (response) => keep.mutate({ body: { name, response } }),
  })
  const error = make.error ?? keep.error
  // A step-up that the person turned down is no news to them.
  const turnedDown = error instanceof ApiError && error.code === 'step_up_required'
  const problem = sentenceOfPasskey(turnedDown ? null : error, words, t)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('identity.account.passkey.add')}
      description={t('identity.account.passkey.help')}
    >
      <Form
        submit={t('identity.passkey.create')}
        saving={make.isPending || keep.isPending}
        onCancel={onClose}
        onSubmit={() => {
          setMissing(!name.trim())
          if (!name.trim()) return
          keep.reset()
          make.mutate()
        }}
      >
        {problem && <Problem>{problem}</Problem>}
        <Field
          label={t('identity.account.passkey.name')}
          name="name"
          help={t('identity.account.passkey.name.help')}
          error={missing ? t('identity.account.passkey.name.missing') : undefined}
        >
          <Input
            value={name}
            maxLength={60}
            autoComplete="off"
            onChange={(typed) => {
              setMissing(false)
              setName(typed)
            }}
          />
        </Field>
      </Form>
    </Dialog>
  )
}
