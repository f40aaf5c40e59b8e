import { type Dated, MISSING, toDate } from './formats.ts'
import { useFormats, useMessages } from './messages.tsx'

type DateTextProps = {
  /** An instant or a plain date; what is missing shows as a dash. */
  value: Dated
  /** `day`: 27/02/2026. `dayTime`: with the hour. `instant`: to the second. `both`: il y a 3 jours · 18/11/2026 08:47. */
  show?: 'day' | 'dayTime' | 'instant' | 'relative' | 'both' | undefined
}

/** A date that tells its exact instant to whoever hovers it. */
export function DateText({ value, show = 'day' }: DateTextProps) {
  const t = useMessages()
  const formats = useFormats()
  const date = toDate(value)
  if (!date) return <span className="text-ink-muted">{MISSING}</span>
  const relative = () => formats.relative(value) ?? t('ui.date.now')
  return (
    <time
      dateTime={typeof value === 'string' ? value : date.toISOString()}
      title={formats.exact(value)}
      className="whitespace-nowrap tabular-nums"
    >
      {show === 'day' && formats.day(value)}
      {show === 'dayTime' && formats.dayTime(value)}
      {show === 'instant' && formats.instant(value)}
      {show === 'relative' && relative()}
      {show === 'both' && (
        <>
          {relative()} <span className="text-ink-muted">· {formats.dayTime(value)}</span>
        </>
      )}
    </time>
  )
}
