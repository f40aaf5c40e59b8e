import { deadlineFor } from '#contract/privacy'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

/** Until when one would have to answer, said while the day of receipt is being typed. */
export function DeadlinePreview({ receivedOn }: { receivedOn: string }) {
  const t = useMessages()
  const formats = useFormats()
  const isDay = /^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(receivedOn)
  if (!isDay) return <output className="sr-only" />
  const { on, counted, movedBy } = deadlineFor(receivedOn)
  return (
    <output className="rounded-control bg-info-soft px-3 py-2 text-13 text-info-ink">
      <span className="block font-medium tabular-nums">
        {t('privacy.deadline.preview', { day: formats.exact(on) })}
      </span>
      <span className="block text-12">
        {movedBy
          ? t('privacy.deadline.moved', {
              counted: formats.day(counted),
              why: t(`privacy.deadline.why.${movedBy}`),
            })
          : t('privacy.deadline.plain')}
      </span>
    </output>
  )
}
