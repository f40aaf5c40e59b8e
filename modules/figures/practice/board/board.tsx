import { boardCards, type Board as Counted } from '#contract/figures'
import { KpiSkeleton } from '#platform/ui/kpi-card.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { ArrangedCard } from './arranged-card.tsx'
import { ArrangingBar } from './arranging-bar.tsx'
import { isWide, useBoardCards } from './cards.tsx'
import { useArranging } from './use-arranging.ts'

const grid = 'grid grid-flow-row-dense gap-3 sm:grid-cols-2 xl:grid-cols-4'

export function Board({ board, isArranging }: { board: Counted; isArranging: boolean }) {
  const t = useMessages()
  const cards = useBoardCards(board)
  const arranging = useArranging(
    board,
    boardCards.filter((card) => cards[card] !== undefined),
  )
  return (
    <section aria-label={t('figures.board')}>
      {isArranging && <ArrangingBar arranging={arranging} />}
      {/* The buttons that arrange a card need the whole width of a telephone. */}
      <ul className={`${grid} ${isArranging ? 'grid-cols-1' : 'grid-cols-2'}`}>
        {arranging.shown.map((card) => (
          <li
            key={card}
            data-card={card}
            className={`min-w-0 *:h-full ${isWide(card) ? `${isArranging ? '' : 'col-span-2'} sm:col-span-2 xl:row-span-2` : ''}`}
          >
            {isArranging ? (
              <ArrangedCard card={card} arranging={arranging}>
                {cards[card]}
              </ArrangedCard>
            ) : (
              cards[card]
            )}
          </li>
        ))}
      </ul>
      {arranging.shown.length === 0 && <p className="text-13 text-ink-muted">{t('figures.all-hidden')}</p>}
    </section>
  )
}

export function BoardSkeleton() {
  const t = useMessages()
  return (
    <div aria-busy>
      <p className="sr-only">{t('figures.loading')}</p>
      <div className={`${grid} grid-cols-2`}>
        {Array.from({ length: 8 }, (_, index) => (
          <KpiSkeleton key={index} details />
        ))}
      </div>
    </div>
  )
}
