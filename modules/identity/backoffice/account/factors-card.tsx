import { Plus, Smartphone, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { type Account, removeAuthenticator } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { DangerDialog } from '#platform/ui/dialog.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { passkeysWork } from '#platform/ui/passkeys.ts'
import { Refused } from '../refused.tsx'
import { useFactorChanged } from './factor-changed.ts'
import type { Means } from './adding.tsx'
import { factorsOf } from './held.ts'
import { LastUsed } from './last-used.tsx'
import { PasskeyRow } from './passkey-row.tsx'

type FactorsCardProps = { account: Account; onAdd: (means: Means) => void; asking: Means | null }

/** What is asked for besides the password, or instead of it. */
export function FactorsCard({ account, onAdd, asking }: FactorsCardProps) {
  const t = useMessages()
  const { authenticator, passkeys } = account
  const isOnly = factorsOf(account) === 1
  return (
    <Card title={t('identity.account.factors')}>
      <p className="text-13 text-ink-muted">{t('identity.account.factors.help')}</p>
      <ul className="mt-2 flex flex-col">
        {authenticator && (
          <AuthenticatorRow
            authenticator={authenticator}
            removable={!isOnly}
            replacing={asking === 'authenticator'}
            onReplace={() => onAdd('authenticator')}
          />
        )}
        {passkeys.map((passkey) => (
          <PasskeyRow key={passkey.id} passkey={passkey} removable={!isOnly} />
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap gap-2">
        {passkeysWork() && (
          <Button size="small" icon={Plus} onClick={() => onAdd('passkey')}>
            {t('identity.account.passkey.add')}
          </Button>
        )}
        {!authenticator && (
          <Button
            size="small"
            icon={Plus}
            loading={asking === 'authenticator'}
            onClick={() => onAdd('authenticator')}
          >
            {t('identity.account.authenticator.add')}
          </Button>
        )}
      </div>
      {isOnly && <p className="mt-3 text-12 text-ink-muted">{t('identity.account.factors.last')}</p>}
      {!passkeysWork() && (
        <p className="mt-3 text-12 text-ink-muted">{t('identity.account.passkey.not-here')}</p>
      )}
    </Card>
  )
}

type AuthenticatorRowProps = {
  authenticator: NonNullable<Account['authenticator']>
  removable: boolean
  replacing: boolean
  onReplace: () => void
}

function AuthenticatorRow({ authenticator, removable, replacing, onReplace }: AuthenticatorRowProps) {
  const t = useMessages()
  const changed = useFactorChanged()
  const [removing, setRemoving] = useState(false)
  const remove = useEndpoint(removeAuthenticator, {
    onSuccess: () => {
      setRemoving(false)
      changed(t('identity.account.authenticator.removed'))
    },
  })
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line py-2 text-13">
      <Smartphone aria-hidden size={16} className="shrink-0 text-ink-muted" />
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium">{t('identity.factor.totp')}</p>
        <p className="text-12 text-ink-muted">
          {t.rich('identity.account.added', {
            when: <DateText key="when" value={authenticator.enrolledAt} />,
          })}
          {' · '}
          <LastUsed at={authenticator.lastUsedAt} />
        </p>
      </div>
      <div className="flex gap-1">
        <Button size="small" loading={replacing} onClick={onReplace}>
          {t('identity.account.authenticator.replace')}
        </Button>
        {removable && (
          <IconButton
            icon={Trash2}
            size="small"
            label={t('identity.account.authenticator.remove.this')}
            onClick={() => setRemoving(true)}
          />
        )}
      </div>
      <DangerDialog
        open={removing}
        onOpenChange={(open) => {
          remove.reset()
          setRemoving(open)
        }}
        title={t('identity.account.authenticator.remove')}
        description={t('identity.account.authenticator.remove.help')}
        action={t('identity.account.remove')}
        loading={remove.isPending}
        onConfirm={() => remove.mutate({})}
      >
        <Refused error={remove.error} />
      </DangerDialog>
    </li>
  )
}
