import { useState } from 'react'
import { type OwnTicket, rateOwnTicket } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { isRatable } from '../dates.ts'
import { ChoiceOfFew } from '../writing/choice-of-few.tsx'
import { writable } from '../writing/typed.ts'

/** The best first, as one reads it. */
const scores = ['5', '4', '3', '2', '1'] as const
type Score = (typeof scores)[number]

const scoreOf = (rating: OwnTicket['rating']): Score | null =>
  scores.find((score) => score === String(rating?.score)) ?? null

type RatingCardProps = { ticket: Pick<OwnTicket, 'id' | 'rating'>; resolvedAt: string }

/** How it was, for thirty days; until then it can be said otherwise. */
export function RatingCard({ ticket: { id, rating }, resolvedAt }: RatingCardProps) {
  const t = useMessages()
  const [isChanging, setIsChanging] = useState(false)
  const [isOver] = useState(() => !isRatable(resolvedAt, new Date()))
  const said = scoreOf(rating)
  if (isOver && !rating) return null
  return (
    <Card title={t('support.own.rate')}>
      {said && rating && !isChanging ? (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-13">
          <p className="min-w-0 flex-1 wrap-anywhere">
            {t('support.own.rate.said', { words: t(`support.own.rate.${said}`) })}
            {rating.comment && (
              <span className="mt-1 block whitespace-pre-wrap text-ink-muted">{rating.comment}</span>
            )}
          </p>
          {!isOver && (
            <Button size="small" onClick={() => setIsChanging(true)}>
              {t('support.own.rate.change')}
            </Button>
          )}
        </div>
      ) : (
        <RatingForm id={id} rating={rating} onDone={() => setIsChanging(false)} />
      )}
    </Card>
  )
}

type RatingFormProps = { id: string; rating: OwnTicket['rating']; onDone: () => void }

function RatingForm({ id, rating, onDone }: RatingFormProps) {
  const t = useMessages()
  const [score, setScore] = useState(scoreOf(rating))
  const [comment, setComment] = useState(rating?.comment ?? '')
  const [asked, setAsked] = useState(false)
  const rate = useEndpoint(rateOwnTicket, {
    onSuccess: () => {
      notify.done({ title: t('support.own.rated') })
      onDone()
    },
  })
  return (
    <Form
      submit={t('support.own.rate.send')}
      saving={rate.isPending}
      error={rate.error}
      {...(rating && { onCancel: onDone })}
      onSubmit={() => {
        setAsked(true)
        if (score) rate.mutate({ params: { id }, body: { score: Number(score), comment: comment.trim() } })
      }}
    >
      <div>
        <ChoiceOfFew
          name="score"
          legend={t('support.own.rate.question')}
          options={scores.map((value) => ({ value, label: t(`support.own.rate.${value}`) }))}
          value={score}
          onChange={setScore}
        />
        {asked && !score && (
          <p role="alert" className="mt-1 text-12 text-danger-ink">
            {t('support.own.rate.missing')}
          </p>
        )}
      </div>
      <Field name="comment" label={t('support.own.rate.comment')} optional>
        <Textarea
          rows={2}
          dir="auto"
          maxLength={1_000}
          value={comment}
          onChange={(typed) => setComment(writable(typed))}
        />
      </Field>
    </Form>
  )
}
