import { ChevronDown, ChevronUp, LogOut, ShieldAlert } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { getMemberSession, type MemberMe } from '#contract/identity'
import { cx } from '#platform/ui/cx.ts'
import { keyOf } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useTitlePrefix } from '#platform/ui/page-title.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { Countdown } from './countdown.tsx'
import { useLeavingImpersonation } from './leaving.ts'

export type BannerProps = { me: MemberMe; impersonation: NonNullable<MemberMe['impersonation']> }

/** Above every page, and never away: who acts, for whom, why, how far, until when, and the way out. */
export function Banner({ me, impersonation }: BannerProps) {
  const t = useMessages()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const { leaving, leave } = useLeavingImpersonation((error) =>
    notify.failed({ title: sentenceOf(error, t) }),
  )
  useTitlePrefix(t('impersonation.band.title'))
  const { actor, reason, reference, mayWrite, notesOpen, endsAt } = impersonation
  const mode = t(mayWrite ? 'impersonation.mode.write' : 'impersonation.mode.read')
  const Chevron = open ? ChevronUp : ChevronDown
  return (
    <section
      aria-label={t('impersonation.band')}
      className="relative grid grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-x-3 px-gutter text-13 sm:grid-cols-[minmax(0,max-content)_minmax(0,1fr)_auto_auto]"
    >
      <p className="flex h-11 min-w-0 items-center gap-2">
        <ShieldAlert aria-hidden size={18} className="shrink-0" />
        <span className="flex min-w-0 flex-col leading-4 sm:flex-row sm:gap-1">
          <span className="truncate font-semibold">{actor}</span>
          <span className="truncate">{t('impersonation.band.for', { subject: me.name })}</span>
        </span>
      </p>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="col-span-3 row-start-2 flex h-8 min-w-0 items-center gap-2 rounded-control text-left text-12 sm:col-span-1 sm:col-start-2 sm:row-start-1"
      >
        <span className="shrink-0 rounded-full border border-current px-2 leading-5 font-semibold">
          {mode}
        </span>
        <span className="min-w-0 truncate">{[reference, reason].filter(Boolean).join(' · ')}</span>
        <Chevron aria-hidden size={14} className="shrink-0" />
        <span className="sr-only">{t('impersonation.band.details')}</span>
      </button>
      <Countdown
        endsAt={endsAt}
        onEnd={() => void queries.invalidateQueries({ queryKey: keyOf(getMemberSession) })}
      />
      <button
        type="button"
        aria-busy={leaving || undefined}
        onClick={() => !leaving && leave()}
        className={cx(
          'inline-flex h-8 items-center gap-1.5 rounded-control border border-current px-3 font-semibold whitespace-nowrap hover:bg-danger-hover touch:h-10',
          leaving && 'opacity-70',
        )}
      >
        <LogOut aria-hidden size={16} className="shrink-0" />
        {t('impersonation.band.end')}
      </button>
      {open && (
        <dl className="absolute inset-x-0 top-full grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-1 border-t border-current bg-danger px-gutter py-3 text-13 wrap-anywhere shadow-float">
          {[
            [t('impersonation.practice.reason'), reason],
            [t('impersonation.practice.reference'), reference || '—'],
            [
              t('impersonation.practice.notes'),
              t(notesOpen ? 'impersonation.practice.notes.open' : 'impersonation.practice.notes.masked'),
            ],
          ].map(([term, said]) => (
            <div key={term} className="contents">
              <dt className="font-semibold">{term}</dt>
              <dd>{said}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
