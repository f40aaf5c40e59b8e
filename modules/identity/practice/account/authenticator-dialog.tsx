import { enrolMemberAuthenticator, type NewAuthenticator } from '#contract/identity'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { AuthenticatorSecret } from '../factors/authenticator-secret.tsx'
import { CodeForm } from '../factors/code-form.tsx'

type AuthenticatorDialogProps = {
  offer: NewAuthenticator
  onClose: () => void
  /** With the recovery codes that come with a first authenticator. */
  onDone: (recoveryCodes: readonly string[] | null) => void
}

/** Nothing changes until the first code of the app comes back. */
export function AuthenticatorDialog({ offer, onClose, onDone }: AuthenticatorDialogProps) {
  const t = useMessages()
  const { enrolment } = offer
  const enrol = useEndpoint(enrolMemberAuthenticator, {
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
  })
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('identity.account.authenticator.add')}>
      <CodeForm
        atOnce={false}
        help={t('identity.code.first')}
        submit={t('identity.account.authenticator.submit')}
        attempt={{
          send: (shown, then) =>
            shown.method === 'totp' && enrol.mutate({ body: { enrolment, code: shown.code } }, then),
          pending: enrol.isPending,
          error: enrol.error,
          reset: enrol.reset,
        }}
      >
        <AuthenticatorSecret secret={offer.secret} qrCode={offer.qrCode} />
      </CodeForm>
    </Dialog>
  )
}
