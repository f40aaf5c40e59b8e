import { Eraser } from 'lucide-react'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

/** What is not there any more, and what one reads instead. */
export function ForgottenNote({ at }: { at: string }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <p className="flex gap-2 rounded-card border border-line bg-sunken px-3 py-2 text-13">
      <Eraser aria-hidden size={16} className="mt-0.5 shrink-0 text-ink-muted" />
      {t('support.forgotten', { at: formats.dayTime(at) })}
    </p>
  )
}
