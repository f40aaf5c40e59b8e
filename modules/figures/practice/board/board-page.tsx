import { Check, LayoutDashboard } from 'lucide-react'
import { useState } from 'react'
import { getPractice } from '#contract/cabinet'
import { getBoard, scopes, type Board as Counted } from '#contract/figures'
import { addressState, oneOf } from '#platform/ui/address-state.ts'
import { Button } from '#platform/ui/button.tsx'
import { Cards } from '#platform/ui/cards.tsx'
import { FilterMenu } from '#platform/ui/chip.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useInSlices } from '#platform/ui/in-slices.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { usePageTitle } from '#platform/ui/page-title.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { Board, BoardSkeleton } from './board.tsx'

const State = addressState({ scope: oneOf(scopes) })

/** How the practice stands: what comes, what came in, and who. */
export function BoardPage() {
  const t = useMessages()
  const { id, name } = useSession()
  usePageTitle(t('figures.home'))
  const [{ scope }, setState] = useUrlState(State)
  const [isArranging, setIsArranging] = useState(false)
  const practice = useEndpoint(getPractice)
  const board = useEndpoint(getBoard, { query: { scope } }, { keepPrevious: true })
  const drawn = useInSlices(board.data !== undefined)
  return (
    <>
      <header className="mb-4 flex flex-wrap items-end gap-x-3 gap-y-2">
        <div className="min-w-0">
          <p className="text-12 font-medium text-ink-muted">{t('figures.hello', { name })}</p>
          <h1 className="text-20 font-semibold tracking-tight wrap-anywhere">
            {practice.data ? practice.data.name : <Skeleton width={220} height={24} />}
          </h1>
        </div>
        <div className="ml-auto flex flex-wrap items-center gap-2">
          {board.data ? <AsOf board={board.data} /> : <HeaderSkeleton />}
          {board.data?.mayChooseScope && (
            <FilterMenu
              label={t(`figures.scope.${board.data.scope}`)}
              single
              options={scopes.map((value) => ({ value, label: t(`figures.scope.${value}`) }))}
              value={[board.data.scope]}
              onChange={([chosen]) => chosen && setState({ scope: chosen })}
            />
          )}
          <Button
            icon={isArranging ? Check : LayoutDashboard}
            variant={isArranging ? 'primary' : 'secondary'}
            onClick={() => setIsArranging(!isArranging)}
          >
            {t(isArranging ? 'figures.arrange.done' : 'figures.arrange')}
          </Button>
        </div>
      </header>
      <div className="mb-3 flex flex-col gap-3 empty:hidden">
        <Cards of="practice_home" id={id} quiet />
      </div>
      {board.error && !board.data && <ErrorState error={board.error} onRetry={board.refetch} />}
      {!drawn && (board.data || !board.error) && <BoardSkeleton />}
      {drawn && board.data && <Board board={board.data} isArranging={isArranging} />}
      {/* After the board, whose height nobody knows before: it would be pushed away from under the eyes. */}
      {(drawn || board.error) && (
        <div className="mt-3 grid gap-3 empty:hidden lg:grid-cols-2">
          <Cards of="practice_home_foot" id={id} />
        </div>
      )}
    </>
  )
}

/** What stands beside the name once the board is there: without its room the name would move up and the board down. */
function HeaderSkeleton() {
  return (
    <>
      <Skeleton width={48} />
      <Skeleton width={118} height={32} />
    </>
  )
}

function AsOf({ board }: { board: Counted }) {
  const t = useMessages()
  return (
    <time
      dateTime={board.asOf}
      title={t('figures.as-of.help')}
      className="text-12 text-ink-muted tabular-nums"
    >
      {t('figures.as-of', { time: board.nowLocal.slice(11, 16) })}
    </time>
  )
}
