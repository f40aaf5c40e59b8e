import { type Passkey, renameMemberPasskey } from '#contract/identity'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { NameInPlace } from '#platform/ui/name-in-place.tsx'

export function PasskeyName({ passkey, onDone }: { passkey: Passkey; onDone: () => void }) {
  const t = useMessages()
  const rename = useEndpoint(renameMemberPasskey, { onSuccess: onDone })
  return (
    <NameInPlace
      name={passkey.name}
      words={{
        label: t('identity.account.passkey.name'),
        submit: t('identity.account.passkey.rename.submit'),
      }}
      saving={rename.isPending}
      error={rename.error}
      onSave={(name) => rename.mutate({ params: { id: passkey.id }, body: { name } })}
      onDone={onDone}
    />
  )
}
