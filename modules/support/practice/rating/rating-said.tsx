import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { type Said, scoreOf } from './scores.ts'

/** What was said, and a way to say it otherwise as long as there is one. */
export function RatingSaid({ rating, onChange }: { rating: Said; onChange?: () => void }) {
  const t = useMessages()
  const said = scoreOf(rating)
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-13">
      <p className="min-w-0 flex-1 wrap-anywhere">
        {said && t('support.own.rate.said', { words: t(`support.own.rate.${said}`) })}
        {rating.comment && (
          <span className="mt-1 block whitespace-pre-wrap text-ink-muted">{rating.comment}</span>
        )}
      </p>
      {onChange && (
        <Button size="small" onClick={onChange}>
          {t('support.own.rate.change')}
        </Button>
      )}
    </div>
  )
}
