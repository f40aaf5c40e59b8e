import { GitCompareArrows } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

type ConflictBoxProps = {
  /** Who saved meanwhile, and what theirs comes to. */
  by: string
  theirs: string
  mine: string
  onMine: () => void
  onTheirs: () => void
}

/** Two people wrote at once: nothing is lost unless one says so. */
export function ConflictBox({ by, theirs, mine, onMine, onTheirs }: ConflictBoxProps) {
  const t = useMessages()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="mb-4 rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink outline-none"
    >
      <p className="flex gap-2 font-medium">
        <GitCompareArrows aria-hidden size={16} className="mt-0.5 shrink-0" />
        {by === '' ? t('billing.editor.conflict.somebody') : t('billing.editor.conflict', { name: by })}
      </p>
      <p className="mt-1">{t('billing.editor.conflict.amounts', { theirs, mine })}</p>
      <p className="mt-2 flex flex-wrap gap-2">
        <Button size="small" onClick={onMine}>
          {t('billing.editor.conflict.mine')}
        </Button>
        <Button size="small" onClick={onTheirs}>
          {t('billing.editor.conflict.theirs')}
        </Button>
      </p>
    </div>
  )
}
