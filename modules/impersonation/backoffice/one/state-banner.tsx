import { CircleCheck, CircleSlash, Hourglass, type LucideIcon, Radio, ShieldAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Impersonation } from '#contract/impersonation'
import { cx } from '#platform/ui/cx.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useWho } from '../acts/who.ts'
import { isToReview } from '../impersonation-can.ts'
import { Remaining } from '../remaining.tsx'

/** Where it stands, who has to do something, and until when. What simply ended needs no word. */
export function StateBanner({ one }: { one: Impersonation }) {
  const t = useMessages()
  const formats = useFormats()
  const { id: me } = useWho()
  const { state, actor, subject, lapsesAt, endsAt } = one
  const at = formats.dayTime(lapsesAt)
  if (isToReview(one))
    return (
      <Banner look="danger" icon={ShieldAlert} title={t('impersonation.stands.review')}>
        {t('impersonation.stands.review.help')}
      </Banner>
    )
  switch (state) {
    case 'waiting':
      return one.breakGlass ? (
        <Banner look="danger" icon={ShieldAlert} title={t('impersonation.stands.glass')}>
          {t('impersonation.stands.glass.help', { at })}
        </Banner>
      ) : (
        <Banner look="warning" icon={Hourglass} title={t('impersonation.stands.waiting')}>
          {t('impersonation.stands.waiting.help', { at })}
        </Banner>
      )
    case 'ready':
      return (
        <Banner look="info" icon={CircleCheck} title={t('impersonation.stands.ready')}>
          {actor.id === me
            ? t('impersonation.stands.ready.own', { at })
            : t('impersonation.stands.ready.other', { at, actor: actor.name })}
        </Banner>
      )
    case 'running':
      return (
        <Banner
          look="success"
          icon={Radio}
          title={t('impersonation.stands.running', { actor: actor.name, subject: subject.name })}
        >
          {endsAt && <Remaining until={endsAt} />}
        </Banner>
      )
    case 'refused':
      return (
        <Banner look="danger" icon={CircleSlash} title={t('impersonation.stands.refused')}>
          {t('impersonation.stands.refused.help', { name: subject.name })}
        </Banner>
      )
    case 'lapsed':
      return <Banner look="neutral" icon={CircleSlash} title={t('impersonation.stands.lapsed')} />
    case 'ended':
      return null
  }
}

const looks = {
  danger: 'bg-danger-soft text-danger-ink',
  warning: 'bg-warning-soft text-warning-ink',
  info: 'bg-info-soft text-info-ink',
  success: 'bg-success-soft text-success-ink',
  neutral: 'bg-neutral-soft text-neutral-ink',
}

type BannerProps = { look: keyof typeof looks; icon: LucideIcon; title: string; children?: ReactNode }

function Banner({ look, icon: Icon, title, children }: BannerProps) {
  return (
    <div
      aria-live="polite"
      className={cx('mb-4 flex items-start gap-2 rounded-control px-3 py-2 text-13', looks[look])}
    >
      <Icon aria-hidden size={16} className="mt-0.5 shrink-0" />
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        {children && <p>{children}</p>}
      </div>
    </div>
  )
}
