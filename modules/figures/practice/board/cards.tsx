import type { ReactNode } from 'react'
import type { Board, BoardCard } from '#contract/figures'
import { part, Wanted } from '#platform/ui/part.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { ChartSkeleton } from './chart-skeleton.tsx'
import { useFigureCards } from './figure-cards.tsx'
import { TasksCard } from './tasks-card.tsx'
import { UpcomingCard } from './upcoming-card.tsx'

const revenue = part(() => import('./revenue-card.tsx').then((module) => module.RevenueCard))

/** Cards that hold more than a figure take two places. */
export const isWide = (card: BoardCard) => card === 'upcoming' || card === 'tasks' || card === 'revenue'

/** Every card the member may see. */
export function useBoardCards(board: Board): Partial<Record<BoardCard, ReactNode>> {
  const may = useMay()
  const figures = useFigureCards(board)
  return {
    ...(board.agenda && { upcoming: <UpcomingCard board={board} /> }),
    ...figures,
    ...(may('tasks.read') && { tasks: <TasksCard /> }),
    ...(board.money && {
      revenue: (
        <Wanted
          part={revenue}
          when
          give={{ months: board.money.months, scope: board.scope }}
          otherwise={<ChartSkeleton />}
          onFailed={() => {}}
        />
      ),
    }),
  }
}
