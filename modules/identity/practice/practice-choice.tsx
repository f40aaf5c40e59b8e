import { ChevronRight } from 'lucide-react'
import { choosePractice, type MemberStep, type PracticeChoice as Choice } from '#contract/identity'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Step } from '#platform/ui/step.tsx'

type PracticeChoiceProps = {
  choices: readonly Choice[]
  onDone: (next: MemberStep) => void
  onRestart: (why: string | null) => void
}

/** Who works in several practices says in which one now; a session never leaves it. */
export function PracticeChoice({ choices, onDone, onRestart }: PracticeChoiceProps) {
  const t = useMessages()
  const choose = useEndpoint(choosePractice, {
    onSuccess: onDone,
    onError: (error) => error.code === 'sign_in_expired' && onRestart(sentenceOf(error, t)),
  })
  const chosen = choose.variables?.body.memberId
  return (
    <Step title={t('identity.practice.choice')} help={<p>{t('identity.practice.choice.help')}</p>}>
      <div className="flex flex-col gap-4">
        {choose.error && <Problem>{sentenceOf(choose.error, t)}</Problem>}
        <ul
          className="overflow-hidden rounded-card border border-line bg-surface"
          aria-busy={choose.isPending}
        >
          {choices.map(({ memberId, name, profile, suspended }) => (
            <li key={memberId} className="border-t border-line first:border-t-0">
              <button
                type="button"
                disabled={suspended}
                onClick={() => !choose.isPending && choose.mutate({ body: { memberId } })}
                className="flex min-h-14 w-full items-center gap-3 px-4 py-2 text-left transition-colors enabled:hover:bg-hover focus-visible:-outline-offset-2"
              >
                <span className="min-w-0 flex-1">
                  <span className="block text-14 font-medium wrap-anywhere">{name}</span>
                  <span className="block text-12 text-ink-muted">
                    {t(`identity.practice.profile.${profile}`)}
                  </span>
                </span>
                {suspended ? (
                  <Badge tone="warning">{t('identity.practice.choice.suspended')}</Badge>
                ) : (
                  <ChevronRight
                    aria-hidden
                    size={16}
                    className={chosen === memberId && choose.isPending ? 'animate-pulse' : 'text-ink-faint'}
                  />
                )}
              </button>
            </li>
          ))}
        </ul>
        <Button variant="ghost" onClick={() => onRestart(null)}>
          {t('identity.practice.choice.restart')}
        </Button>
      </div>
    </Step>
  )
}
