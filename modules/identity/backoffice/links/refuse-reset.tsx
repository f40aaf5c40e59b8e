import { refuseFactorReset } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Step } from '#platform/ui/step.tsx'
import { LinkGone } from './link-gone.tsx'
import type { OpenedLink } from './link-page.tsx'

/** "It was not me." Pressed by a person: what opens links in mails to look at them must change nothing. */
export function RefuseReset({ link }: { link: OpenedLink }) {
  const t = useMessages()
  const refuse = useEndpoint(refuseFactorReset)
  if (refuse.error?.code === 'link_gone') return <LinkGone incomplete={false} />
  if (refuse.isSuccess)
    return (
      <Step key="refused" title={t('identity.refused')} help={<p>{t('identity.refused.help')}</p>}>
        <div className="flex flex-col gap-2">
          <ButtonLink variant="primary" to="/forgotten-password">
            {t('identity.refused.password')}
          </ButtonLink>
          <ButtonLink to="/sign-in">{t('identity.to-sign-in')}</ButtonLink>
        </div>
      </Step>
    )
  return (
    <Step
      title={t('identity.refuse')}
      help={<p>{t('identity.refuse.help', { name: link.name, email: link.email })}</p>}
    >
      <div className="flex flex-col gap-4">
        {refuse.error && <Problem>{sentenceOf(refuse.error, t)}</Problem>}
        <Button
          variant="danger"
          loading={refuse.isPending}
          onClick={() => refuse.mutate({ body: { token: link.token } })}
          className="w-full"
        >
          {t('identity.refuse.submit')}
        </Button>
        <p className="text-13 text-ink-muted">{t('identity.refuse.otherwise')}</p>
      </div>
    </Step>
  )
}
