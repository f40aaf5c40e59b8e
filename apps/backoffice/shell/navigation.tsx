import { useLocation } from '@tanstack/react-router'
import { cx } from '#platform/ui/cx.ts'
import { Link } from '#platform/ui/link.tsx'
import { useWide } from '#platform/ui/media.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Tooltip } from '#platform/ui/tooltip.tsx'
import { menu } from '../manifests.ts'

type NavigationProps = {
  /** `labels`: always in words. `icons`: icons with tooltips. `fit`: as the width allows. */
  show: 'labels' | 'icons' | 'fit'
  onGo?: (() => void) | undefined
}

/** Only what exists and is permitted, under headings of work. */
export function Navigation({ show, onGo }: NavigationProps) {
  const t = useMessages()
  const may = useMay()
  const wide = useWide()
  const path = useLocation({ select: (location) => location.pathname })
  const words = { labels: '', icons: 'sr-only', fit: 'max-lg:sr-only' }[show]
  return (
    <nav aria-label={t('shell.navigation')} className="flex flex-col gap-4">
      {menu.map(([group, entries]) => {
        const open = entries.filter((entry) => may(entry.needs))
        if (open.length === 0) return null
        return (
          <div key={group}>
            <h2 className={cx('px-2 pb-1 text-12 font-medium text-ink-muted', words)}>{t(group)}</h2>
            <ul className="flex flex-col gap-0.5">
              {open.map(({ to, label, icon: Icon, shortcut }) => {
                const here = path === to || path.startsWith(`${to}/`)
                const link = (
                  <Link
                    to={to}
                    onClick={onGo}
                    {...(here && { 'aria-current': 'page' as const })}
                    className={cx(
                      'flex h-8 items-center gap-2.5 rounded-control px-2 text-13 font-medium transition-colors touch:h-10',
                      here ? 'bg-pressed text-ink' : 'text-ink-muted hover:bg-hover hover:text-ink',
                      show === 'icons' && 'justify-center',
                      show === 'fit' && 'max-lg:justify-center',
                    )}
                  >
                    <Icon aria-hidden size={16} className={cx('shrink-0', here && 'text-accent-ink')} />
                    <span className={cx('truncate', words)}>{t(label)}</span>
                  </Link>
                )
                return (
                  <li key={to}>
                    {show === 'labels' || (show === 'fit' && wide) ? (
                      link
                    ) : (
                      <Tooltip text={t(label)} shortcut={shortcut} side="right">
                        {link}
                      </Tooltip>
                    )}
                  </li>
                )
              })}
            </ul>
          </div>
        )
      })}
    </nav>
  )
}
