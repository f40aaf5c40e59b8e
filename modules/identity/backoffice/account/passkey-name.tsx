import { useState } from 'react'
import { type Passkey, renamePasskey } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

/** A name is corrected where it stands: Enter keeps it, Escape leaves the former one. */
export function PasskeyName({ passkey, onDone }: { passkey: Passkey; onDone: () => void }) {
  const t = useMessages()
  const [name, setName] = useState(passkey.name)
  const rename = useEndpoint(renamePasskey, { onSuccess: onDone })
  return (
    <form
      noValidate
      aria-busy={rename.isPending}
      className="flex min-w-0 flex-1 flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (!name.trim() || name.trim() === passkey.name) onDone()
        else rename.mutate({ params: { id: passkey.id }, body: { name } })
      }}
    >
      <div className="min-w-0 flex-1 basis-40">
        <Input
          aria-label={t('identity.account.passkey.name')}
          value={name}
          maxLength={60}
          autoComplete="off"
          // One has just pressed a button to come here.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          onFocus={(event) => event.currentTarget.select()}
          onKeyDown={(event) => event.key === 'Escape' && onDone()}
          onChange={setName}
        />
      </div>
      <div className="flex gap-1">
        <Button type="submit" size="small" loading={rename.isPending}>
          {t('identity.account.passkey.rename.submit')}
        </Button>
        <Button size="small" variant="ghost" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
      {rename.error && (
        <p role="alert" className="w-full text-12 text-danger-ink">
          {sentenceOf(rename.error, t)}
        </p>
      )}
    </form>
  )
}
