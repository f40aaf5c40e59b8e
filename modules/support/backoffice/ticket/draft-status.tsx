import { CloudOff } from 'lucide-react'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import type { Kept } from './draft-keeper.ts'

/** « Enregistré automatiquement à 14:32 »: where what was typed lies. */
export function DraftStatus({ kept: { phase, savedAt } }: { kept: Kept }) {
  const t = useMessages()
  const formats = useFormats()
  const said = {
    empty: () => '',
    typed: () => t('support.saving.typed'),
    saving: () => t('support.saving'),
    saved: () => t('support.saved-at', { at: formats.time(savedAt) }),
    failed: () => t('support.saving.failed'),
  }
  return (
    <output className="flex items-center gap-1.5 text-12 text-ink-muted">
      {phase === 'failed' && <CloudOff aria-hidden size={14} className="shrink-0" />}
      {said[phase]()}
    </output>
  )
}
