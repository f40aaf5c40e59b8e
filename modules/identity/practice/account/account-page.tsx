import { KeyRound, Plus, Smartphone } from 'lucide-react'
import { useState } from 'react'
import {
  getMemberAccount,
  getNewMemberAuthenticator,
  makeMemberRecoveryCodes,
  type MemberAccount,
  type NewAuthenticator,
  removeMemberAuthenticator,
} from '#contract/identity'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { call } from '#platform/ui/call.ts'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { DangerDialog, Dialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { passkeysWork } from '#platform/ui/passkeys.ts'
import { Problem } from '#platform/ui/problem.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { RecoveryCodes } from '../factors/recovery-codes.tsx'
import { AddPasskeyDialog } from './add-passkey-dialog.tsx'
import { AuthenticatorDialog } from './authenticator-dialog.tsx'
import { PasskeyRow } from './passkey-row.tsx'
import { PasswordCard } from './password-card.tsx'

/** What protects one's own account, in every practice one works in. */
export function AccountPage() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getMemberAccount)
  return (
    <>
      <PageHeader title={t('identity.practice.account')}>
        {data && (
          <p className="text-13 text-ink-muted">
            {data.name} · {data.email}
          </p>
        )}
      </PageHeader>
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : data ? (
        <Factors account={data} />
      ) : (
        <Card>
          <Skeleton width="60%" height={80} />
        </Card>
      )}
    </>
  )
}

/** Below this one is soon without. */
const few = 3

