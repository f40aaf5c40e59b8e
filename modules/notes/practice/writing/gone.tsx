import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import type { UnsavedNotes } from '../device/unsaved.ts'
import type { Written } from './written.ts'

type GoneProps = {
  written: Written
  device: UnsavedNotes | null
  onAbandon: () => void
  onKept: (draft: string) => void
}

/** The note was erased for good on another device, and this text of it is still here. */
export function Gone({ written, device, onAbandon, onKept }: GoneProps) {
  const t = useMessages()
  const keepAsNew = async () => {
    const draft = crypto.randomUUID()
    await device?.keep(draft, { written, revision: 0, sent: [], keptAt: new Date().toISOString() })
    onKept(draft)
  }
  return (
    <div className="flex flex-col gap-2">
      <Problem>{t('notes.gone.help')}</Problem>
      <div className="flex flex-wrap gap-2">
        {device && (
          <Button variant="primary" onClick={() => void keepAsNew()}>
            {t('notes.gone.keep')}
          </Button>
        )}
        <Button onClick={onAbandon}>{t('notes.gone.abandon')}</Button>
      </div>
    </div>
  )
}
