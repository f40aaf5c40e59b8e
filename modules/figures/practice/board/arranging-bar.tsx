import { Eye, RotateCcw } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { Arranging } from './use-arranging.ts'

/** What one can do while one arranges, and the cards that are not shown. */
export function ArrangingBar({ arranging }: { arranging: Arranging }) {
  const t = useMessages()
  const { hidden, show, reset, isArranged } = arranging
  return (
    <section
      aria-label={t('figures.arrange')}
      className="mb-4 rounded-card border border-line bg-surface px-4 py-3 text-13"
    >
      <p className="text-ink-muted">{t('figures.arrange.help')}</p>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        {hidden.map((card) => (
          <Button key={card} size="small" icon={Eye} onClick={() => show(card)}>
            {t('figures.arrange.show', { name: t(`figures.card.${card}`) })}
          </Button>
        ))}
        {isArranged && (
          <Button size="small" variant="ghost" icon={RotateCcw} onClick={reset}>
            {t('figures.arrange.reset')}
          </Button>
        )}
      </div>
    </section>
  )
}
