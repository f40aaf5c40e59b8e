import { AuthenticatorSecret as Shown } from '#platform/ui/authenticator-secret.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

/** What to do once: hand the secret to an authenticator, by picture or by hand. The code it shows follows. */
export function AuthenticatorSecret(given: { secret: string; qrCode: string }) {
  const t = useMessages()
  return (
    <Shown
      {...given}
      words={{
        install: t('identity.enrolment.install'),
        scan: t('identity.enrolment.scan'),
        picture: t('identity.enrolment.qr-code'),
        byHand: t('identity.enrolment.secret'),
        type: t('identity.enrolment.type'),
      }}
    />
  )
}
