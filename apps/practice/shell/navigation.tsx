import { useLocation } from '@tanstack/react-router'
import { cx } from '#platform/ui/cx.ts'
import { Link } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { menu } from '../manifests.ts'

/** Where the thumb is on a telephone, beside the page where there is room. Only what is permitted. */
export function Navigation() {
  const t = useMessages()
  const may = useMay()
  const path = useLocation({ select: (location) => location.pathname })
  return (
    <nav
      aria-label={t('practice.navigation')}
      className="max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-10 max-sm:border-t max-sm:border-line max-sm:bg-surface max-sm:pb-[env(safe-area-inset-bottom)] sm:sticky sm:top-(--shell-top) sm:w-48 sm:shrink-0 sm:self-start sm:py-5 sm:pl-gutter"
    >
      <ul className="flex sm:flex-col sm:gap-0.5">
        {menu
          .filter(({ needs }) => may(needs))
          .map(({ to, label, icon: Icon }) => {
            const here = to === '/' ? path === to : path === to || path.startsWith(`${to}/`)
            return (
              <li key={to} className="max-sm:flex-1">
                <Link
                  to={to}
                  {...(here && { 'aria-current': 'page' as const })}
                  className={cx(
                    'flex items-center font-medium transition-colors max-sm:h-14 max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 max-sm:text-12 sm:h-9 sm:gap-2.5 sm:rounded-control sm:px-2 sm:text-13 touch:sm:h-10',
                    here ? 'text-ink sm:bg-pressed' : 'text-ink-muted hover:text-ink sm:hover:bg-hover',
                  )}
                >
                  <Icon aria-hidden size={18} className={cx('shrink-0', here && 'text-accent-ink')} />
                  <span className="truncate">{t(label)}</span>
                </Link>
              </li>
            )
          })}
      </ul>
    </nav>
  )
}
