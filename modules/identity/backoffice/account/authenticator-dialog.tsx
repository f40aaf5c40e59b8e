import { enrolAuthenticator, type getNewAuthenticator } from '#contract/identity'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { FactorAttempt } from '../factors/attempt.ts'
import { AuthenticatorSecret } from '../factors/authenticator-secret.tsx'
import { CodeForm } from '../factors/code-form.tsx'
import { useFactorChanged } from './factor-changed.ts'

type AuthenticatorDialogProps = { offer: OutputOf<typeof getNewAuthenticator>; onClose: () => void }

/** The former authenticator goes on working until the first code of the new one has come. */
export function AuthenticatorDialog({ offer, onClose }: AuthenticatorDialogProps) {
  const t = useMessages()
  const changed = useFactorChanged()
  const enrol = useEndpoint(enrolAuthenticator, {
    onSuccess: () => {
      changed(t('identity.account.authenticator.done'))
      onClose()
    },
  })
  const attempt: FactorAttempt = {
    send: (shown, then) =>
      shown.method === 'totp' &&
      enrol.mutate({ body: { enrolment: offer.enrolment, code: shown.code } }, then),
    pending: enrol.isPending,
    error: enrol.error,
    reset: enrol.reset,
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('identity.factor.totp')}>
      <CodeForm
        attempt={attempt}
        help={t('identity.code.first')}
        submit={t('identity.account.authenticator.submit')}
        wrong={t('identity.enrolment.code-wrong')}
      >
        <AuthenticatorSecret secret={offer.secret} qrCode={offer.qrCode} />
      </CodeForm>
    </Dialog>
  )
}
