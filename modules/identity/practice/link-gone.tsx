import { useLocation } from '@tanstack/react-router'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Step } from '#platform/ui/step.tsx'

/** Used, too old, replaced by a newer one, or cut off on its way: one cannot tell, but one can say what to do. */
export function LinkGone({ incomplete }: { incomplete: boolean }) {
  const t = useMessages()
  const reset = useLocation({ select: (location) => location.pathname }) === '/password'
  const help = incomplete
    ? 'identity.practice.link.incomplete.help'
    : reset
      ? 'identity.practice.link.gone.password'
      : 'identity.practice.link.gone.invitation'
  return (
    <Step
      title={t(incomplete ? 'identity.practice.link.incomplete' : 'identity.practice.link.gone')}
      help={<p>{t(help)}</p>}
    >
      <div className="flex flex-col gap-2">
        {/* Most who come here have used their link already. */}
        <ButtonLink variant="primary" to="/sign-in">
          {t('identity.practice.sign-in.submit')}
        </ButtonLink>
        <ButtonLink to="/forgotten-password">{t('identity.practice.forgotten.ask')}</ButtonLink>
      </div>
    </Step>
  )
}
