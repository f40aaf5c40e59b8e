import { CloudOff, HardDrive } from 'lucide-react'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Button } from '#platform/ui/button.tsx'
import type { Unsaved } from '../device/unsaved.ts'
import type { Keeping } from './keeper.ts'
import { isEmpty } from './written.ts'

type StatusProps = { keeping: Keeping; resumed: Unsaved | null; onRetry: () => void }

/** Where what was typed lies: with the practice, on this device alone, or nowhere yet. */
export function SaveStatus({ keeping, resumed, onRetry }: StatusProps) {
  const t = useMessages()
  const formats = useFormats()
  const { phase, saved, onDevice } = keeping
  const says = {
    saved: () => (saved ? t('notes.saved.at', { at: formats.time(saved.savedAt) }) : t('notes.unsaved.new')),
    typed: () => t(saved || !isEmpty(keeping.written) ? 'notes.typed' : 'notes.unsaved.new'),
    saving: () => t('notes.saving'),
    away: () => t(onDevice ? 'notes.away.kept' : 'notes.away.lost'),
    refused: () => t('notes.refused'),
    conflict: () => t('notes.conflict.status'),
    gone: () => t('notes.gone.status'),
  }
  const isAway = phase === 'away'
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-12 text-ink-muted">
      <output className="flex min-w-0 items-center gap-1.5">
        {isAway && <CloudOff aria-hidden size={14} className="shrink-0" />}
        {says[phase]()}
      </output>
      {isAway && (
        <Button size="small" variant="ghost" onClick={onRetry}>
          {t('ui.retry')}
        </Button>
      )}
      {resumed && phase !== 'conflict' && (
        <span className="flex items-center gap-1.5 text-info-ink">
          <HardDrive aria-hidden size={14} className="shrink-0" />
          {t('notes.resumed', { at: formats.dayTime(resumed.keptAt) })}
        </span>
      )}
    </span>
  )
}
