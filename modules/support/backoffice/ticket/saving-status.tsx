import { CloudOff } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import type { Saving } from './use-ticket-saving.ts'

/** « Enregistré automatiquement à 14:32 »: each field saves itself, and says so. */
export function SavingStatus({ saving: { phase, at, error }, again }: { saving: Saving; again: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const said = {
    idle: () => t('support.saving.by-itself'),
    saving: () => t('support.saving'),
    saved: () => t('support.saved-at', { at: formats.time(at) }),
    failed: () => sentenceOf(error, t),
  }
  return (
    <div className="flex flex-wrap items-center gap-2 text-12 text-ink-muted">
      <output className="flex items-center gap-1.5">
        {phase === 'failed' && <CloudOff aria-hidden size={14} className="shrink-0" />}
        {said[phase]()}
      </output>
      {phase === 'failed' && (
        <Button size="small" onClick={again}>
          {t('ui.retry')}
        </Button>
      )}
    </div>
  )
}
