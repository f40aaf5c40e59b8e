import { useState } from 'react'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { ChoiceOfFew } from '../writing/choice-of-few.tsx'
import { writable } from '../writing/typed.ts'
import { type Rating, type Said, scoreOf, scores } from './scores.ts'

type RatingFormProps = {
  /** What was said before. */
  rating: Said | null
  saving: boolean
  error: unknown
  onSave: (said: Rating) => void
  onCancel?: () => void
}

/** One of five, and a word if one likes. */
export function RatingForm({ rating, saving, error, onSave, onCancel }: RatingFormProps) {
  const t = useMessages()
  const [score, setScore] = useState(scoreOf(rating))
  const [comment, setComment] = useState(rating?.comment ?? '')
  const [asked, setAsked] = useState(false)
  const isHidden = rating !== null && rating.comment === undefined
  return (
    <Form
      submit={t('support.own.rate.send')}
      saving={saving}
      error={error}
      onCancel={onCancel}
      onSubmit={() => {
        setAsked(true)
        if (score) onSave({ score: Number(score), comment: comment.trim() })
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
      <Field
        name="comment"
        label={t('support.own.rate.comment')}
        help={isHidden ? t('support.own.rate.comment.hidden') : undefined}
        optional
      >
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
