import { useState } from 'react'
import { type OwnTicket, rateOwnTicket } from '#contract/support'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { isRatable } from '../dates.ts'
import { RatingForm } from '../rating/rating-form.tsx'
import { RatingSaid } from '../rating/rating-said.tsx'

type RatingCardProps = { ticket: Pick<OwnTicket, 'id' | 'rating'>; resolvedAt: string }

/** How it was, for thirty days; until then it can be said otherwise. */
export function RatingCard({ ticket: { id, rating }, resolvedAt }: RatingCardProps) {
  const t = useMessages()
  const [isChanging, setIsChanging] = useState(false)
  const [isOver] = useState(() => !isRatable(resolvedAt, new Date()))
  const rate = useEndpoint(rateOwnTicket, {
    onSuccess: () => {
      notify.done({ title: t('support.own.rated') })
      setIsChanging(false)
    },
  })
  if (isOver && !rating) return null
  return (
    <Card title={t('support.own.rate')}>
      {rating && !isChanging ? (
        <RatingSaid rating={rating} {...(!isOver && { onChange: () => setIsChanging(true) })} />
      ) : (
        <RatingForm
          rating={rating}
          saving={rate.isPending}
          error={rate.error}
          onSave={(said) => rate.mutate({ params: { id }, body: said })}
          {...(rating && { onCancel: () => setIsChanging(false) })}
        />
      )}
    </Card>
  )
}
