/** The whole back-office while its session sleeps: somebody is away, in a practice, and there is one thing to do here. */
import { useQueryClient } from '@tanstack/react-query'
import { CircleStop, Moon } from 'lucide-react'
import { useEffect } from 'react'
import { getSession, type Me } from '#contract/identity'
import { endOwnImpersonation } from '#contract/impersonation'
import { Button } from '#platform/ui/button.tsx'
import { keyOf, useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { usePageTitle } from '#platform/ui/page-title.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Remaining } from '../remaining.tsx'

/** News wakes it at once; this is for when the news do not come. */
const askedEveryMs = 5_000

export type AsleepProps = { me: Pick<Me, 'asleepUntil'> }

export function Asleep({ me: { asleepUntil } }: AsleepProps) {
  const t = useMessages()
  const queries = useQueryClient()
  usePageTitle(t('impersonation.asleep'))
  useEndpoint(getSession, {}, { every: askedEveryMs })
  useAllAnewAfterwards()
  const end = useEndpoint(endOwnImpersonation, {
    onSuccess: () => queries.invalidateQueries({ queryKey: keyOf(getSession) }),
    // It had ended by itself: that is what was wanted.
    onError: () => void queries.invalidateQueries({ queryKey: keyOf(getSession) }),
  })
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-96 flex-col items-start justify-center gap-4 px-gutter py-12">
      <Moon aria-hidden size={24} className="text-ink-faint" />
      <h1 className="text-20 font-semibold tracking-tight">{t('impersonation.asleep')}</h1>
      <p className="text-13 text-ink-muted">{t('impersonation.asleep.help')}</p>
      {asleepUntil && (
        <p className="text-16 font-semibold">
          <Remaining until={asleepUntil} />
        </p>
      )}
      {end.error && end.error.code !== 'impersonation_not_now' && (
        <Problem>{sentenceOf(end.error, t)}</Problem>
      )}
      <Button variant="danger" icon={CircleStop} loading={end.isPending} onClick={() => end.mutate({})}>
        {t('impersonation.asleep.end')}
      </Button>
    </main>
  )
}

/** What was refused meanwhile, and what grew old, is asked for again. */
function useAllAnewAfterwards() {
  const queries = useQueryClient()
  useEffect(
    () => () => {
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== getSession.path })
    },
    [queries],
  )
}
