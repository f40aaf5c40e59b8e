import { Search } from 'lucide-react'
import { EnvironmentBadge } from '#backoffice/identity'
import { AlertBell } from '#backoffice/support'
import { Breadcrumbs, type Crumb } from '#platform/ui/breadcrumbs.tsx'
import { ConnectionStrip } from '#platform/ui/connection-strip.tsx'
import { Kbd } from '#platform/ui/kbd.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { onDemand } from '#platform/ui/on-demand.tsx'
import { useShownTitle } from '#platform/ui/page-title.tsx'
import { pages } from '../manifests.ts'
import { fillPath, useCurrentPage } from './current-page.ts'
import { AccountTrigger, DisplayTrigger, JobTrigger } from './header-buttons.tsx'

const JobTray = onDemand(JobTrigger, () => import('./job-tray.tsx').then((m) => m.JobTray))
const DisplayMenu = onDemand(DisplayTrigger, () => import('./display-menu.tsx').then((m) => m.DisplayMenu))
const AccountMenu = onDemand(AccountTrigger, () => import('./account-menu.tsx').then((m) => m.AccountMenu))

type HeaderProps = { onSearch: () => void; onShortcuts: () => void }

export function Header({ onSearch, onShortcuts }: HeaderProps) {
  const t = useMessages()
  return (
    <header className="sticky top-0 z-10 border-b border-line bg-canvas">
      <div className="flex h-12 items-center gap-2 pr-3 pl-gutter">
        <Breadcrumbs crumbs={useCrumbs()} />
        <div className="ml-auto flex shrink-0 items-center gap-1">
          <EnvironmentBadge />
          <button
            type="button"
            aria-haspopup="dialog"
            onClick={onSearch}
            className="mx-1 flex h-control-small items-center gap-2 rounded-control border border-line-strong bg-surface px-2 text-13 text-ink-muted transition-colors hover:bg-hover max-sm:hidden md:w-52"
          >
            <Search aria-hidden size={14} />
            <span className="mr-auto">{t('ui.search')}</span>
            <span className="max-md:hidden">
              <Kbd keys="mod+k" />
            </span>
          </button>
          <AlertBell />
          <JobTray />
          <DisplayMenu />
          <AccountMenu onShortcuts={onShortcuts} />
        </div>
      </div>
      <ConnectionStrip />
    </header>
  )
}

/** From the pages above down to the title the page gave itself. */
function useCrumbs(): Crumb[] {
  const t = useMessages()
  const shown = useShownTitle()
  const current = useCurrentPage()
  if (!current) return shown ? [{ label: shown }] : []
  const above: Crumb[] = []
  for (let path = current.page.under; path;) {
    const page = pages.find((one) => one.path === path)
    if (!page) break
    above.unshift({ label: t(page.title), to: fillPath(page.path, current.params) })
    path = page.under
  }
  return [...above, { label: shown ?? t(current.page.title) }]
}
