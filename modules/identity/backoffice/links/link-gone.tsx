import { useLocation } from '@tanstack/react-router'
import { ButtonLink } from '#platform/ui/link.tsx'
import { type MessageKey, useMessages } from '#platform/ui/messages.tsx'
import { Step } from '#platform/ui/step.tsx'

/** What to do, by the page the link led to. */
const advice: Readonly<Record<string, MessageKey>> = {
  '/invitation': 'identity.link.gone.invitation',
  '/password': 'identity.link.gone.password',
  '/enrolment': 'identity.link.gone.enrolment',
  '/factor-reset-refusal': 'identity.link.gone.refusal',
}

/** Used, too old, replaced by a newer one, or cut off on its way: one cannot tell, but one can say what to do. */
export function LinkGone({ incomplete }: { incomplete: boolean }) {
  const t = useMessages()
  const path = useLocation({ select: (location) => location.pathname })
  return (
    <Step
      title={t(incomplete ? 'identity.link.incomplete' : 'identity.link.gone')}
      help={
        <p>
          {t(incomplete ? 'identity.link.incomplete.help' : (advice[path] ?? 'identity.link.gone.password'))}
        </p>
      }
    >
      <div className="flex flex-col gap-2">
        {/* Most who come here have used their link already. */}
        <ButtonLink variant="primary" to="/sign-in">
          {t('identity.sign-in.submit')}
        </ButtonLink>
        {path === '/password' && (
          <ButtonLink to="/forgotten-password">{t('identity.forgotten.again')}</ButtonLink>
        )}
      </div>
    </Step>
  )
}
