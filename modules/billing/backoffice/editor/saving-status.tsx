import { CloudAlert, CloudCheck, CloudUpload } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import type { Kept } from './document-keeper.ts'

type SavingStatusProps = {
  kept: Kept
  /** How many fields cannot be read, and are not saved with the rest. */
  wrong?: number
  again: () => void
}

/** « Enregistré à 14:32 »: a draft saves itself, and says so; what stays out of it is not passed over. */
export function SavingStatus({ kept, wrong = 0, again }: SavingStatusProps) {
  const t = useMessages()
  const formats = useFormats()
  const { phase, savedAt, error } = kept
  const isWrong = phase === 'failed' || phase === 'refused' || wrong > 0
  const Icon = isWrong || phase === 'conflict' ? CloudAlert : phase === 'kept' ? CloudCheck : CloudUpload
  const said = {
    kept: () =>
      savedAt
        ? t('billing.editor.saved-at', { at: formats.time(savedAt) })
        : t('billing.editor.saves-itself'),
    typed: () => t('billing.editor.saving'),
    saving: () => t('billing.editor.saving'),
    refused: () => sentenceOf(error, t),
    failed: () => sentenceOf(error, t),
    conflict: () => t('billing.editor.conflict.short'),
    over: () => t('billing.editor.over'),
  }
  return (
    <div className="flex min-h-6 flex-wrap items-center gap-2 text-12 text-ink-muted">
      <output className="flex items-center gap-1.5">
        <Icon aria-hidden size={14} className={isWrong ? 'shrink-0 text-danger' : 'shrink-0'} />
        {phase === 'kept' && wrong > 0 ? t('billing.editor.held', { count: wrong }) : said[phase]()}
      </output>
      {phase === 'failed' && (
        <Button size="small" onClick={again}>
          {t('ui.retry')}
        </Button>
      )}
    </div>
  )
}
