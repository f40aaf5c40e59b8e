import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

type PendingBarProps = { count: number; onPreview: () => void; onDiscard: () => void }

/** What is not saved yet, kept in sight; nothing is saved without having been seen. */
export function PendingBar({ count, onPreview, onDiscard }: PendingBarProps) {
  const t = useMessages()
  return (
    <section
      aria-label={t('access.pending.label')}
      className="sticky bottom-4 z-10 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-card border border-line bg-raised p-2 pl-4 text-13 shadow-float max-sm:bottom-18"
    >
      <output className="mr-2 font-medium tabular-nums">{t('access.pending', { count })}</output>
      <Button variant="ghost" onClick={onDiscard}>
        {t('access.pending.discard')}
      </Button>
      <Button variant="primary" onClick={onPreview}>
        {t('access.pending.preview')}
      </Button>
    </section>
  )
}
