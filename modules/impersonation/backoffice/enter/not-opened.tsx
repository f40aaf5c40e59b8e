import type { ApiError } from '#platform/ui/api-error.ts'
import { buttonClass } from '#platform/ui/button.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Step } from '#platform/ui/step.tsx'
import { impersonationTo, wayIn } from '../addresses.ts'

type NotOpenedProps = { id: string; reason: ApiError | 'lost' }

/** Why the practice was not opened, and both ways on: once more from the start, or back. */
export function NotOpened({ id, reason }: NotOpenedProps) {
  const t = useMessages()
  const lost = reason === 'lost'
  return (
    <Step
      title={t(lost ? 'impersonation.entering.lost' : 'impersonation.entering.failed')}
      help={lost && <p>{t('impersonation.entering.lost.help')}</p>}
    >
      <div className="flex flex-col gap-4">
        {!lost && (
          <Problem>
            {reason.code === 'step_up_required' ? t('impersonation.entering.factor') : sentenceOf(reason, t)}
          </Problem>
        )}
        <div className="flex flex-wrap gap-2">
          <ButtonLink to={impersonationTo(id)}>{t('impersonation.entering.back')}</ButtonLink>
          <a href={wayIn(id)} className={buttonClass({ variant: 'primary' })}>
            {t('impersonation.entering.again')}
          </a>
        </div>
      </div>
    </Step>
  )
}
