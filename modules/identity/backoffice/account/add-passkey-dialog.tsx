import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { addPasskey, getNewPasskey } from '#contract/identity'
import { call } from '#platform/ui/call.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { usePasskeySentence, wasTurnedDown } from '../factors/passkey-words.ts'
import { Problem } from '#platform/ui/problem.tsx'
import { makePasskey } from '#platform/ui/passkeys.ts'
import { useFactorChanged } from './factor-changed.ts'
import { systemName } from '#platform/ui/system-name.ts'

/** A name to tell it from others by, then the browser's own window. */
export function AddPasskeyDialog({ onClose }: { onClose: () => void }) {
  const t = useMessages()
  const changed = useFactorChanged()
  const [name, setName] = useState(() => systemName(navigator.userAgent) ?? '')
  const [missing, setMissing] = useState(false)
  const keep = useEndpoint(addPasskey, {
    onSuccess: (_, { body }) => {
      changed(t('identity.account.passkey.added', { name: body.name }))
      onClose()
    },
  })
  const make = useMutation({
    mutationFn: async () => makePasskey((await call(getNewPasskey)).passkey),
    onSuccess: (response) => keep.mutate({ body: { name, response } }),
  })
  const error = make.error ?? keep.error
  const sentence = usePasskeySentence(wasTurnedDown(error) ? null : error)
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
        {sentence && <Problem>{sentence}</Problem>}
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
