import { ChevronRight, DoorClosed } from 'lucide-react'
import type { ReactNode } from 'react'
import { listOwnPractices, signOutMember, type OwnPractice } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { Step } from '#platform/ui/step.tsx'
import { BarePage } from '../bare-page.tsx'
import { useSwitching } from './switching.ts'

type ElsewhereProps = { otherwise: ReactNode; onLeave: () => void }

/** Whose access ended in the middle of their work is told of which practice, and led to their other ones. */
export function Elsewhere({ otherwise, onLeave }: ElsewhereProps) {
  const { data, error } = useEndpoint(listOwnPractices)
  if (error || (data && !data.lost)) return otherwise
  return (
    <BarePage>
      {data?.lost ? (
        <Lost lost={data.lost} others={data.rows.filter(({ state }) => state === 'open')} onLeave={onLeave} />
      ) : (
        <Skeleton width={240} height={20} />
      )}
    </BarePage>
  )
}

type LostProps = {
  lost: { name: string; why: 'ended' | 'suspended' }
  others: readonly OwnPractice[]
  onLeave: () => void
}

function Lost({ lost: { name, why }, others, onLeave }: LostProps) {
  const t = useMessages()
  const switching = useSwitching(() => undefined)
  // Who goes to the form may be somebody else: what led to the other practices ends first.
  const leave = useEndpoint(signOutMember, {
    onSuccess: onLeave,
    onError: ({ code }) => code === 'signed_out' && onLeave(),
  })
  return (
    <Step
      title={t(`identity.practice.lost.${why}`, { name })}
      help={<p>{t(`identity.practice.lost.${why}.help`)}</p>}
    >
      <div className="flex flex-col gap-4">
        {switching.error && <Problem>{sentenceOf(switching.error, t)}</Problem>}
        {leave.error && <Problem>{sentenceOf(leave.error, t)}</Problem>}
        {others.length > 0 ? (
          <section aria-labelledby="others">
            <h2 id="others" className="mb-2 text-13 font-medium">
              {t('identity.practice.lost.others')}
            </h2>
            <ul className="overflow-hidden rounded-card border border-line bg-surface">
              {others.map(({ memberId, name: other, profile, whose }) => (
                <li key={memberId} className="border-t border-line first:border-t-0">
                  <button
                    type="button"
                    onClick={() => switching.to(memberId)}
                    className="flex min-h-14 w-full items-center gap-3 px-4 py-2 text-left transition-colors hover:bg-hover focus-visible:-outline-offset-2"
                  >
                    <span className="min-w-0 flex-1">
                      <span className="block text-14 font-medium wrap-anywhere">{other}</span>
                      <span className="block text-12 text-ink-muted">
                        {whose ?? t(`identity.practice.profile.${profile}`)}
                      </span>
                    </span>
                    <ChevronRight
                      aria-hidden
                      size={16}
                      className={switching.going === memberId ? 'animate-pulse' : 'text-ink-faint'}
                    />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ) : (
          <p className="flex items-center gap-2 text-13 text-ink-muted">
            <DoorClosed aria-hidden size={16} className="shrink-0" />
            {t('identity.practice.lost.none')}
          </p>
        )}
        <Button variant="ghost" loading={leave.isPending} onClick={() => leave.mutate({})}>
          {t('identity.practice.lost.sign-in')}
        </Button>
      </div>
    </Step>
  )
}