function Factors({ account }: { account: MemberAccount }) {
  const t = useMessages()
  const [offer, setOffer] = useState<NewAuthenticator | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [asked, setAsked] = useState<'remove' | 'renew' | null>(null)
  const [asking, setAsking] = useState(false)
  const [addingPasskey, setAddingPasskey] = useState(false)
  const onError = (error: ApiError) =>
    error.code !== 'step_up_required' && notify.failed({ title: sentenceOf(error, t) })
  const make = useEndpoint(makeMemberRecoveryCodes, { onSuccess: (made) => setCodes(made.codes), onError })
  const remove = useEndpoint(removeMemberAuthenticator, {
    onSuccess: () => {
      setAsked(null)
      notify.done({ title: t('identity.account.authenticator.removed') })
    },
  })
  const begin = async () => {
    setAsking(true)
    await call(getNewMemberAuthenticator).then(setOffer, onError)
    setAsking(false)
  }
  const { authenticator, passkeys, recoveryCodes, requiredBy } = account
  const held = (authenticator ? 1 : 0) + passkeys.length
  // The last one stays where a practice asks for one: it can be replaced.
  const removable = held > 1 || requiredBy.length === 0
  const addsFirst = held === 0
  return (
    <div className="flex max-w-2xl flex-col gap-4">
      <Card title={t('identity.account.factors')}>
        <p className="text-13 text-ink-muted">{t('identity.practice.account.factors.help')}</p>
        {requiredBy.length > 0 && (
          <p className="mt-2 text-13">
            {t('identity.practice.account.required', { practices: requiredBy.join(', ') })}
          </p>
        )}
        {authenticator && (
          <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line pt-3 text-13">
            <Smartphone aria-hidden size={16} className="shrink-0 text-ink-muted" />
            <div className="min-w-0 flex-1 basis-48">
              <p className="font-medium">{t('identity.factor.totp')}</p>
              <p className="text-12 text-ink-muted">
                {t.rich('identity.account.added', {
                  when: <DateText key="when" value={authenticator.enrolledAt} />,
                })}
              </p>
            </div>
            <div className="flex flex-wrap gap-2">
              <Button size="small" loading={asking} onClick={() => void begin()}>
                {t('identity.account.authenticator.replace')}
              </Button>
              {removable && (
                <Button size="small" variant="ghost" onClick={() => setAsked('remove')}>
                  {t('identity.account.remove')}
                </Button>
              )}
            </div>
          </div>
        )}
        {passkeys.length > 0 && (
          <ul className="mt-3 flex flex-col">
            {passkeys.map((passkey) => (
              <PasskeyRow key={passkey.id} passkey={passkey} isLast={held === 1} removable={removable} />
            ))}
          </ul>
        )}
        <div className="mt-3 flex flex-wrap gap-2">
          {passkeysWork() && (
            <Button
              icon={addsFirst ? KeyRound : Plus}
              size={addsFirst ? undefined : 'small'}
              variant={addsFirst ? 'primary' : undefined}
              onClick={() => setAddingPasskey(true)}
            >
              {t('identity.account.passkey.add')}
            </Button>
          )}
          {!authenticator && (
            <Button
              icon={addsFirst ? Smartphone : Plus}
              size={addsFirst ? undefined : 'small'}
              loading={asking}
              onClick={() => void begin()}
            >
              {t('identity.account.authenticator.add')}
            </Button>
          )}
        </div>
        {!passkeysWork() && (
          <p className="mt-3 text-12 text-ink-muted">{t('identity.account.passkey.not-here')}</p>
        )}
      </Card>
      {held > 0 && (
        <Card
          title={t('identity.recovery')}
          actions={
            <Button
              size="small"
              icon={KeyRound}
              loading={make.isPending}
              onClick={() => (recoveryCodes ? setAsked('renew') : make.mutate({}))}
            >
              {t(recoveryCodes ? 'identity.account.recovery.renew' : 'identity.account.recovery.make')}
            </Button>
          }
        >
          <p className="text-13 text-ink-muted">{t('identity.account.recovery.help')}</p>
          {recoveryCodes && (
            <p className="mt-2">
              <Badge
                tone={recoveryCodes.left === 0 ? 'danger' : recoveryCodes.left < few ? 'warning' : 'success'}
              >
                {t('identity.account.recovery.left', {
                  left: recoveryCodes.left,
                  total: recoveryCodes.total,
                })}
              </Badge>
            </p>
          )}
        </Card>
      )}
      <PasswordCard email={account.email} />
      {addingPasskey && (
        <AddPasskeyDialog
          onClose={() => setAddingPasskey(false)}
          onDone={(made) => {
            setAddingPasskey(false)
            if (made) setCodes(made)
          }}
        />
      )}
      {offer && (
        <AuthenticatorDialog
          offer={offer}
          onClose={() => setOffer(null)}
          onDone={(made) => {
            setOffer(null)
            if (made) setCodes(made)
            else notify.done({ title: t('identity.account.authenticator.done') })
          }}
        />
      )}
      <Dialog open={codes !== null} onOpenChange={() => undefined} title={t('identity.recovery')}>
        {codes && (
          <RecoveryCodes
            codes={codes}
            email={account.email}
            done={t('identity.account.recovery.done')}
            onDone={() => setCodes(null)}
          />
        )}
      </Dialog>
      <DangerDialog
        open={asked === 'remove'}
        onOpenChange={(open) => {
          if (open) return
          remove.reset()
          setAsked(null)
        }}
        title={t('identity.account.authenticator.remove')}
        description={t(
          held > 1 ? 'identity.account.authenticator.remove.help' : 'identity.practice.account.remove.help',
        )}
        action={t('identity.account.remove')}
        loading={remove.isPending}
        onConfirm={() => remove.mutate({})}
      >
        {remove.error && <Problem>{sentenceOf(remove.error, t)}</Problem>}
      </DangerDialog>
      <DangerDialog
        open={asked === 'renew'}
        onOpenChange={(open) => !open && setAsked(null)}
        title={t('identity.account.recovery.renew.ask')}
        description={t('identity.account.recovery.renew.help')}
        action={t('identity.account.recovery.renew')}
        onConfirm={() => {
          setAsked(null)
          make.mutate({})
        }}
      />
    </div>
  )
}
