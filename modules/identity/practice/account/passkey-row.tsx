import { KeyRound, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { type Passkey, removeMemberPasskey } from '#contract/identity'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { DangerDialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { PasskeyName } from './passkey-name.tsx'

type PasskeyRowProps = {
  passkey: Passkey
  /** Without it the password alone opens a session again. */
  isLast: boolean
  removable: boolean
}

export function PasskeyRow({ passkey, isLast, removable }: PasskeyRowProps) {
  const t = useMessages()
  const [naming, setNaming] = useState(false)
  const [removing, setRemoving] = useState(false)
  const { id, name, backedUp, createdAt, lastUsedAt } = passkey
  const remove = useEndpoint(removeMemberPasskey, {
    onSuccess: () => {
      setRemoving(false)
      notify.done({ title: t('identity.account.passkey.removed', { name }) })
    },
  })
  const refused = remove.error?.code === 'step_up_required' ? null : remove.error
  return (
    <li className="flex items-center gap-3 border-t border-line py-3 text-13">
      <KeyRound aria-hidden size={16} className="shrink-0 text-ink-muted" />
      {naming ? (
        <PasskeyName passkey={passkey} onDone={() => setNaming(false)} />
      ) : (
        <>
          <div className="min-w-0 flex-1">
            <p className="font-medium wrap-anywhere">{name}</p>
            <p className="text-12 text-ink-muted">
              {t(backedUp ? 'identity.account.passkey.synced' : 'identity.account.passkey.one-device')}
              {' · '}
              {t.rich('identity.account.added', { when: <DateText key="when" value={createdAt} /> })}
              {' · '}
              {lastUsedAt
                ? t.rich('identity.account.last-used', {
                    when: <DateText key="when" value={lastUsedAt} show="relative" />,
                  })
                : t('identity.account.never-used')}
            </p>
          </div>
          <div className="flex">
            <IconButton
              icon={Pencil}
              size="small"
              label={t('identity.account.passkey.rename', { name })}
              onClick={() => setNaming(true)}
            />
            {removable && (
              <IconButton
                icon={Trash2}
                size="small"
                label={t('identity.account.passkey.remove', { name })}
                onClick={() => setRemoving(true)}
              />
            )}
          </div>
        </>
      )}
      <DangerDialog
        open={removing}
        onOpenChange={(open) => {
          remove.reset()
          setRemoving(open)
        }}
        title={t('identity.account.passkey.remove.ask', { name })}
        description={t(
          isLast ? 'identity.practice.account.remove.help' : 'identity.account.passkey.remove.help',
        )}
        action={t('identity.account.remove')}
        loading={remove.isPending}
        onConfirm={() => remove.mutate({ params: { id } })}
      >
        {refused && <Problem>{sentenceOf(refused, t)}</Problem>}
      </DangerDialog>
    </li>
  )
}
