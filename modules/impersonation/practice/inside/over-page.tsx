import { useMessages } from '#platform/ui/messages.tsx'
import { Step } from '#platform/ui/step.tsx'
import { Bare } from './bare.tsx'
import { ranOut } from './tab.ts'
import { WayBack } from './way-back.tsx'

/** At whatever address somebody comes: it is over, and nothing of it is here any more. */
export function OverPage() {
  const t = useMessages()
  const byTime = ranOut()
  return (
    <Bare>
      <Step
        title={t('impersonation.practice.over')}
        help={
          <p>
            {byTime !== null &&
              `${t(byTime ? 'impersonation.practice.over.time' : 'impersonation.practice.over.hand')} `}
            {t('impersonation.practice.over.help')}
          </p>
        }
      >
        <WayBack />
      </Step>
    </Bare>
  )
}
