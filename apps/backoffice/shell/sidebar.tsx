import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { cx } from '#platform/ui/cx.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Link } from '#platform/ui/link.tsx'
import { Mark } from '#platform/ui/mark.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Navigation } from './navigation.tsx'

type SidebarProps = { collapsed: boolean; onCollapse: (collapsed: boolean) => void }

/** Wide on a wide screen, icons on a middling one, absent on a narrow one: see `BottomBar`. */
export function Sidebar({ collapsed, onCollapse }: SidebarProps) {
  const t = useMessages()
  return (
    <aside
      className={cx(
        'fixed inset-y-0 left-0 z-10 flex w-14 flex-col border-r border-line bg-sunken max-sm:hidden',
        !collapsed && 'lg:w-56',
      )}
    >
      <Link
        to="/"
        className={cx(
          'flex h-12 shrink-0 items-center gap-2.5 px-4 outline-offset-[-4px]',
          collapsed ? 'justify-center' : 'max-lg:justify-center',
        )}
      >
        <Mark />
        <span className={cx('min-w-0 leading-tight', collapsed ? 'sr-only' : 'max-lg:sr-only')}>
          <span className="block truncate text-13 font-semibold">{t('ui.product')}</span>
          <span className="block truncate text-12 text-ink-muted">{t('shell.face')}</span>
        </span>
      </Link>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 py-3">
        <Navigation show={collapsed ? 'icons' : 'fit'} />
      </div>
      <div className={cx('flex p-3 max-lg:hidden', collapsed && 'justify-center')}>
        <IconButton
          size="small"
          icon={collapsed ? PanelLeftOpen : PanelLeftClose}
          label={t(collapsed ? 'shell.expand' : 'shell.collapse')}
          onClick={() => onCollapse(!collapsed)}
        />
      </div>
    </aside>
  )
}
