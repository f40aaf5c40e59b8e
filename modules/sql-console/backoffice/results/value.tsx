import { useMessages } from '#platform/ui/messages.tsx'

/** A value as it is told: nothing, no text and what is masked are three things, and none of them a text. */
export function Value({ value }: { value: string | null }) {
  const t = useMessages()
  if (value === null) return <span className="text-12 text-ink-muted italic">{t('sql.null')}</span>
  if (value === '') return <span className="text-12 text-ink-muted italic">{t('sql.blank')}</span>
  return value
}
