import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answerSurvey, openSurvey, type Survey } from '#contract/support'
import type { ApiError } from '#platform/ui/api-error.ts'
import { call } from '#platform/ui/call.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { useLinkToken } from '#platform/ui/link-token.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { Step } from '#platform/ui/step.tsx'
import { RatingForm } from './rating-form.tsx'
import { RatingSaid } from './rating-said.tsx'
import type { Rating } from './scores.ts'

/**
 * Where the mail leads that asks how it was. What the link asks about is asked of the server; only a click here rates:
 * programs that follow the links of mails rate nothing.
 */
export function SurveyPage() {
  const token = useLinkToken()
  const { data, error, refetch } = useQuery<Survey, ApiError>({
    queryKey: [openSurvey.path, token],
    queryFn: ({ signal }) => call(openSurvey, { body: { token: token ?? '' } }, signal),
    enabled: token !== null,
    // Asked once: what is said here is known here.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (token === null) return <NoSurvey why="incomplete" />
  if (error?.code === 'ticket_survey_gone') return <NoSurvey why="gone" />
  if (error?.code === 'ticket_not_resolved') return <NoSurvey why="reopened" />
  if (error?.code === 'ticket_survey_rated_elsewhere') return <NoSurvey why="elsewhere" />
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (data) return <Answer key={token} token={token} asked={data} />
  return (
    <div className="flex flex-col gap-5">
      <Skeleton width={200} height={20} />
      <Skeleton width={320} />
      <Skeleton height={32} width="100%" />
    </div>
  )
}

function Answer({ token, asked }: { token: string; asked: Survey }) {
  const t = useMessages()
  const [survey, setSurvey] = useState(asked)
  // What was written here is known here; what was written before, this link does not show.
  const [said, setSaid] = useState<Rating | null>(null)
  const [isChanging, setIsChanging] = useState(false)
  const { number, resolvedAt, expiresAt } = survey
  const rating = said ?? survey.rating
  const answer = useEndpoint(answerSurvey, {
    onSuccess: (now, { body: { score, comment = '' } }) => {
      setSurvey(now)
      setSaid({ score, comment })
      setIsChanging(false)
    },
  })
  if (answer.error?.code === 'ticket_survey_gone') return <NoSurvey why="gone" />
  if (answer.error?.code === 'ticket_not_resolved') return <NoSurvey why="reopened" />
  if (answer.error?.code === 'ticket_survey_rated_elsewhere') return <NoSurvey why="elsewhere" />
  const isSaid = rating !== null && !isChanging
  return (
    <Step
      key={String(isSaid)}
      title={t(isSaid ? 'support.survey.thanks' : 'support.survey.title')}
      help={
        isSaid ? (
          <p>
            {t('support.survey.until')} <DateText value={expiresAt} show="day" />
          </p>
        ) : (
          <p>
            {t('support.survey.about', { number })} <DateText value={resolvedAt} show="day" />
          </p>
        )
      }
    >
      {isSaid ? (
        <RatingSaid rating={rating} onChange={() => setIsChanging(true)} />
      ) : (
        <RatingForm
          rating={rating}
          saving={answer.isPending}
          error={answer.error}
          onSave={(typed) => answer.mutate({ body: { token, ...typed } })}
          {...(rating && { onCancel: () => setIsChanging(false) })}
        />
      )}
    </Step>
  )
}

/** Nothing can be said here, and why. */
function NoSurvey({ why }: { why: 'incomplete' | 'gone' | 'reopened' | 'elsewhere' }) {
  const t = useMessages()
  return <Step title={t(`support.survey.${why}`)} help={<p>{t(`support.survey.${why}.help`)}</p>} />
}
