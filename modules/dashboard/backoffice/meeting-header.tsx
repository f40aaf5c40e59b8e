import { Minimize2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Dashboard } from '#contract/dashboard'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { AsOf } from './as-of.tsx'

type MeetingHeaderProps = { dashboard: Dashboard | undefined; period: ReactNode; onLeave: () => void }

/** What a meeting needs to know of the board, and the way out. */
export function MeetingHeader({ dashboard, period, onLeave }: MeetingHeaderProps) {
  const t = useMessages()
  return (
    <header className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2">
      <h1 className="text-20 font-semibold tracking-tight">{t('dashboard.title')}</h1>
      <p className="text-13 text-ink-muted tabular-nums">{dashboard && <AsOf dashboard={dashboard} />}</p>
      <div className="ml-auto flex items-center gap-2">
        {period}
        <IconButton
          icon={Minimize2}
          label={t('dashboard.meeting.leave')}
          shortcut="escape"
          onClick={onLeave}
        />
      </div>
    </header>
  )
}
