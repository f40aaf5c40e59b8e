/** The business at a glance: every figure leads to its lines, and news change it without a reload. */
import { type RefObject, useRef } from 'react'
import { type Dashboard, getDashboard } from '#contract/dashboard'
import { useCardsAhead } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { usePageTitle } from '#platform/ui/page-title.tsx'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import { useUrlState } from '#platform/ui/url-state.ts'
import { Address } from './address.ts'
import { AsOf } from './as-of.tsx'
import { Board, BoardSkeleton } from './board.tsx'
import { DashboardFailure } from './dashboard-failure.tsx'
import { DashboardHeader } from './dashboard-header.tsx'
import { useExport } from './exporting.ts'
import { MeetingHeader } from './meeting-header.tsx'
import { useMeeting } from './meeting.ts'
import { PeriodPicker } from './period-picker.tsx'

export function DashboardPage() {
  const t = useMessages()
  const [address, change] = useUrlState(Address)
  const dashboard = useEndpoint(
    getDashboard,
    { query: address.month ? { month: address.month } : {} },
    { keepPrevious: true },
  )
  // With the figures, so that no card comes after the others.
  useCardsAhead('dashboard')
  const frame = useRef<HTMLDivElement>(null)
  const board = useRef<HTMLDivElement>(null)
  const meeting = useMeeting(frame, address.meeting === 'on', (on) =>
    change({ meeting: on ? 'on' : undefined }, { replace: true }),
  )
  const exportAs = useExport(board, dashboard.data, {
    asked: address.export,
    done: () => change({ export: undefined }, { replace: true }),
  })
  useShortcuts([{ keys: 'm', run: meeting.toggle }])
  usePageTitle(t('dashboard.title'))

  const { data } = dashboard
  const period = data && (
    <PeriodPicker
      month={data.month}
      running={data.today.slice(0, 7)}
      first={data.firstMonth}
      onChange={(month) => change({ month })}
    />
  )
  return (
    <div ref={frame} tabIndex={-1} className={meeting.on ? meeting.className : 'outline-none'}>
      {meeting.on ? (
        <MeetingHeader dashboard={data} period={period} onLeave={meeting.toggle} />
      ) : (
        <DashboardHeader
          asOf={data && <AsOf dashboard={data} />}
          period={period}
          onExport={data && exportAs}
          onMeeting={meeting.toggle}
        />
      )}
      {dashboard.error && !data ? (
        <DashboardFailure error={dashboard.error} onRetry={dashboard.refetch} />
      ) : (
        <Contents board={board} dashboard={data} stale={dashboard.isPlaceholderData} />
      )}
    </div>
  )
}

type ContentsProps = {
  board: RefObject<HTMLDivElement | null>
  dashboard: Dashboard | undefined
  stale: boolean
}

function Contents({ board, dashboard, stale }: ContentsProps) {
  const { language } = useFormats()
  if (!dashboard) return <BoardSkeleton />
  return (
    <div ref={board} aria-busy={stale} className={stale ? 'opacity-60 transition-opacity' : undefined}>
      {/* A figure marks itself when news change it, not when another month or language is chosen. */}
      <Board key={`${dashboard.month} ${language}`} dashboard={dashboard} />
    </div>
  )
}
